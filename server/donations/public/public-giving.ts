import type { Context } from '../../kernel/context';
import { anyOf, operator } from '../../platform/mongo/operators';
import { Donor } from '../donor.model';
import type { MassOrganisationKind, OrganisationKind } from '../donor-kinds';
import { recordsOf } from '../donors';
import { Gift } from '../gift.model';
import { isNamed, namingOf } from '../naming/naming';
import { type DonorStatement, type Stated, statementOf, withTraces } from '../statements/find-statement';
import { type Period, type StatementSums, totalOf } from '../statements/statement-row';

/** An organisation with what it gave under its name, as everybody may see it. */
export interface PublicGiving {
  id: string;
  name: string;
  kind: OrganisationKind;
  statement: DonorStatement;
}

/** Organisations of some kinds in a period, by name: only gifts whose giver agrees to be named, and nobody without one (TR2). */
export async function publicGivingOf(
  ctx: Context,
  kinds: readonly MassOrganisationKind[],
  period: Period,
  atOnce?: number,
): Promise<PublicGiving[]> {
  const donors = await Donor.find({ ledger: ctx.ledger, kind: anyOf(kinds), mergedInto: operator({ $exists: false }) })
    .sort({ name: 1, _id: 1 })
    .lean<Donor[]>();
  return givingOf(ctx, donors, period, atOnce);
}

/** The same of one organisation; undefined when it is not named, which nobody can tell from its not being there. */
export async function publicGivingOfDonor(
  ctx: Context,
  id: string,
  kinds: readonly MassOrganisationKind[],
  period: Period,
): Promise<PublicGiving | undefined> {
  const donor = await Donor.findOne({
    _id: id,
    ledger: ctx.ledger,
    kind: anyOf(kinds),
    mergedInto: operator({ $exists: false }),
  }).lean<Donor>();
  return donor ? (await givingOf(ctx, [donor], period))[0] : undefined;
}

const giftsAtOnce = 1_000;

async function givingOf(ctx: Context, donors: readonly Donor[], period: Period, atOnce = giftsAtOnce): Promise<PublicGiving[]> {
  const byId = new Map(donors.flatMap((donor) => recordsOf(donor).map((id) => [id, donor])));
  const gifts = Gift.find({ ledger: ctx.ledger, donor: anyOf([...byId.keys()]), 'received.on': operator({ $lte: period.to }) })
    .sort({ 'received.on': 1, _id: 1 })
    .lean<Gift[]>()
    .cursor({ batchSize: atOnce });
  const stated: Stated[] = [];
  const named: Gift[] = [];
  const follow = async () => stated.push(...(await withTraces(ctx, named.splice(0))));
  for await (const gift of gifts) {
    if (isNamed(namingOf(byId.get(gift.donor ?? '')), gift)) named.push(gift);
    if (named.length >= atOnce) await follow();
  }
  await follow();
  return donors.flatMap(({ _id, name, kind }) => {
    const own = stated.filter(({ gift }) => byId.get(gift.donor ?? '')?._id === _id);
    return own.length === 0 ? [] : [{ id: _id, name, kind, statement: statementOf(own, period) }];
  });
}

/** What several organisations gave, paid and have left together. */
export function totalOfStatements(giving: readonly Pick<PublicGiving, 'statement'>[]): StatementSums {
  return totalOf(giving.map(({ statement }) => statement.total));
}
