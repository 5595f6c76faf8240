import { type Household, householdsById, payeeOf, shownName } from '../households';
import { maskedNames, may } from '../identity';
import type { Context } from '../kernel/context';
import { randomId } from '../kernel/random';
import type { Translate } from '../platform/i18n/translator';
import { divisionFullName } from '../regions';
import { batchChip } from './batch-chip';
import { findBatches, findWaitingPayables, sumWaiting } from './find-payments';
import type { Payable } from './payable.model';
import type { BatchFilters } from './payments.inputs';

/** Batches, newest first, and what may go into the next one. */
export async function batchesPage(ctx: Context, t: Translate, filters: BatchFilters) {
  const mayMake = may(ctx.actor, 'payment.make');
  const [page, waiting, total] = await Promise.all([findBatches(ctx, filters), findWaitingPayables(ctx), sumWaiting(ctx)]);
  const names = await maskedNames(
    ctx,
    page.rows.map(({ madeBy }) => madeBy),
  );
  const mayGive = may(ctx.actor, 'payment.sign');
  return {
    requestKey: randomId(ctx.random, 'key'),
    mayMake,
    waiting: await waitingRows(ctx, t, waiting),
    total,
    isCut: waiting.length < total.count,
    rows: page.rows.map((batch) => ({
      href: `/payments/batches/${batch._id}`,
      number: batch.number,
      day: batch.day,
      count: batch.count,
      totalFen: batch.totalFen,
      maker: names.get(batch.madeBy) ?? '',
      signatures: batch.signatures.length,
      chip: batchChip(ctx, t, batch, mayGive),
    })),
    next: page.next,
  };
}

/** Why a household's account cannot be paid to. */
function accountFault(household: Household | undefined): 'missing' | 'failed' | 'unchecked' {
  if (!household?.bankAccount) return 'missing';
  return household.bankAccount.state.name === 'failed' ? 'failed' : 'unchecked';
}

/** A sum whose bank account is not usable, or whose case this person handled, cannot be ticked; the row says why. */
async function waitingRows(ctx: Context, t: Translate, waiting: readonly Payable[]) {
  const households = await householdsById(
    ctx,
    waiting.map(({ household }) => household),
  );
  return waiting.map((one) => {
    const household = households.get(one.household);
    const payee = household && payeeOf(household);
    const handled = one.handledBy.some(({ person }) => person === ctx.actor.id);
    const why = handled ? 'handled' : payee ? undefined : accountFault(household);
    return {
      id: one._id,
      number: one.number,
      href: `/aid/cases/${one._id}`,
      household: one.household,
      who: household ? shownName(household) : '',
      where: divisionFullName(one.village, ctx.locale),
      amountFen: one.amountFen,
      approvedAt: one.approvedAt,
      tail: payee?.tail,
      toMend: one.state.name === 'returned' && !payee,
      returnReason: one.returnReason,
      ...(why && { why: t(`payments:why.${why}`) }),
    };
  });
}
