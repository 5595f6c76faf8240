import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { AppError, fail, invariant } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { maskName, maskPhone } from '../kernel/mask';
import { nameKeys } from '../kernel/pinyin';
import { encryptField } from '../platform/crypto/encrypt-field';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { slowHash } from '../platform/crypto/slow-hash';
import { absent, type DocumentGuard, type DocumentWrite, insertion } from '../platform/mongo/document-writes';
import { transact } from '../platform/mongo/transact';
import { findPersonOrThrow, fullName, mobilePlace, namePlace } from './find-people';
import { isWaiting } from './live-grants';
import { LoginName } from './login-name.model';
import { accountHash, claimId } from './login-names';
import { type AskedGrant, newGrant } from './new-grant';
import { assertGoodPassword } from './password-rules';
import { totpPlace } from './second-factor';
import { type HeldGrant, User } from './user.model';
import { userStates } from './user.states';

export interface NewPerson {
  name: string;
  /** 11 digits; signs the person in. */
  mobile?: string | undefined;
  /** A staff number, capitals and digits; signs the person in. At least one of the two. */
  account?: string | undefined;
  /** Absent for somebody invited, who chooses it behind the link. */
  password?: string | undefined;
  grants: readonly AskedGrant[];
  link?: User['link'];
  /** A TOTP secret that an app holds already: the sample county's. */
  secondFactorSecret?: string;
  /** Chosen by the caller before the first try; the person's id follows from it. */
  requestKey: string;
}

export interface PreparedPerson {
  user: User;
  writes: DocumentWrite[];
  guards: DocumentGuard[];
}

/**
 * Registers somebody who can sign in. A repeated request gives the first person; one that asks for somebody else, or for another right,
 * under the same key is refused, so that nobody is handed another person's link.
 * @throws AppError `input.invalid` at `mobile` or `account` when it signs in somebody else, at `password` when it will not do, or where
 * a grant does not fit.
 */
export async function registerPerson(ctx: Context, person: NewPerson): Promise<User> {
  const { user, writes, guards } = await preparePerson(ctx, person);
  try {
    await transact(ctx, { key: `person:${user._id}:registered`, writes, guards });
  } catch (error) {
    if (isTaken(error)) throw takenAccount(person);
    throw error;
  }
  const stored = await findPersonOrThrow(ctx, user._id);
  if (!isSame(stored, user)) fail('ledger.conflict', { key: person.requestKey });
  return stored;
}

/** Whether a repeated request asks for the one who is there: the same accounts, and no right that was not asked for then. */
function isSame(stored: User, asked: User): boolean {
  const isAsked = (grant: HeldGrant) =>
    stored.grants.some(({ role, scope, until }) => role === grant.role && scope === grant.scope && until === grant.until);
  return fullName(stored) === fullName(asked) && stored.logins.join() === asked.logins.join() && asked.grants.every(isAsked);
}

/** The same as writes and guards, for a room whose own commit registers a person along with something else (a donor, a household). */
export async function preparePerson(ctx: Context, person: NewPerson): Promise<PreparedPerson> {
  const accounts = [person.mobile, person.account].filter((account) => account !== undefined);
  invariant(accounts.length > 0, 'identity.person-has-an-account');
  if (person.password !== undefined) assertGoodPassword(person.password, accounts, 'password');
  const id = idOfRequest(ctx, 'usr', person.requestKey);
  const hashes = accounts.map(accountHash);
  const grants: HeldGrant[] = [];
  for (const asked of person.grants) grants.push(newGrant(ctx, asked, grants));
  const now = ctx.clock.now();
  const waiting = grants.filter((grant) => isWaiting(grant, shanghaiDay(now)));
  const fields = {
    _id: id,
    state: userStates.begin(person.password === undefined ? 'invited' : 'active', ctx),
    nameSealed: encryptField(person.name, namePlace(id)),
    nameMasked: maskName(person.name),
    nameKeys: nameKeys(person.name),
    ...(person.mobile !== undefined && {
      mobileSealed: encryptField(person.mobile, mobilePlace(id)),
      mobileMasked: maskPhone(person.mobile),
      mobileTail: person.mobile.slice(-4),
    }),
    logins: hashes,
    ...(person.password !== undefined && { passwordHash: await slowHash(person.password), passwordSetAt: now }),
    ...(person.link && { link: person.link, linkedBy: [ctx.actor.id] }),
    ...(person.secondFactorSecret !== undefined && {
      secondFactor: {
        secretSealed: encryptField(person.secondFactorSecret, totpPlace(id)),
        lastStep: 0,
        enrolledAt: now,
        recovery: [],
        misses: 0,
      },
    }),
    grants,
    epoch: 1,
    createdAt: now,
  };
  const claims = hashes.map((hash) => claimId(ctx.ledger, hash));
  const told = { role: grants.map(({ role }) => role).join(' '), scope: grants.map(({ scope }) => scope).join(' ') };
  return {
    user: { ...fields, ledger: ctx.ledger, version: 1 },
    guards: claims.map((claim) => absent(LoginName, claim)),
    writes: [
      ...claims.map((claim) => insertion(ctx, LoginName, { _id: claim, user: id })),
      insertion(ctx, User, fields),
      recorded(ctx, person.password === undefined ? 'person.invited' : 'person.registered', { type: 'user', id }, told),
      ...waiting.map(({ role, scope, until }) =>
        recorded(ctx, 'person.roleProposed', { type: 'user', id }, { role, scope, ...(until !== undefined && { until }) }),
      ),
    ],
  };
}

/** Whether a commit with a prepared person was refused because somebody else has the account. */
function isTaken(error: unknown): boolean {
  return error instanceof AppError && error.code === 'state.stale' && error.details['in'] === LoginName.collection.name;
}

function takenAccount({ mobile }: NewPerson): AppError {
  return new AppError('input.invalid', {}, [{ path: mobile === undefined ? 'account' : 'mobile', code: 'account-taken' }]);
}
