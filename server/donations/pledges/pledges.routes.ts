import type { Response } from 'express';
import { addToNavigation, allow, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { zId, zPage } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import type { Gift } from '../gift.model';
import { ownDonorOrThrow } from '../own-donor';
import { assignGift } from './assign-gift';
import { awaitInstalment } from './await-instalment';
import { countLatePledges, findOwnPledgeOrThrow, findOwnPledges, findPledgeOrThrow, findPledges } from './find-pledges';
import type { Pledge } from './pledge.model';
import { pledgeForm, pledgePage, pledgeRow } from './pledge-pages';
import {
  askReleaseInput,
  assignInput,
  decideReleaseInput,
  instalmentInput,
  ownPledgeInput,
  pledgeFilters,
  pledgeInput,
  pledgeLists,
  pledgeRef,
  pledgeViews,
} from './pledges.inputs';
import { recordOwnPledge, recordPledge } from './record-pledge';
import { askRelease, decideRelease } from './release-pledge';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const answer = {
  status: 201,
  description: 'The pledge',
  schema: z.object({ id: zId('plg'), number: z.string(), state: z.string(), totalFen: z.int() }),
  from: ({ _id, number, state, totalFen }: Pledge) => ({ id: _id, number, state: state.name, totalFen }),
} as const;
const awaitedAnswer = {
  status: 201,
  description: 'The gift that is awaited, whose number goes on the transfer',
  schema: z.object({ number: z.string(), amountFen: z.int() }),
  from: ({ number, amountFen }: Gift) => ({ number, amountFen }),
} as const;

/** Pledges as staff see them: what is late first, recording from the paper, gifts assigned by hand, release by two. */
export function pledgeRoutes(): Routes {
  const room = routes();
  const [read, record] = [allow('gift.read'), allow('pledge.record')];
  addToNavigation({
    group: 'giving',
    href: '/donations/pledges',
    icon: 'signature',
    label: 'donations:pledge.title',
    permission: 'gift.read',
    rank: 13,
    count: countLatePledges,
  });
  const toPledge = (res: Response, { _id }: Pledge) => res.redirect(303, `/donations/pledges/${_id}`);
  const again = async (req: Incoming<string>, res: Response, returned: Returned) => {
    const { id } = parseInput(pledgeRef, req.params);
    const page = await pledgePage(req.ctx, words(res), await findPledgeOrThrow(req.ctx, id), 'staff');
    renderForm(res, 'donations/pledge', { layout, staff: true, ...page }, returned);
  };

  room.get('/donations/pledges', read, async (req, res) => {
    const filters = filtersOf(pledgeFilters, req);
    const { rows, next } = await findPledges(req.ctx, filters);
    res.render('donations/pledges', {
      layout,
      view: filters.view,
      views: pledgeViews.map((view) => ({
        href: listUrl(req, { view }),
        label: words(res)(`donations:pledge.view.${view}`),
        current: view === filters.view,
      })),
      rows: await Promise.all(rows.map((pledge) => pledgeRow(req.ctx, words(res), pledge, '/donations/pledges'))),
      mayRecord: may(req.ctx.actor, 'pledge.record'),
      nextHref: next && listUrl(req, { after: next }),
    });
  });
  room.get('/donations/pledges/new', record, (req, res) =>
    res.render('donations/pledge-new', { layout, staff: true, ...pledgeForm(req.ctx, words(res)) }),
  );
  room.get('/donations/pledges/:id', read, async (req, res) => {
    const { id } = parseInput(pledgeRef, req.params);
    const page = await pledgePage(req.ctx, words(res), await findPledgeOrThrow(req.ctx, id), 'staff');
    res.render('donations/pledge', { layout, staff: true, ...page });
  });

  both(room, {
    method: 'post',
    path: '/donations/pledges',
    guard: record,
    summary: 'Records what an organisation has promised to give, with its instalments; nothing is booked',
    input: pledgeInput,
    lists: pledgeLists,
    act: recordPledge,
    page: toPledge,
    showAgain: (req, res, returned) => {
      const form = pledgeForm(req.ctx, words(res));
      const requestKey = returned.values['requestKey'] ?? form.requestKey;
      renderForm(res, 'donations/pledge-new', { layout, staff: true, ...form, requestKey }, returned);
    },
    answer,
  });
  both(room, {
    method: 'post',
    path: '/donations/pledges/:id/awaited-gifts',
    guard: record,
    summary: 'Opens the number under which the money of an instalment is to come',
    input: instalmentInput,
    act: async (ctx: Context, { id, rank }: z.output<typeof instalmentInput>) =>
      awaitInstalment(ctx, await findPledgeOrThrow(ctx, id), rank),
    page: (res, gift) => res.redirect(303, `/donations/pledges/${gift.pledge?.id}`),
    showAgain: again,
    answer: awaitedAnswer,
  });
  both(room, {
    method: 'post',
    path: '/donations/pledges/:id/gifts',
    guard: record,
    summary: 'Says that a gift that has come is money of a pledge',
    input: assignInput,
    act: assignGift,
    page: toPledge,
    showAgain: again,
    answer,
  });
  both(room, {
    method: 'post',
    path: '/donations/pledges/:id/releases',
    guard: record,
    summary: 'Asks that a giver in hardship be let off what has not come',
    input: askReleaseInput,
    act: askRelease,
    page: toPledge,
    showAgain: again,
    answer,
  });
  both(room, {
    method: 'post',
    path: '/donations/pledges/:id/release-decisions',
    guard: allow('pledge.release'),
    summary: 'Lets a giver off, or keeps the pledge; never by who asked',
    input: decideReleaseInput,
    act: decideRelease,
    page: toPledge,
    showAgain: again,
    answer,
  });
  return room;
}

/** An organisation's own pledges: what it has promised, what has come, the number for the next transfer. */
export function ownPledgeRoutes(): Routes {
  const room = routes();
  const [own, give] = [allow('gift.readOwn'), allow('gift.give')];
  addToNavigation({
    group: 'giving',
    href: '/my/pledges',
    icon: 'signature',
    label: 'donations:pledge.mine',
    permission: 'gift.readOwn',
    rank: 4,
  });

  room.get('/my/pledges', own, async (req, res) => {
    const donor = await ownDonorOrThrow(req.ctx);
    const { rows, next } = await findOwnPledges(req.ctx, donor, filtersOf(zPage, req));
    const shown = await Promise.all(rows.map((pledge) => pledgeRow(req.ctx, words(res), pledge, '/my/pledges')));
    res.render('donations/my-pledges', { donor, rows: shown, nextHref: next && listUrl(req, { after: next }) });
  });
  room.get('/my/pledges/new', give, async (req, res) => {
    const donor = await ownDonorOrThrow(req.ctx);
    res.render('donations/pledge-new', { donor, ...pledgeForm(req.ctx, words(res)) });
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
      const form = pledgeForm(req.ctx, words(res));
      const donor = await ownDonorOrThrow(req.ctx);
      renderForm(res, 'donations/pledge-new', { donor, ...form, requestKey: returned.values['requestKey'] ?? form.requestKey }, returned);
    },
    answer,
  });
  both(room, {
    method: 'post',
    path: '/my/pledges/:id/awaited-gifts',
    guard: give,
    summary: 'Opens the number that goes on the transfer of an instalment',
    input: instalmentInput,
    act: async (ctx: Context, { id, rank }: z.output<typeof instalmentInput>) =>
      awaitInstalment(ctx, await findOwnPledgeOrThrow(ctx, id), rank),
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
