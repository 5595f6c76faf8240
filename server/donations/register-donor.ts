import { recorded } from '../audit';
import { findPersonOrThrow, preparePerson } from '../identity';
import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { isRefused, LedgerConflict, post } from '../ledger';
import { lookupHash } from '../platform/crypto/lookup-hash';
import { matchesSlowHash } from '../platform/crypto/slow-hash';
import { change, insertion, unchanged } from '../platform/mongo/document-writes';
import { asSystem } from './as-system';
import { donorRegistered } from './donations.accounts';
import { Donor, DonorClaim } from './donor.model';
import { donorByCreditCode, findDonor } from './donors';
import type { RegisterDonorInput } from './give.inputs';

/**
 * Registers an organisation and the person who speaks for it, who can then sign in with the mobile number. One registration per credit
 * code: more people are invited. @throws `input.invalid` at `creditCode`, `mobile` or `password`; `donation.form-used` when this form
 * was sent before and said something else, such as another mobile number: what was registered then stands.
 */
export async function registerDonor(ctx: Context, input: RegisterDonorInput): Promise<Donor> {
  const acting = asSystem(ctx, 'registration');
  const { creditCode, name, kind, contactName, mobile, requestKey } = input;
  const named = await donorByCreditCode(acting, { creditCode, name, kind });
  const known = await findDonor(acting, named.id);
  const person = await preparePerson(acting, {
    name: contactName,
    mobile,
    password: input.password,
    grants: [{ role: 'donorOwner', scope: named.id }],
    requestKey,
  });
  // The same request again is known by the person's id, which follows from the request's key.
  if (known?.registeredAt && known.registeredBy !== person.user._id) failField('creditCode', 'donor-registered');
  try {
    const { replayed } = await post(acting, {
      key: `donor:${person.user._id}:registered`,
      kind: donorRegistered,
      source: { type: 'donor', id: named.id },
      facts: { creditCode, name, kind, contact: lookupHash('registrant', `${contactName}/${mobile}`) },
      guards: [...named.guards, ...(known ? [unchanged(Donor, known)] : []), ...person.guards],
      writes: () => [
        ...(known
          ? [change(Donor, known, { name, kind, registeredAt: ctx.clock.now(), registeredBy: person.user._id })] // it names itself
          : [
              insertion(acting, Donor, {
                _id: named.id,
                kind,
                name,
                creditCode,
                registeredAt: ctx.clock.now(),
                registeredBy: person.user._id,
              }),
              insertion(acting, DonorClaim, { _id: `${ctx.ledger}/${creditCode}`, donor: named.id }),
            ]),
        ...person.writes,
        recorded(acting, 'donor.registered', { type: 'donor', id: named.id }, { kind }),
      ],
    });
    if (replayed && !(await opensWith(acting, person.user._id, input.password))) fail('donation.form-used');
  } catch (error) {
    if (error instanceof LedgerConflict) fail('donation.form-used');
    if (!isRefused(error, 'exists') && !isRefused(error, 'stale')) throw error;
    if (error.details['collection'] === Donor.collection.name || error.details['collection'] === DonorClaim.collection.name) {
      return registerDonor(ctx, input); // somebody else wrote the donor meanwhile, or this is the form sent twice
    }
    failField('mobile', 'account-taken');
  }
  return (await findDonor(acting, named.id)) ?? failField('creditCode', 'donor-registered');
}

/** Whether the password of a form that came again is the one that was set: a corrected one would otherwise seem to be taken. */
async function opensWith(ctx: Context, person: string, password: string): Promise<boolean> {
  return matchesSlowHash((await findPersonOrThrow(ctx, person)).passwordHash, password);
}
