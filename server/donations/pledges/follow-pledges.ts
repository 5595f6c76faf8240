import type { Context } from '../../kernel/context';
import { anyOf } from '../../platform/mongo/operators';
import { findGiftById } from '../find-gifts';
import { followPledge } from './follow-pledge';
import { Pledge } from './pledge.model';
import { openPledgeStates } from './pledge.states';

/** Follows each pledge that is not released: instalments fall due and late by the day alone. @throws what the first one met, when all were followed. */
export async function followPledges(ctx: Context): Promise<number> {
  const failures: unknown[] = [];
  let count = 0;
  const state = anyOf([...openPledgeStates, 'fulfilled'] as const); // a refund opens a fulfilled one again
  for await (const { _id } of Pledge.find({ ledger: ctx.ledger, 'state.name': state }).lean<Pledge[]>().cursor()) {
    count += 1;
    await followPledge(ctx, _id).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
  return count;
}

/** A gift has come: the pledge that it names, if it names one, follows. */
export async function followPledgeOfGift(ctx: Context, giftId: string): Promise<void> {
  const { pledge } = await findGiftById(ctx, giftId);
  if (pledge) await followPledge(ctx, pledge.id);
}
