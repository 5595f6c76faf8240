import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { nameKeys } from '../kernel/pinyin';
import { randomId } from '../kernel/random';
import { parseResidentId } from '../kernel/resident-id';
import { isRefused, type Posting, post } from '../ledger';
import { encryptField } from '../platform/crypto/encrypt-field';
import { hashOfAsked } from '../platform/crypto/hash-of-asked';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { lookupHash } from '../platform/crypto/lookup-hash';
import { absent, insertion } from '../platform/mongo/document-writes';
import { findHouseholdOrThrow } from './find-households';
import { Household, type Member } from './household.model';
import { householdStates } from './household.states';
import { assertReachesVillage } from './household-reach';
import type { RegisterHouseholdInput } from './households.inputs';
import { householdNumbers, householdRegistered } from './households.kinds';
import { ownClaimId } from './own-household';
import { PersonClaim, personClaimId } from './person-claim.model';

/**
 * Registers a household with its members, as a draft that the township confirms. Each person lives in one household only: a second
 * registration of the same ID number is refused. @throws `input.invalid` at a member's ID number, `rule.own-household`.
 */
export async function registerHousehold(ctx: Context, input: RegisterHouseholdInput): Promise<Household> {
  assertReachesVillage(ctx, input.village);
  const id = idOfRequest(ctx, 'hh', input.requestKey);
  const people = input.members.map((given, index) => personOf(ctx, id, given, index));
  const head = people.find(({ member }) => member.relation === 'head')?.member ?? failField('members.0.relation', 'head-missing');
  const claims = people.map(({ member, idNumber }) => ({ _id: personClaimId(ctx, idNumber), household: id, member: member.id }));
  const own = await ownClaimId(ctx);
  if (claims.some(({ _id }) => _id === own)) fail('rule.own-household');
  const surrogate = randomId(ctx.random, 'hs');
  const phone = input.phone && {
    phoneSealed: encryptField(input.phone, `household/${id}/phone`),
    phoneHash: lookupHash('phone', input.phone),
  };

  await posting(ctx, claims, {
    key: `household:${id}:registered`,
    kind: householdRegistered,
    source: { type: 'household', id },
    facts: { asked: hashOfAsked(input) },
    numbers: [householdNumbers],
    guards: claims.map(({ _id }) => absent(PersonClaim, _id)),
    writes: (posted) => [
      insertion(ctx, Household, {
        _id: id,
        number: posted.numbers[householdNumbers.name] ?? '',
        surrogate,
        village: input.village,
        state: householdStates.begin('draft', ctx),
        members: people.map(({ member }) => member),
        headId: head.id,
        headName: head.name,
        headKeys: nameKeys(head.name),
        ...phone,
      }),
      ...claims.map((claim) => insertion(ctx, PersonClaim, claim)),
      recorded(ctx, 'household.registered', { type: 'household', id }),
    ],
  });
  return findHouseholdOrThrow(ctx, id);
}

/** Posts, and says at the member's field when one of them lives in another household already. */
async function posting(ctx: Context, claims: readonly { _id: string }[], asked: Posting): Promise<void> {
  try {
    await post(ctx, asked);
  } catch (error) {
    const taken = isRefused(error, 'exists') ? claims.findIndex(({ _id }) => _id === error.details['id']) : -1;
    if (taken < 0) throw error;
    failField(`members.${taken}.idNumber`, 'person-registered');
  }
}

/** The birth day and sex are read from the ID, so that they cannot contradict it. */
function personOf(
  ctx: Context,
  household: string,
  given: RegisterHouseholdInput['members'][number],
  index: number,
): { member: Member; idNumber: string } {
  const read = parseResidentId(given.idNumber, shanghaiDay(ctx.clock.now()));
  if (!read.ok) return failField(`members.${index}.idNumber`, 'id-number');
  const { id: idNumber, birth, sex } = read.value;
  const id = randomId(ctx.random, 'mbr');
  const { name, relation, labour, student, disabilityLevel } = given;
  const idSealed = encryptField(idNumber, `household/${household}/${id}/idNumber`);
  const member = { id, name, relation, birth, sex, idSealed, labour, student, ...(disabilityLevel && { disabilityLevel }) };
  return { member, idNumber };
}
