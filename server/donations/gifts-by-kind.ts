import { mainBank } from '../funds';
import type { Context } from '../kernel/context';
import { addDays, type LocalDate, startOfDay } from '../kernel/local-date';
import { type Moment, sumAccountBy } from '../ledger';
import { cash, giftVoided } from './counter/counter.accounts';
import { findCounters } from './counter/find-counters';
import { giftReceived } from './donations.accounts';
import { type DonorKind, donorKinds } from './donor-kinds';
import { Gift } from './gift.model';
import { providerAccount } from './receive-gift';

const given = new Set([giftReceived.name, giftVoided.name]);

/** What one kind of giver gave in a period, and in how many gifts. */
export interface GivenByKind {
  kind: DonorKind;
  fen: number;
  gifts: number;
}

/**
 * Gifts of money booked from one day to another as they stood at a moment, by kind of giver. The sum is the ledger's; who gave is not in the ledger, so the parts come from
 * the gifts. `agrees` says whether the two are the same to the fen.
 */
export async function giftsByKind(
  ctx: Context,
  { from, to }: { from: LocalDate; to: LocalDate },
  { seq, session }: Moment,
): Promise<{ totalFen: number; byKind: GivenByKind[]; agrees: boolean }> {
  const found = await Gift.aggregate<{ _id: DonorKind; fen: number; gifts: number }>([
    {
      $match: { ledger: ctx.ledger, channel: { $ne: 'goods' }, 'received.at': { $gte: startOfDay(from), $lt: startOfDay(addDays(to, 1)) } },
    },
    { $group: { _id: '$donorKind', fen: { $sum: '$amountFen' }, gifts: { $sum: 1 } } },
  ]).session(session);
  const counters = (await findCounters(ctx)).map(({ _id }) => cash(_id));
  const accounts = await Promise.all(
    [mainBank, providerAccount, ...counters].map((code) => sumAccountBy(ctx, code, { from, to, upTo: seq })),
  );
  const booked = accounts.flat().filter(({ kind }) => given.has(kind));
  const totalFen = booked.reduce((sum, row) => sum + row.in - row.out, 0);
  const byKind = donorKinds.flatMap((kind) => {
    const row = found.find(({ _id }) => _id === kind);
    return row ? [{ kind, fen: row.fen, gifts: row.gifts }] : [];
  });
  return { totalFen, byKind, agrees: byKind.reduce((sum, row) => sum + row.fen, 0) === totalFen };
}
