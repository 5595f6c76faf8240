import { type AuditEvent, findAuditEvents } from '../../audit';
import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import { randomId } from '../../kernel/random';
import type { Translate } from '../../platform/i18n/translator';
import { findPersonOrThrow, maskedNames } from '../find-people';
import { isLive } from '../live-grants';
import { may } from '../permissions';
import { scopeNames } from '../scope-names';
import type { HeldGrant } from '../user.model';
import { grantForm } from './people-page';
import { factorOf, stateChip } from './person-view';

const shownEvents = 20;

/** One person: roles with who gave them, second factor, what an administrator can do next, and what happened so far. */
export async function personPage(ctx: Context, t: Translate, id: string) {
  const user = await findPersonOrThrow(ctx, id);
  const events = await findAuditEvents(ctx, { subjectType: 'user', subjectId: id }, { limit: shownEvents });
  const hands = [...user.grants.map(({ grantedBy }) => grantedBy), user.state.by, user.factorReset?.askedBy ?? ''];
  const [names, placeOf, form] = await Promise.all([
    maskedNames(ctx, [...hands, ...events.rows.map(({ actor }) => actor)]),
    scopeNames(ctx, user.grants),
    grantForm(ctx, t),
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
    isLive: isLive(grant, today),
    isOver: grant.endedAt === undefined && grant.until !== undefined && grant.until < today,
  };
}

function timelineRow(t: Translate, event: AuditEvent, nameOf: (actor: string) => string) {
  return { what: t(`kinds:${event.what}`), at: event.at, who: nameOf(event.actor), note: event.reason };
}
