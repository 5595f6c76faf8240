import type { Context } from '../kernel/context';
import { type LocalDate, shanghaiDay } from '../kernel/local-date';
import { bookStands } from './find-entries';

/** A closed day takes no more: what came on it and is seen late is an entry of today. The document keeps the day on which it came. */
export async function dayOfEntry(ctx: Context, cameOn: LocalDate): Promise<LocalDate> {
  const { openFrom } = await bookStands(ctx);
  return openFrom && cameOn < openFrom ? shanghaiDay(ctx.clock.now()) : cameOn;
}
