import type { Context } from '../kernel/context';
import { parseCreditCode } from '../kernel/credit-code';
import { invariant } from '../kernel/errors';
import { idOfFact } from '../platform/crypto/id-of-request';
import { absent, type DocumentGuard, type DocumentWrite, insertion } from '../platform/mongo/document-writes';
import { Donor, DonorClaim } from './donor.model';
import { type OrganisationKind, organisationKindOf } from './donor-kinds';

/** The donor that a commit names, and what it must write if the donor is new. */
export interface NamedDonor {
  id: string;
  kind: OrganisationKind;
  name: string;
  /** Whether the organisation has people of its own here: then its name is the registered one. */
  isRegistered: boolean;
  guards: readonly DocumentGuard[];
  writes: readonly DocumentWrite[];
}

/** The donor that bears this credit code, or a new one to be written in the same commit. The code decides, never the name. */
export async function donorByCreditCode(
  ctx: Context,
  { creditCode, name, kind }: { creditCode: string; name: string; kind?: OrganisationKind },
): Promise<NamedDonor> {
  const claimId = `${ctx.ledger}/${creditCode}`;
  const claim = await DonorClaim.findOne({ _id: claimId, ledger: ctx.ledger }).lean();
  const known = claim && (await findStandingDonor(ctx, claim.donor));
  if (known) return knownDonor(known);

  const read = parseCreditCode(creditCode);
  invariant(read.ok, 'donor.credit-code-was-checked');
  const donor = { _id: idOfFact(ctx, 'don', creditCode), kind: kind ?? organisationKindOf(read.value.kind), name, creditCode };
  return {
    id: donor._id,
    kind: donor.kind,
    name,
    isRegistered: false,
    guards: [absent(DonorClaim, claimId)],
    writes: [insertion(ctx, Donor, donor), insertion(ctx, DonorClaim, { _id: claimId, donor: donor._id })],
  };
}

/** The donor of a name and kind that bears no credit code, or a new one; blanks and wide signs make no other name. */
export async function donorByName(ctx: Context, { name, kind }: { name: string; kind: OrganisationKind }): Promise<NamedDonor> {
  const fact = `name/${kind}/${asNamed(name)}`;
  const claimId = `${ctx.ledger}/${fact}`;
  const claim = await DonorClaim.findOne({ _id: claimId, ledger: ctx.ledger }).lean();
  const known = claim && (await findStandingDonor(ctx, claim.donor));
  if (known) return knownDonor(known);
  const donor = { _id: idOfFact(ctx, 'don', fact), kind, name };
  return {
    id: donor._id,
    kind,
    name,
    isRegistered: false,
    guards: [absent(DonorClaim, claimId)],
    writes: [insertion(ctx, Donor, donor), insertion(ctx, DonorClaim, { _id: claimId, donor: donor._id })],
  };
}

/** Blanks and wide signs are not a difference between names. */
export function asNamed(name: string): string {
  return name.normalize('NFKC').replace(/\s/g, '');
}

function knownDonor({ _id, kind, name, registeredAt }: Donor): NamedDonor {
  return { id: _id, kind, name, isRegistered: registeredAt !== undefined, guards: [], writes: [] };
}

/** The record that stands for a donor now: itself, or the one that it has become one with. */
export async function findStandingDonor(ctx: Pick<Context, 'ledger'>, id: string): Promise<Donor | undefined> {
  const found = await findDonor(ctx, id);
  return found?.mergedInto ? findStandingDonor(ctx, found.mergedInto) : found;
}

/** An organisation as its own people and staff see it. */
export async function findDonor(ctx: Pick<Context, 'ledger'>, id: string): Promise<Donor | undefined> {
  return (await Donor.findOne({ _id: id, ledger: ctx.ledger }).lean()) ?? undefined;
}

/** The record of a donor and those that became one with it: what any of them promised, gave or offered is that donor's. */
export function recordsOf({ _id, absorbed = [] }: Pick<Donor, '_id' | 'absorbed'>): string[] {
  return [_id, ...absorbed];
}

/** All records of the donor whom this one is of. */
export async function recordsOfSame(ctx: Pick<Context, 'ledger'>, id: string): Promise<string[]> {
  const standing = await findStandingDonor(ctx, id);
  return standing ? recordsOf(standing) : [id];
}
