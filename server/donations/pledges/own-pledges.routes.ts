import type { Response } from 'express';
import { addToNavigation, allow } from '../../identity';
import type { Context } from '../../kernel/context';
import { both } from '../../platform/http/both';
import { renderForm } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { zPage } from '../../platform/validation/types';
import type { z } from '../../platform/validation/zod';
import { ownDonorOrThrow } from '../own-donor';
import { awaitInstalment } from './await-instalment';
import { findOwnPledgeOrThrow, findOwnPledges } from './find-pledges';
import { pledgeForm, pledgePage, pledgeRow } from './pledge-pages';
import { awaitedAnswer, pledgeAnswer } from './pledges.api';
import { instalmentInput, ownPledgeInput, pledgeLists, pledgeRef } from './pledges.inputs';
import { recordOwnPledge } from './record-pledge';

const words = (res: Response) => res.locals['t'] as Translate;

/** An organisation's own pledges: what it has promised, what has come, the number for the next transfer. */
export function ownPledgeRoutes(): Routes {
  const room = routes();
  const [own, give] = [allow('gift.readOwn'), allow('gift.give')];
  addToNavigation({
    group: 'giving',
    href: '/my/pledges',
    icon: 'signature',
    label: 'donations:pledge.title',
    permission: 'gift.readOwn',
    rank: 3,
  });

  room.get('/my/pledges', own, async (req, res) => {
    const donor = await ownDonorOrThrow(req.ctx);
    const { rows, next } = await findOwnPledges(req.ctx, donor, filtersOf(zPage, req));
    const shown = await Promise.all(rows.map((pledge) => pledgeRow(req.ctx, words(res), pledge, '/my/pledges')));
    res.render('donations/my-pledges', { donor, rows: shown, nextHref: next && listUrl(req, { after: next }) });
  });
  room.get('/my/pledges/new', give, async (req, res) => {
    const donor = await ownDonorOrThrow(req.ctx);
    res.render('donations/pledge-new', { donor, ...pledgeForm(req.ctx, words(res), 'giver') });
  });
  room.get('/my/pledges/:id', own, async (req, res) => {
    const { id } = parseInput(pledgeRef, req.params);
    res.render('donations/pledge', await pledgePage(req.ctx, words(res), await findOwnPledgeOrThrow(req.ctx, id), 'giver'));
  });

  both(room, {
    method: 'post',
    path: '/my/pledges',
    guard: give,
    summary: 'Promises to give, with instalments; nothing is booked before it comes',
    input: ownPledgeInput,
    lists: pledgeLists,
    act: recordOwnPledge,
    page: (res, { _id }) => res.redirect(303, `/my/pledges/${_id}`),
    showAgain: async (req, res, returned) => {
      const form = pledgeForm(req.ctx, words(res), 'giver');
      const donor = await ownDonorOrThrow(req.ctx);
      renderForm(res, 'donations/pledge-new', { donor, ...form, requestKey: returned.values['requestKey'] ?? form.requestKey }, returned);
    },
    answer: pledgeAnswer,
  });
  both(room, {
    method: 'post',
    path: '/my/pledges/:id/awaited-gifts',
    guard: give,
    summary: 'Opens the number that goes on the transfer of an instalment',
    input: instalmentInput,
    act: async (ctx: Context, { id, rank }: z.output<typeof instalmentInput>) =>
      awaitInstalment(ctx, await findOwnPledgeOrThrow(ctx, id, 'gift.give'), rank),
    page: (res, { code }) => res.redirect(303, `/gifts/${code}`),
    showAgain: async (req, res, returned) => {
      const { id } = parseInput(pledgeRef, req.params);
      renderForm(
        res,
        'donations/pledge',
        await pledgePage(req.ctx, words(res), await findOwnPledgeOrThrow(req.ctx, id), 'giver'),
        returned,
      );
    },
    answer: awaitedAnswer,
  });
  return room;
}
