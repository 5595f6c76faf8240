import { householdsById, householdsBySurrogate, shownName } from '../households';
import { may } from '../identity';
import type { Context } from '../kernel/context';
import { type AccountCode, type Label, nameAccounts, nameDocuments } from '../ledger';
import { anyOf } from '../platform/mongo/operators';
import { divisionName } from '../regions';
import { deedsById } from './find-deeds';
import { PointRule } from './point-rule.model';
import { points, pointsIssued } from './points.accounts';

/** Tells the ledger's pages what points accounts and deeds are called: masked names, places, what was done. */
export function namePoints(): void {
  nameAccounts(points.className, purses);
  nameAccounts(pointsIssued.className, async ({ locale }, codes) => labels(codes, (code) => divisionName(partOf(code, 1), locale)));
  nameDocuments('deed', deeds);
  nameDocuments('pointRule', rules);
}

async function purses(ctx: Context, codes: readonly AccountCode[]): Promise<Map<string, Label>> {
  const [households, awards] = await Promise.all([
    householdsBySurrogate(
      ctx,
      codes.map((code) => partOf(code, 1)),
    ),
    deedsById(
      ctx,
      codes.map((code) => partOf(code, 2)),
    ),
  ]);
  return labels(codes, (code) => {
    const household = households.get(partOf(code, 1));
    const words = [
      household && shownName(household),
      household && divisionName(household.village, ctx.locale),
      awards.get(partOf(code, 2))?.item,
    ];
    return words.filter(Boolean).join(' ');
  });
}

async function deeds(ctx: Context, ids: readonly string[]): Promise<Map<string, Label>> {
  const found = await deedsById(ctx, ids);
  const households = await householdsById(
    ctx,
    [...found.values()].map(({ household }) => household),
  );
  const mayOpen = may(ctx.actor, 'deed.read');
  return new Map(
    [...found.values()].map((deed) => {
      const household = households.get(deed.household);
      const text = [household && shownName(household), deed.item].filter(Boolean).join(' ');
      return [deed._id, { text, ...(mayOpen && { href: `/deeds/${deed._id}` }) }];
    }),
  );
}

async function rules(ctx: Context, ids: readonly string[]): Promise<Map<string, Label>> {
  const found = await PointRule.find({ ledger: ctx.ledger, _id: anyOf(ids) }).lean<PointRule[]>();
  return new Map(found.map((rule) => [rule._id, { text: rule.item }]));
}

/** Codes for which there are words. */
function labels(codes: readonly AccountCode[], textOf: (code: AccountCode) => string): Map<string, Label> {
  return new Map(codes.map((code) => [code, { text: textOf(code) }] as const).filter(([, { text }]) => text !== ''));
}

function partOf(code: AccountCode, index: number): string {
  return code.split(':')[index] ?? '';
}
