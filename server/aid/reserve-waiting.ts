import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { isRefused } from '../ledger';
import { settingInForce } from '../settings';
import { topUpSkipAhead } from './aid.settings';
import { AidCase } from './aid-case.model';
import { inQueueOrder } from './queue-order';
import { reserve } from './reserve';

/**
 * Serves approved cases that wait for money, in queue order, whole cases only; without `skipAhead` the first that the pools do not cover
 * ends it (AI5). Each is tried in the ledger, which alone knows what the pools hold. Idempotent by each case's key.
 * Returns how many were served.
 */
export async function reserveWaiting(ctx: Context): Promise<number> {
  const waiting = await AidCase.find({ ledger: ctx.ledger, 'state.name': 'waiting' }).lean<AidCase[]>();
  const [first] = waiting;
  if (!first) return 0;
  const county = first.village.slice(0, 6);
  const { value: skipAhead } = await settingInForce(ctx, topUpSkipAhead, { day: shanghaiDay(ctx.clock.now()), place: county });
  const queued = inQueueOrder(waiting.map((one) => ({ ...one, id: one._id, topUpFen: one.amountFen, submittedOn: one.submittedAt })));
  let served = 0;
  for (const { id } of queued) {
    const aidCase = waiting.find((one) => one._id === id);
    if (!aidCase) continue;
    if (await tryReserve(ctx, aidCase)) served += 1;
    else if (!skipAhead) break;
  }
  return served;
}

async function tryReserve(ctx: Context, aidCase: AidCase): Promise<boolean> {
  try {
    await reserve(ctx, aidCase, { key: `aid:${aidCase._id}:round:${aidCase.round}:served`, kept: {} });
    return true;
  } catch (error) {
    if (isRefused(error, 'floor')) return false;
    throw error;
  }
}
