import type { Actor, Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { decryptField } from '../platform/crypto/encrypt-field';
import { anyOf } from '../platform/mongo/operators';
import { actorFrom } from './live-grants';
import { LoginName } from './login-name.model';
import { accountHash, claimId } from './login-names';
import { User } from './user.model';

type County = Pick<Context, 'ledger'>;

/** A person of the county, or undefined. */
export async function findPerson(ctx: County, id: string): Promise<User | undefined> {
  return (await User.findOne({ _id: id, ledger: ctx.ledger }).lean<User>()) ?? undefined;
}

/** A person of the county. Who may look is for the guard of the route: people are kept for the whole county. @throws `not-found` */
export async function findPersonOrThrow(ctx: County, id: string): Promise<User> {
  return (await findPerson(ctx, id)) ?? fail('not-found');
}

/** The person who signs in with an account (a mobile number or staff number in its one form). Asks the same either way. */
export async function findPersonByAccount(ctx: County, account: string): Promise<User | undefined> {
  const claim = await LoginName.findOne({ _id: claimId(ctx.ledger, accountHash(account)), ledger: ctx.ledger }).lean<LoginName>();
  return findPerson(ctx, claim?.user ?? 'nobody');
}

/** A person as an actor now, for what acts in a person's name without a request: the sample county, tests. @throws `not-found` */
export async function findActor(ctx: Pick<Context, 'ledger' | 'clock'>, id: string): Promise<Actor> {
  return actorFrom(await findPersonOrThrow(ctx, id), ctx.clock.now());
}

/** Masked names by id, `张*明`, for timelines and lists. Ids of kiosks and the system are not among them. */
export async function maskedNames(ctx: County, ids: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => id.startsWith('usr_'));
  if (wanted.length === 0) return new Map();
  const found = await User.find({ ledger: ctx.ledger, _id: anyOf(wanted) }, { nameMasked: 1 }).lean<Pick<User, '_id' | 'nameMasked'>[]>();
  return new Map(found.map(({ _id, nameMasked }) => [_id, nameMasked]));
}

/** The full name: for the person's own pages and for papers that the law wants signed. Lists show the mask. */
export function fullName(user: Pick<User, '_id' | 'nameSealed'>): string {
  return decryptField(user.nameSealed, namePlace(user._id));
}

/** The mobile number in full, where a message is sent to it. */
export function fullMobile(user: Pick<User, '_id' | 'mobileSealed'>): string | undefined {
  return user.mobileSealed && decryptField(user.mobileSealed, mobilePlace(user._id));
}

export function namePlace(id: string): string {
  return `user/${id}/name`;
}

export function mobilePlace(id: string): string {
  return `user/${id}/mobile`;
}
