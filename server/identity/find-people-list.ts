import type { Context } from '../kernel/context';
import { addDays, shanghaiDay } from '../kernel/local-date';
import { nameKeys } from '../kernel/pinyin';
import { anyOf, operator, startingWith } from '../platform/mongo/operators';
import { type Page, pageOf } from '../platform/mongo/page-of';
import { findPersonByAccount } from './find-people';
import { type PeopleFilters, type PeopleView, peopleViews } from './identity.inputs';
import { readAccount } from './login-names';
import { may, rolesByTwo, strongRoles } from './permissions';
import { User } from './user.model';

const endingWithinDays = 40;
const awayAfterMs = 90 * 86_400_000;
const stillHere = operator({ $ne: 'deactivated' });

type Conditions = Record<string, unknown>;

/** People of the county by the sound of their names. */
export function findPeople(ctx: Context, filters: PeopleFilters): Promise<Page<User>> {
  return pageOf(User, { filter: { ledger: ctx.ledger, ...selected(ctx, filters) }, order: { 'nameKeys.sortKey': 1 } }, filters);
}

/**
 * People whom somebody means by a name, its sound, an account or the last four digits of a phone number: masked names by id. Also those
 * who are gone, since what they did stays.
 */
export async function peopleCalled(ctx: Context, typed: string, most: number): Promise<Map<string, string>> {
  const account = readAccount(typed);
  const [byAccount, bySound] = await Promise.all([
    account === undefined ? undefined : findPersonByAccount(ctx, account),
    User.find({ ledger: ctx.ledger, ...searched(typed) }, { nameMasked: 1 })
      .sort({ 'nameKeys.sortKey': 1, _id: 1 })
      .limit(most)
      .lean<Pick<User, '_id' | 'nameMasked'>[]>(),
  ]);
  const found = byAccount ? [byAccount] : bySound;
  return new Map(found.map(({ _id, nameMasked }) => [_id, nameMasked]));
}

/** How many people each view holds with the other filters as they are: for the tabs. */
export async function countPeople(ctx: Context, filters: PeopleFilters): Promise<Record<PeopleView, number>> {
  const counted = peopleViews.map(
    async (view) => [view, await User.countDocuments({ ledger: ctx.ledger, ...selected(ctx, { ...filters, view }) })] as const,
  );
  return Object.fromEntries(await Promise.all(counted)) as Record<PeopleView, number>;
}

/** People for whom somebody else asked what this person may confirm, a role or a reset: the number beside the page's name. */
export async function countToConfirm(ctx: Context): Promise<number> {
  const { id } = ctx.actor;
  const asked: Conditions[] = [
    ...(may(ctx.actor, 'people.confirmGrant') ? [waitingRole(ctx, id)] : []),
    ...(may(ctx.actor, 'people.confirmFactorReset') ? [waitingReset(id)] : []),
  ];
  if (asked.length === 0) return 0;
  const conditions: Conditions[] = [{ 'state.name': stillHere }, { $or: asked }];
  return User.countDocuments({ ledger: ctx.ledger, $and: conditions, _id: operator({ $ne: id }) });
}

function selected(ctx: Context, { view, role, scope, q }: PeopleFilters): Conditions {
  const all = [
    inView(ctx, view),
    holding(ctx, { ...(role && { role }), ...(scope && { scope: { $gte: scope, $lt: `${scope}\u{10ffff}` } }) }),
    searched(q),
  ];
  const asked = all.filter((condition) => Object.keys(condition).length > 0);
  return asked.length === 0 ? {} : { $and: asked };
}

function inView(ctx: Context, view: PeopleView): Conditions {
  const now = ctx.clock.now();
  const today = shanghaiDay(now);
  const longAgo = new Date(now.getTime() - awayAfterMs);
  switch (view) {
    case 'all':
      return {};
    case 'ending':
      return { 'state.name': 'active', ...live({ until: { $gte: today, $lte: addDays(today, endingWithinDays) } }) };
    case 'noFactor':
      return { 'state.name': 'active', secondFactor: operator({ $exists: false }), ...holding(ctx, { role: { $in: [...strongRoles] } }) };
    case 'away':
      return {
        'state.name': 'active',
        $or: [
          { lastSignInAt: operator({ $lt: longAgo }) },
          { lastSignInAt: operator({ $exists: false }), createdAt: operator({ $lt: longAgo }) },
        ],
      };
    case 'waiting':
      return { 'state.name': stillHere, $or: [waitingRole(ctx), waitingReset()] };
    default:
      return { 'state.name': view };
  }
}

/** Holds a grant that counts today and is like this. */
function holding(ctx: Context, like: Conditions): Conditions {
  if (Object.keys(like).length === 0) return {};
  const today = shanghaiDay(ctx.clock.now());
  return live({ ...like, from: { $lte: today }, $or: [{ until: { $exists: false } }, { until: { $gte: today } }] });
}

const bySystem = { $gte: 'system:', $lt: 'system:\u{10ffff}' };
const isConfirmed = { $or: [{ role: { $nin: [...rolesByTwo] } }, { confirmedBy: { $exists: true } }, { grantedBy: bySystem }] };

function live(like: Conditions): Conditions {
  return { grants: operator({ $elemMatch: { endedAt: { $exists: false }, ...like, $and: [isConfirmed] } }) };
}

/** Has a role that waits for its second person (`isWaiting`), proposed by somebody else than the one given. */
function waitingRole(ctx: Context, notBy?: string): Conditions {
  const grant = {
    role: { $in: [...rolesByTwo] },
    confirmedBy: { $exists: false },
    endedAt: { $exists: false },
    grantedBy: { $not: bySystem, ...(notBy !== undefined && { $ne: notBy }) },
    $or: [{ until: { $exists: false } }, { until: { $gte: shanghaiDay(ctx.clock.now()) } }],
  };
  return { grants: operator({ $elemMatch: grant }) };
}

/** Has lost the authenticator, as one person said: a second one takes it away. */
function waitingReset(notBy?: string): Conditions {
  return { 'factorReset.askedBy': operator({ $exists: true, ...(notBy !== undefined && { $ne: notBy }) }) };
}

/** By the last four of the phone, by first letters or sound, or by characters of the name, which are encrypted and so found by sound. */
function searched(q: string | undefined): Conditions {
  const text = q?.replace(/\s/g, '').toLowerCase() ?? '';
  if (text === '') return {};
  if (/^\d{1,4}$/.test(text)) return { mobileTail: text.length === 4 ? text : anyOf([]) };
  const { spelling } = nameKeys(text);
  const ways: Conditions[] = [{ 'nameKeys.spelling': startingWith(spelling) }];
  if (/^[a-z]+$/.test(text)) ways.push({ 'nameKeys.initials': startingWith(text) });
  return { $or: ways };
}
