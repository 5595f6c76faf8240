import type { Context } from '../kernel/context';
import { daysBetween, shanghaiDay } from '../kernel/local-date';
import { settingInForce } from '../settings';
import type { PaymentBatch } from './payment-batch.model';
import { isUnanswered, type PaymentLine } from './payment-line.model';
import { bankUnknownDays } from './payments.settings';

/** Days since the export once they are more than the bank is given and a line is still unanswered: then it is asked (DOMAIN 6, BP4). */
export async function unansweredDays(
  ctx: Context,
  { exportedAt }: Pick<PaymentBatch, 'exportedAt'>,
  lines: readonly PaymentLine[],
): Promise<number | undefined> {
  const [open] = lines.filter(isUnanswered);
  if (!exportedAt || !open) return undefined;
  const today = shanghaiDay(ctx.clock.now());
  const { value: given } = await settingInForce(ctx, bankUnknownDays, { day: today, place: open.village });
  const days = daysBetween(shanghaiDay(exportedAt), today);
  return days > given ? days : undefined;
}
