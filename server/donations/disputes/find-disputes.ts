import type { Context } from '../../kernel/context';
import { anyOf } from '../../platform/mongo/operators';
import { GiftDispute } from './dispute.model';

const mostShown = 50;
const undecided: readonly GiftDispute['state']['name'][] = ['open', 'withdrawn', 'returned'];

/** Disputes that the payer's bank has not decided, the one that is to be answered first first. */
export async function findUndecidedDisputes(ctx: Pick<Context, 'ledger'>): Promise<GiftDispute[]> {
  return GiftDispute.find({ ledger: ctx.ledger, 'state.name': anyOf(undecided) })
    .sort({ dueBy: 1, _id: 1 })
    .limit(mostShown)
    .lean<GiftDispute[]>();
}

/** Whether the payer's bank may still take or give back. */
export function isUndecided({ state }: Pick<GiftDispute, 'state'>): boolean {
  return undecided.includes(state.name);
}

/** All disputes about a gift, the first first. */
export async function findDisputesOf(ctx: Pick<Context, 'ledger'>, gift: string): Promise<GiftDispute[]> {
  return GiftDispute.find({ ledger: ctx.ledger, gift }).sort({ openedAt: 1 }).lean<GiftDispute[]>();
}
