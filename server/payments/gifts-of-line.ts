import type { Context } from '../kernel/context';
import { findEntryByKey, findOpenLots, originLabels } from '../ledger';
import type { PaymentLine } from './payment-line.model';
import { payable } from './payments.accounts';

/** From which gifts, or other money, a line is paid, how much of each in fen, and the page of each for whoever may open it. */
export async function giftsOfLine(ctx: Context, line: PaymentLine) {
  const sent = await findEntryByKey(ctx, `payment:${line._id}:sent`);
  const parts = sent ? sent.drawn : await reservedParts(ctx, line.payable);
  const used = new Map<string, number>();
  for (const { origin, amount } of parts) used.set(origin, (used.get(origin) ?? 0) + amount);
  const labels = await originLabels(ctx, [...used.keys()]);
  return [...used].map(([origin, usedFen]) => ({ usedFen, ...(labels.get(origin) ?? { text: origin }) }));
}

/** Before the bank has it, the sum lies in its case. */
async function reservedParts(ctx: Context, id: string): Promise<{ origin: string; amount: number }[]> {
  const lots = await findOpenLots(ctx, payable(id));
  return lots.map(({ code, origin = code, balance }) => ({ origin, amount: balance }));
}
