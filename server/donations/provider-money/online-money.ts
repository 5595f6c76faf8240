import type { Context } from '../../kernel/context';
import { addDays, type LocalDate, shanghaiDay, startOfDay } from '../../kernel/local-date';
import { operator } from '../../platform/mongo/operators';
import { ProviderMessage } from '../inbox.model';
import { ParkedPayment } from '../parked-payment.model';
import { ProviderMatter } from './provider-matter.model';
import { ProviderPayout } from './provider-payout.model';

interface Waiting {
  id: string;
  /** Fen; absent where it was no yuan. */
  amountFen: number | undefined;
  on: LocalDate;
}

/**
 * What waits at the provider of some days: payments put aside that nobody has decided on, matters that finance has not closed, and payouts
 * that should have been at the bank and are not.
 */
interface OnlineMoney {
  waiting: Waiting[];
  /** Events that have been told and not dealt with. */
  told: Waiting[];
  matters: Waiting[];
  payouts: Waiting[];
}

/** Payments by the day on which they were put aside, matters by that on which they were opened, payouts by that of their arrival. */
export async function onlineMoneyOf(ctx: Context, { from, to }: { from: LocalDate; to: LocalDate }): Promise<OnlineMoney> {
  const moments = operator({ $gte: startOfDay(from), $lt: startOfDay(addDays(to, 1)) });
  const [parked, told, matters, payouts] = await Promise.all([
    ParkedPayment.find({
      ledger: ctx.ledger,
      'state.name': 'waiting',
      parkedAt: moments,
    }).lean<ParkedPayment[]>(),
    ProviderMessage.find({ ledger: ctx.ledger, outcome: 'waiting', receivedAt: moments })
      .sort({ receivedAt: 1, _id: 1 })
      .lean<ProviderMessage[]>(),
    ProviderMatter.find({ ledger: ctx.ledger, 'state.name': 'open', openedAt: moments })
      .sort({ openedAt: 1, _id: 1 })
      .lean<ProviderMatter[]>(),
    ProviderPayout.find({ ledger: ctx.ledger, 'state.name': 'expected', arrivesOn: operator({ $gte: from, $lte: to }) })
      .sort({ arrivesOn: 1, _id: 1 })
      .lean<ProviderPayout[]>(),
  ]);
  return {
    waiting: parked.map(({ _id: id, amountFen, parkedAt }) => ({ id, amountFen, on: shanghaiDay(parkedAt) })),
    told: told.map(({ _id: id, receivedAt }) => ({ id, amountFen: undefined, on: shanghaiDay(receivedAt) })),
    matters: matters.map(({ _id: id, amountFen, openedAt }) => ({ id, amountFen, on: shanghaiDay(openedAt) })),
    payouts: payouts.map(({ payoutId: id, amountFen, arrivesOn: on }) => ({ id, amountFen, on })),
  };
}
