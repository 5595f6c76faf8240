import { findHouseholdByCard, type Household } from '../households';
import type { Context } from '../kernel/context';
import { insertion } from '../platform/mongo/document-writes';
import { transact } from '../platform/mongo/transact';
import { DemoCard } from './demo-card.model';

const offered = 4;

/** Offers cards of the sample county on the kiosk's first page, in this order. For the seed only; a real county never calls it. */
export async function offerDemoCards(ctx: Context, cards: readonly { number: string; pin: string }[]): Promise<void> {
  for (const [rank, { number, pin }] of cards.entries()) {
    await transact(ctx, {
      key: `demoCard:${number}`,
      writes: [insertion(ctx, DemoCard, { _id: `${ctx.ledger}/${number}`, number, pin, rank })],
    });
  }
}

/** The cards to tap in the demo, with their households. */
export async function findDemoCards(ctx: Context): Promise<{ number: string; household: Household }[]> {
  const cards = await DemoCard.find({ ledger: ctx.ledger }).sort({ rank: 1 }).limit(offered).lean<DemoCard[]>();
  const found = await Promise.all(cards.map(async ({ number }) => ({ number, household: await findHouseholdByCard(ctx, number) })));
  return found.flatMap(({ number, household }) => (household ? [{ number, household }] : []));
}

/** The PIN that the demo shows beside the pad, where the card is one of those offered. */
export async function demoPinOf(ctx: Context, household: string): Promise<string | undefined> {
  const cards = await findDemoCards(ctx);
  const number = cards.find((card) => card.household._id === household)?.number;
  return number ? (await DemoCard.findOne({ _id: `${ctx.ledger}/${number}`, ledger: ctx.ledger }).lean<DemoCard>())?.pin : undefined;
}
