import { withinReach } from '../households';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import type { LocalDate } from '../kernel/local-date';
import { countsBesideIncome, type ReliefKind } from './relief-kinds';
import { ReliefRecord } from './relief-record.model';

/** A referral within the actor's reach, or 404. */
export async function findReliefOrThrow(ctx: Context, id: string): Promise<ReliefRecord> {
  const found = await ReliefRecord.findOne({ _id: id, ledger: ctx.ledger, $and: [withinReach(ctx, 'household')] }).lean<ReliefRecord>();
  return found ?? fail('not-found');
}

/** All referrals of a household, in the order in which they were made. The caller has found the household within reach. */
export async function findReliefOf(ctx: Context, household: string): Promise<ReliefRecord[]> {
  return ReliefRecord.find({ ledger: ctx.ledger, household }).sort({ pendingSince: 1, _id: 1 }).lean<ReliefRecord[]>();
}

/** What a household received of one kind within a window. */
interface ReliefSum {
  kind: ReliefKind;
  amountFen: number;
}

/** Relief received within a window that closes the gap beside income, summed by kind (DOMAIN 6, AI3). Pure; both days included. */
export function reliefWithin(records: readonly ReliefRecord[], from: LocalDate, to: LocalDate): ReliefSum[] {
  const sums = new Map<ReliefKind, number>();
  for (const { kind, receipts } of records) {
    if (!countsBesideIncome(kind)) continue;
    const received = receipts.filter(({ receivedOn }) => from <= receivedOn && receivedOn <= to);
    const amountFen = received.reduce((sum, one) => sum + one.amountFen, 0);
    if (amountFen > 0) sums.set(kind, (sums.get(kind) ?? 0) + amountFen);
  }
  return [...sums].map(([kind, amountFen]) => ({ kind, amountFen }));
}
