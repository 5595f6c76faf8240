import { householdsById, shownName } from '../households';
import { may } from '../identity';
import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import { divisionFullName } from '../regions';
import { lineChip } from './batch-chip';
import { findBatchOrThrow, findLineOrThrow } from './find-payments';
import { giftsOfLine } from './gifts-of-line';
import { isTouchedBy, type PaymentLine } from './payment-line.model';
import { unansweredDays } from './unanswered-days';

/** One line of a batch, with the form for what the bank said of it when it was asked. */
export async function linePage(ctx: Context, t: Translate, id: string) {
  const line = await findLineOrThrow(ctx, id);
  const [batch, households, gifts] = await Promise.all([
    findBatchOrThrow(ctx, line.batch),
    householdsById(ctx, [line.household]),
    giftsOfLine(ctx, line),
  ]);
  const days = await unansweredDays(ctx, batch, [line]);
  return {
    id,
    sequence: line.sequence,
    who: shownName(households.get(line.household) ?? { headName: '', number: '' }),
    where: divisionFullName(line.village, ctx.locale),
    amountFen: line.amountFen,
    tail: line.accountTail,
    chip: lineChip(t, line),
    reason: line.reason,
    gifts,
    number: line.number,
    caseHref: `/aid/cases/${line.payable}`,
    batch: { href: `/payments/batches/${batch._id}`, number: batch.number },
    exportedAt: batch.exportedAt,
    days,
    mayAnswer: mayAnswer(ctx, line, days),
  };
}

/** Whether this person may record an answer to a line that the bank was asked about: one unknown, or without an answer in its days. */
export function mayAnswer(ctx: Pick<Context, 'actor'>, line: PaymentLine, days: number | undefined): boolean {
  const isAsked = line.state.name === 'unknown' || (line.state.name === 'sent' && days !== undefined);
  return isAsked && may(ctx.actor, 'payment.import') && !isTouchedBy(line, ctx.actor.id);
}
