import type { Context } from '../../kernel/context';
import { addDays, shanghaiDay } from '../../kernel/local-date';
import { randomId } from '../../kernel/random';
import type { ListedRoute } from '../../platform/http/route-table';
import type { Translate } from '../../platform/i18n/translator';
import { demoSigningCode } from '../demo-seats';
import { findPersonOrThrow } from '../find-people';
import { layoutOf } from '../layout-of';
import { may, type Permission, tokenScopes } from '../permissions';
import type { ApiToken } from './api-token.model';
import { findTokensOf, isOpen } from './find-tokens';

const usualDays = 90;

/** One's own tokens, and the form for a new one: it offers what the API has routes for and one's roles may do. */
export async function tokensPage(ctx: Context, t: Translate, routes: readonly ListedRoute[], demo: boolean) {
  const [tokens, person] = await Promise.all([findTokensOf(ctx, ctx.actor.id), findPersonOrThrow(ctx, ctx.actor.id)]);
  const now = ctx.clock.now();
  const { reads, acts } = offeredTo(ctx, routes);
  const wordOf = (permission: string) => ({ value: permission, label: permissionText(t, permission) });
  return {
    layout: layoutOf(ctx.actor),
    tokens: tokens.map((token) => rowOf(t, token, now)),
    reads: reads.map(wordOf),
    acts: acts.map(wordOf),
    hasFactor: person.secondFactor !== undefined,
    demoCode: demo ? await demoSigningCode(ctx) : undefined,
    requestKey: randomId(ctx.random, 'req'),
    until: addDays(shanghaiDay(now), usualDays),
  };
}

/** What a token of this person can be used for: the permissions that only let look, and those that let change something. */
function offeredTo(ctx: Context, routes: readonly ListedRoute[]): { reads: Permission[]; acts: Permission[] } {
  const api = routes.filter(({ path }) => path.startsWith('/api/v1/'));
  const guardsWith = (isChange: boolean) => new Set(api.filter(({ method }) => (method !== 'GET') === isChange).map(({ guard }) => guard));
  const [changing, looking] = [guardsWith(true), guardsWith(false)];
  const mine = tokenScopes.filter((permission) => may(ctx.actor, permission));
  return {
    reads: mine.filter((permission) => looking.has(permission) && !changing.has(permission)),
    acts: mine.filter((permission) => changing.has(permission)),
  };
}

/** A permission of a former release may stand in an old token: then its name has to do. */
function permissionText(t: Translate, permission: string): string {
  return t(`identity:permission.${permission}`, { defaultValue: permission });
}

function rowOf(t: Translate, token: ApiToken, now: Date) {
  const { _id, name, permissions, isReadOnly, until, madeAt, lastUsedAt, ended } = token;
  const state = ended ? 'ended' : isOpen(token, now) ? 'open' : 'over';
  return {
    id: _id,
    name,
    permissions: permissions.map((permission) => permissionText(t, permission)),
    isReadOnly,
    until,
    madeAt,
    lastUsedAt,
    endedAt: ended?.at,
    isOpen: state === 'open',
    chip: { family: state === 'open' ? 'running' : 'still', word: t(`identity:token.state.${state}`) },
  };
}
