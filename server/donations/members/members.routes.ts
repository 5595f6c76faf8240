import type { Response } from 'express';
import { addToNavigation, allow, type User } from '../../identity';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { limited } from '../../platform/http/guard';
import type { Limiter } from '../../platform/http/rate-limit';
import { type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { z } from '../../platform/validation/zod';
import { changeMember, removeMember } from './change-member';
import { type InvitedMember, inviteMember, renewMemberLink } from './invite-member';
import { changeMemberInput, inviteMemberInput, memberLinkInput, memberRef } from './members.inputs';
import { membersPage } from './members-page';

const words = (res: Response) => res.locals['t'] as Translate;
const invitationsAMinute = 10;
const memberView = z.object({ id: z.string(), name: z.string(), role: z.string().nullable(), state: z.string() }).openapi('Member');
const linkedMemberView = z.object({ member: memberView, link: z.string().optional() }).openapi('MemberWithLink');

/** The people of an organisation: its owner invites them by a link, changes what they may do, and removes them. */
export function memberRoutes({ publicBaseUrl, limiter }: { publicBaseUrl: string; limiter: Limiter }): Routes {
  const room = routes();
  const manage = allow('donor.manage');
  addToNavigation({
    group: 'giving',
    href: '/my/people',
    icon: 'users',
    label: 'donations:members.nav',
    permission: 'donor.manage',
    rank: 8,
  });

  room.get('/my/people', manage, async (req, res) => res.render('donations/members', await membersPage(req.ctx, words(res))));

  const showAgain = async (req: { ctx: Parameters<typeof membersPage>[0] }, res: Response, returned: Returned): Promise<void> => {
    const page = await membersPage(req.ctx, words(res));
    renderForm(res, 'donations/members', { ...page, requestKey: returned.values['requestKey'] ?? page.requestKey }, returned);
  };
  const linked = {
    status: 201,
    description: 'The person, and the link while it has to be handed on: good for seven days and one use',
    schema: linkedMemberView,
    from: ({ user, path }: InvitedMember) => ({
      member: viewOfMember(user),
      ...(path !== undefined && { link: `${publicBaseUrl}${path}` }),
    }),
  } as const;
  const member = { status: 200, description: 'The person', schema: memberView, from: viewOfMember } as const;
  const toMembers = (res: Response) => res.redirect(303, '/my/people');

  both(room, {
    method: 'post',
    path: '/my/people',
    guard: limited(limiter({ name: 'invite-member', perMinute: invitationsAMinute }), manage),
    summary: 'Invites somebody to act for one’s own organisation; asked twice with one key, it is one invitation',
    input: inviteMemberInput,
    act: inviteMember,
    page: (res, made) => showLink(res, made, publicBaseUrl),
    showAgain,
    answer: linked,
  });
  both(room, {
    method: 'post',
    path: '/my/people/:id/link',
    guard: manage,
    summary: 'Makes a new link for somebody who has not accepted yet; the old one ends',
    input: memberLinkInput,
    act: renewMemberLink,
    page: (res, made) => showLink(res, made, publicBaseUrl),
    showAgain,
    answer: linked,
  });
  both(room, {
    method: 'post',
    path: '/my/people/:id/role',
    guard: manage,
    summary: 'Gives a person of one’s own organisation another role; the last owner stays owner',
    input: changeMemberInput,
    act: changeMember,
    page: toMembers,
    showAgain,
    answer: member,
  });
  both(room, {
    method: 'post',
    path: '/my/people/:id/removal',
    guard: manage,
    summary: 'Ends a person’s access to one’s own organisation from the next request on; the last owner cannot go',
    input: memberRef,
    act: removeMember,
    page: (res, user) => (user._id === res.req.ctx.actor.id ? res.redirect(303, '/me') : toMembers(res)),
    showAgain,
    answer: member,
  });
  return room;

  function viewOfMember(user: User) {
    const open = user.grants.filter(({ endedAt }) => endedAt === undefined).at(-1);
    return { id: user._id, name: user.nameMasked, role: open?.role ?? null, state: user.state.name };
  }
}

/** Shows a link once, as the answer to the form that made it; a form sent again after its link was used leads back to the list. */
function showLink(res: Response, { user, path }: InvitedMember, publicBaseUrl: string): void {
  if (path === undefined || !user.link) {
    res.redirect(303, '/my/people');
    return;
  }
  const t = words(res);
  res.setHeader('Cache-Control', 'no-store');
  res.render('donations/member-link', {
    name: user.nameMasked,
    link: `${publicBaseUrl}${path}`,
    note: t('identity:linkMade.invitationNote', { name: user.nameMasked }),
  });
}
