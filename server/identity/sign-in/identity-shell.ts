import type { Request, RequestHandler } from 'express';
import type { Clock } from '../../kernel/clock';
import type { Actor, Context, Locale } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import type { Random } from '../../kernel/random';
import type { Role } from '../../kernel/roles';
import { asksForJson } from '../../platform/http/request';
import type { Translate } from '../../platform/i18n/translator';
import { type LocalSignIn, localSignIn } from '../../platform/passport/local-sign-in';
import { frameWith } from '../../platform/views/frame';
import type { PageLocals } from '../../platform/views/locals';
import { findPerson } from '../find-people';
import { layoutOf } from '../layout-of';
import { actorFrom, rolesEndedOn } from '../live-grants';
import { readAccount } from '../login-names';
import { firstPageOf, navigationFor } from '../navigation';
import { may } from '../permissions';
import { scopeNames } from '../scope-names';
import type { User } from '../user.model';
import { verifyPassword } from '../verify-password';
import { seatMenu } from './seat-menu';
import { signedInAs } from './signed-in';

export interface IdentitySetup {
  ledger: string;
  clock: Clock;
  random: Random;
  /** Offers the seats of the cast on every page. */
  demo: boolean;
}

/** What the HTTP shell needs to know people: `createApp({ …, identity: shell.middleware, actorOf: shell.actorOf })`. */
export interface IdentityShell {
  middleware: RequestHandler[];
  /** Who acts in a request, with the grants that count now; somebody deactivated is a visitor from the next request on. */
  actorOf(req: Request): Actor;
  signIn: LocalSignIn;
}

const visitor: Actor = { id: 'visitor', kind: 'person', grants: [] };
const countyDigits = 6;
const placesNamed = 2;

/** Passport, and who is behind each request. One per app. */
export function openIdentity({ demo, ...setup }: IdentitySetup): IdentityShell {
  const people = new WeakMap<Request, User>(); // read once per request, never kept longer
  const signIn = localSignIn({
    async verify(req, account, password) {
      const user = await verifyPassword(req.ctx, { account: readAccount(account) ?? '', password });
      return user && signedInAs(user, { secondFactor: false });
    },
    async stands(req, { id, epoch }) {
      const user = await findPerson(setup, id);
      if (user?.state.name !== 'active' || user.epoch !== epoch) return false;
      people.set(req, user);
      return true;
    },
  });
  const actorOf = (req: Request): Actor => {
    const user = req.user && people.get(req);
    return user ? actorFrom(user, setup.clock.now()) : visitor;
  };
  const locals: RequestHandler = (req, res, next) => {
    if (asksForJson(req)) return next();
    const user = req.user && people.get(req);
    const ctx: Context = { ...setup, actor: actorOf(req), locale: res.locals['locale'] as Locale };
    const t = res.locals['t'] as Translate;
    if (user) Object.assign(res.locals, { person: personLocals(ctx, user, t) });
    frameWith(req, res, async () => ({
      ...(user && { nav: await navigationFor(ctx, t, req.originalUrl), ...(await reachOf(ctx, t)) }),
      ...(demo && { cast: await seatMenu(ctx, t) }),
    }));
    next();
  };
  return { middleware: [...signIn.middleware, locals], actorOf, signIn };
}

function personLocals(ctx: Context, user: User, t: Translate): PageLocals['person'] {
  const [first] = ctx.actor.grants;
  const layout = layoutOf(ctx.actor);
  const rolesEnded = rolesEndedOn(user, shanghaiDay(ctx.clock.now()));
  return {
    name: user.nameMasked,
    role: first ? t(`identity:role.${first.role}`) : '',
    home: firstPageOf(ctx.actor),
    isStaff: layout === 'staff',
    layout,
    readsOnly: may(ctx.actor, 'gift.readOwn') && !may(ctx.actor, 'gift.give'),
    ...(rolesEnded && { rolesEnded }),
  };
}

async function reachOf(ctx: Context, t: Translate): Promise<{ reach?: string }> {
  const [first] = ctx.actor.grants;
  return first ? { reach: await reachText(ctx, t, first.role) } : {};
}

/** What somebody acts for in a role, for the top of each page: the first places by name, and how many in all. */
async function reachText(ctx: Context, t: Translate, role: Role): Promise<string> {
  const held = ctx.actor.grants.filter((grant) => grant.role === role);
  const nameOf = await scopeNames(ctx, held);
  const named = held.slice(0, placesNamed).map((grant) => {
    return grant.scope.length === countyDigits ? t('identity:reach.whole', { place: nameOf(grant) }) : nameOf(grant);
  });
  const places = named.join(t('identity:reach.and'));
  return held.length > placesNamed ? t('identity:reach.more', { places, total: held.length }) : places;
}
