import { type AuditEvent, findAuditEvents } from '../../audit';
import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import { randomId } from '../../kernel/random';
import type { Translate } from '../../platform/i18n/translator';
import { isReady } from '../confirm-grant';
import { findPersonOrThrow, maskedNames } from '../find-people';
import { isLive, isWaiting } from '../live-grants';
import { peopleWho } from '../people-who';
import { may, type Permission } from '../permissions';
import { scopeNames } from '../scope-names';
import type { HeldGrant, User } from '../user.model';
import { whoElseMay } from '../who-else-may';
import { whoIsTooNear } from '../who-is-too-near';
import { grantForm } from './people-page';
import { factorOf, stateChip } from './person-view';

const shownEvents = 20;

/** One person: roles with who gave them, second factor, what an administrator can do next, and what happened so far. */
export async function personPage(ctx: Context, t: Translate, id: string) {
  const user = await findPersonOrThrow(ctx, id);
  const events = await findAuditEvents(ctx, { subjectType: 'user', subjectId: id }, { limit: shownEvents });
  const hands = [
    ...user.grants.flatMap(({ grantedBy, confirmedBy = '', endedBy = '' }) => [grantedBy, confirmedBy, endedBy]),
    user.state.by,
    user.factorReset?.askedBy ?? '',
  ];
  const [names, placeOf, form, proposal] = await Promise.all([
    maskedNames(ctx, [...hands, ...events.rows.map(({ actor }) => actor)]),
    scopeNames(ctx, user.grants),
    grantForm(ctx, t),
    proposalToDecide(ctx, t, user),
  ]);
  const nameOf = (actor: string) => names.get(actor) ?? t('audit:someone.system');
  const isSelf = user._id === ctx.actor.id;
  const isActive = user.state.name === 'active';
  const mayManage = may(ctx.actor, 'people.grant') && !isSelf && user.state.name !== 'deactivated';
  return {
    layout: 'staff',
    id: user._id,
    action: `/people/${user._id}`,
    name: user.nameMasked,
    mobile: user.mobileMasked,
    chip: stateChip(t, user.state.name),
    state: user.state.name,
    stateAt: user.state.at,
    stateBy: nameOf(user.state.by),
    createdAt: user.createdAt,
    lastSignInAt: user.lastSignInAt,
    factor: factorOf(ctx, user),
    enrolledAt: user.secondFactor?.enrolledAt,
    grants: user.grants.map((grant) => grantRow(ctx, t, grant, placeOf(grant), nameOf)),
    proposal: proposal && {
      ...proposal.shown,
      role: t(`identity:role.${proposal.grant.role}`),
      place: placeOf(proposal.grant),
      by: nameOf(proposal.grant.grantedBy),
      at: proposal.grant.grantedAt,
    },
    openLink: user.link && user.link.until > ctx.clock.now() ? user.link : undefined,
    factorReset: user.factorReset && { by: nameOf(user.factorReset.askedBy), at: user.factorReset.askedAt },
    actsForFamilies: may(user, 'household.read'),
    hasId: user.idNumberHash !== undefined,
    idKey: randomId(ctx.random, 'req'),
    isSelf,
    mayManage,
    mayResetPassword: mayManage && may(ctx.actor, 'people.resetPassword'),
    mayAskFactorReset:
      mayManage && isActive && user.secondFactor !== undefined && !user.factorReset && may(ctx.actor, 'people.askFactorReset'),
    mayConfirmFactorReset:
      user.factorReset !== undefined && user.factorReset.askedBy !== ctx.actor.id && !isSelf && may(ctx.actor, 'people.confirmFactorReset'),
    events: events.rows.map((event) => timelineRow(t, event, nameOf)),
    eventsHref: may(ctx.actor, 'audit.read') ? `/audit?subjectType=user&subjectId=${user._id}` : undefined,
    ...form,
    linkKey: randomId(ctx.random, 'req'),
  };
}

function grantRow(ctx: Context, t: Translate, grant: HeldGrant, place: string, nameOf: (actor: string) => string) {
  const today = shanghaiDay(ctx.clock.now());
  return {
    id: grant.id,
    role: t(`identity:role.${grant.role}`),
    place,
    from: grant.from,
    until: grant.until,
    endedAt: grant.endedAt,
    grantedBy: nameOf(grant.grantedBy),
    confirmedBy: grant.confirmedBy && nameOf(grant.confirmedBy),
    refusedBy: grant.refused && nameOf(grant.endedBy ?? ''),
    isWaiting: isWaiting(grant, today),
    isLive: isLive(grant, today),
    isOver: grant.endedAt === undefined && grant.until !== undefined && grant.until < today,
  };
}

const confirming: Permission = 'people.confirmGrant';

/** The first role that waits for its second person: whether the reader may decide it, and who else may. */
async function proposalToDecide(ctx: Context, t: Translate, user: User) {
  const today = shanghaiDay(ctx.clock.now());
  const grant = user.state.name === 'deactivated' ? undefined : user.grants.find((one) => isWaiting(one, today));
  if (!grant) return undefined;
  const { scope, grantedBy } = grant;
  const others = (await peopleWho(ctx, confirming, scope)).map(({ id }) => id);
  const near = await whoIsTooNear(ctx, user, grant, [...others, ctx.actor.id]);
  const mayDecide = may(ctx.actor, confirming) && ![grantedBy, user._id].includes(ctx.actor.id);
  return {
    grant,
    shown: {
      action: `/people/${user._id}/grants/${grant.id}`,
      isReady: isReady(user),
      mayConfirm: mayDecide && !near.includes(ctx.actor.id) && isReady(user),
      mayRefuse: mayDecide,
      whoElse: await whoElseMay(ctx, t, { permission: confirming, place: scope, hands: [...near, ctx.actor.id] }),
    },
  };
}

function timelineRow(t: Translate, event: AuditEvent, nameOf: (actor: string) => string) {
  return { what: t(`kinds:${event.what}`), at: event.at, who: nameOf(event.actor), note: event.reason };
}
