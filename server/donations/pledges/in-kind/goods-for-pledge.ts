import type { Context } from '../../../kernel/context';
import { anyOf } from '../../../platform/mongo/operators';
import { recordsOfSame } from '../../donors';
import { type GoodsLine, GoodsOffer } from '../../goods/goods-offer.model';
import type { Pledge } from '../pledge.model';

const acceptedStates = ['accepted', 'valued', 'shelved'] as const;
const mostToChoose = 30;

/** Goods of an offer as a choice: its number and the place of the line in it, `G-2026-000012/1`. */
export function parseGoodsChoice(typed: string): { number: string; line: number } | undefined {
  const [, number, place] = /^(G-\d{4}-\d+)\/(\d{1,2})$/.exec(typed.trim().toUpperCase()) ?? [];
  return number === undefined ? undefined : { number, line: Number(place) - 1 };
}

/** How many of a line were found good and fulfil no pledge yet. */
export function leftForPledge({ usable = 0, pledged = 0 }: GoodsLine): number {
  return usable - pledged;
}

/** Whether the goods of an offer count as given: before somebody has accepted them they do not. */
export function isAccepted({ state }: Pick<GoodsOffer, 'state'>): boolean {
  return acceptedStates.some((name) => name === state.name);
}

/** Accepted goods of the same giver that are in a unit of the pledge and fulfil none yet, the newest first. */
export async function findGoodsToKeep(ctx: Context, pledge: Pledge) {
  const units = pledge.instalments.flatMap(({ inKind }) => (inKind?.kind === 'goods' ? [inKind.unit] : []));
  if (units.length === 0) return [];
  const donor = anyOf(await recordsOfSame(ctx, pledge.donor));
  const offers = await GoodsOffer.find({ ledger: ctx.ledger, donor, 'state.name': anyOf([...acceptedStates]) })
    .sort({ offeredAt: -1, _id: -1 })
    .limit(mostToChoose)
    .lean<GoodsOffer[]>();
  return offers.flatMap(({ number, lines }) =>
    lines.flatMap((line, at) => {
      const left = leftForPledge(line);
      return left > 0 && units.includes(line.unit)
        ? [{ choice: `${number}/${at + 1}`, number, name: line.name, unit: line.unit, left }]
        : [];
    }),
  );
}
