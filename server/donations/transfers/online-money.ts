import type { Context } from '../../kernel/context';
import { addDays, type LocalDate, startOfDay } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import { operator } from '../../platform/mongo/operators';
import { Gift } from '../gift.model';
import { ParkedPayment } from '../parked-payment.model';

/** What the provider has told of some days: payments that are gifts, and those put aside that nobody has decided on. */
interface OnlineMoney {
  paid: { id: string; number: string; amountFen: Fen }[];
  waiting: { id: string; amountFen: Fen | undefined; on: Date }[];
}

/** Payments at the provider by the day on which they came. */
export async function onlineMoneyOf(ctx: Context, { from, to }: { from: LocalDate; to: LocalDate }): Promise<OnlineMoney> {
  const [gifts, parked] = await Promise.all([
    Gift.find(
      { ledger: ctx.ledger, 'received.on': operator({ $gte: from, $lte: to }), 'received.into': 'online' },
      { number: 1, amountFen: 1 },
    ).lean<Pick<Gift, '_id' | 'number' | 'amountFen'>[]>(),
    ParkedPayment.find({
      ledger: ctx.ledger,
      'state.name': 'waiting',
      parkedAt: operator({ $gte: startOfDay(from), $lt: startOfDay(addDays(to, 1)) }),
    }).lean<ParkedPayment[]>(),
  ]);
  return {
    paid: gifts.map(({ _id: id, number, amountFen }) => ({ id, number, amountFen })),
    waiting: parked.map(({ _id: id, amountFen, parkedAt: on }) => ({ id, amountFen, on })),
  };
}
