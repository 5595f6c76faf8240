import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { Gift } from './gift.model';

/** For acts that come from a provider's message, a job or another act, not for what a person asks: there reach decides. */
export async function findGiftById(ctx: Context, id: string): Promise<Gift> {
  return (await Gift.findOne({ _id: id, ledger: ctx.ledger }).lean()) ?? fail('not-found');
}

/** The gift behind a public link: whoever has the code may see it (DESIGN 4: unguessable where it opens a door). */
export async function findGiftByCodeOrThrow(ctx: Context, code: string): Promise<Gift> {
  return (await Gift.findOne({ ledger: ctx.ledger, code }).lean()) ?? fail('not-found');
}

/** The gift with this number, if any: what a transfer's remark names. */
export async function findGiftByNumber(ctx: Context, number: string): Promise<Gift | undefined> {
  return (await Gift.findOne({ ledger: ctx.ledger, number }).lean()) ?? undefined;
}
