import { findMembers, heldRoleFor, type User } from '../../identity';
import type { Context } from '../../kernel/context';
import { randomId } from '../../kernel/random';
import type { Translate } from '../../platform/i18n/translator';
import type { StateChip } from '../../platform/views/mark-helpers';
import { memberRoles, ownDonorOrThrow } from '../own-donor';

/** The people of an organisation for its owner: who acts for it, who was invited, who did before. */
export async function membersPage(ctx: Context, t: Translate) {
  const donor = await ownDonorOrThrow(ctx, 'donor.manage');
  const rows = (await findMembers(ctx, donor._id, memberRoles)).map((user) => {
    const held = heldRoleFor(ctx, user, donor._id);
    return {
      id: user._id,
      name: user.nameMasked,
      mobile: user.mobileMasked,
      role: held?.role,
      roleText: held && t(`identity:role.${held.role}`),
      chip: chipOf(ctx, t, user, held !== undefined),
      lastSignInAt: user.lastSignInAt,
      isSelf: user._id === ctx.actor.id,
      isInvited: held !== undefined && user.state.name === 'invited',
      linkUntil: user.link?.until,
      linkKey: randomId(ctx.random, 'req'),
      action: `/my/people/${user._id}`,
    };
  });
  return {
    donor,
    rows: rows.filter(({ role }) => role),
    former: rows.filter(({ role }) => !role),
    roles: memberRoles.map((value) => ({ value, label: t(`identity:role.${value}`), can: t(`identity:can.${value}`) })),
    requestKey: randomId(ctx.random, 'req'),
  };
}

function chipOf(ctx: Context, t: Translate, { state, link }: Pick<User, 'state' | 'link'>, isMember: boolean): StateChip {
  if (!isMember) return { family: 'still', word: t('donations:members.state.former') };
  const isOpen = link !== undefined && link.until > ctx.clock.now();
  if (state.name === 'invited' && !isOpen) return { family: 'still', word: t('donations:members.state.expired') };
  if (state.name === 'invited') return { family: 'waiting', word: t('donations:members.state.invited') };
  return state.name === 'active'
    ? { family: 'done', word: t('donations:members.state.active') }
    : { family: 'failed', word: t('donations:members.state.deactivated') };
}
