import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { randomId } from '../../kernel/random';
import type { Translate } from '../../platform/i18n/translator';
import type { PageRequest } from '../../platform/validation/types';
import { findRanges } from './find-receipts';
import { numbersLeft, numberText } from './receipt-numbers';
import { rangeChip } from './receipt-words';
import { receiptDesk } from './receipts-desk';

/** The ranges of the finance department, newest first, with what is left of each, and the form for the next one. */
export async function rangesPage(ctx: Context, t: Translate, filters: PageRequest) {
  const [{ rows, next }, desk] = await Promise.all([findRanges(ctx, filters), receiptDesk(ctx)]);
  const names = await maskedNames(
    ctx,
    rows.flatMap(({ enteredBy, confirmedBy = '' }) => [enteredBy, confirmedBy]),
  );
  const mayAct = may(ctx.actor, 'gift.record');
  const [latest] = rows;
  return {
    desk,
    next,
    mayEnter: mayAct,
    requestKey: randomId(ctx.random, 'req'),
    usual: { payee: latest?.payee ?? '', itemCode: latest?.itemCode ?? '', code: latest?.code ?? '' },
    rows: rows.map((range) => {
      const isEntered = range.state.name === 'entered';
      const isOwn = range.enteredBy === ctx.actor.id;
      return {
        id: range._id,
        code: range.code,
        first: numberText(range.first, range.digits),
        last: numberText(range.last, range.digits),
        count: range.last - range.first + 1,
        left: range.state.name === 'declined' ? 0 : numbersLeft([range]),
        payee: range.payee,
        itemCode: range.itemCode,
        sourceDoc: range.sourceDoc,
        enteredBy: names.get(range.enteredBy) ?? '',
        enteredAt: range.enteredAt,
        confirmedBy: names.get(range.confirmedBy ?? '') ?? '',
        declineReason: range.declineReason,
        chip: rangeChip(t, range.state.name),
        mayConfirm: mayAct && isEntered && !isOwn,
        mayDecline: mayAct && isEntered,
      };
    }),
  };
}
