import type { Response } from 'express';
import { addToNavigation, allow, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import type { z } from '../../platform/validation/zod';
import { assignGift } from './assign-gift';
import { awaitInstalment } from './await-instalment';
import { countLatePledges, findPledgeOrThrow, findPledges } from './find-pledges';
import { keepGoodsInput, noteLabourInput } from './in-kind/in-kind.inputs';
import { keepGoods, noteLabour } from './in-kind/keep-in-kind';
import type { Pledge } from './pledge.model';
import { pledgeForm, pledgePage, pledgeRow } from './pledge-pages';
import { awaitedAnswer, pledgeAnswer } from './pledges.api';
import {
  askReleaseInput,
  assignInput,
  decideReleaseInput,
  instalmentInput,
  pledgeFilters,
  pledgeInput,
  pledgeLists,
  pledgeRef,
  pledgeViews,
} from './pledges.inputs';
import { recordPledge } from './record-pledge';
import { askRelease, decideRelease } from './release-pledge';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;

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
    rank: 14,
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
    res.render('donations/pledge-new', { layout, staff: true, ...pledgeForm(req.ctx, words(res), 'staff') }),
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
      const form = pledgeForm(req.ctx, words(res), 'staff');
      const requestKey = returned.values['requestKey'] ?? form.requestKey;
      renderForm(res, 'donations/pledge-new', { layout, staff: true, ...form, requestKey }, returned);
    },
    answer: pledgeAnswer,
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
    answer: pledgeAnswer,
  });
  both(room, {
    method: 'post',
    path: '/donations/pledges/:id/goods',
    guard: record,
    summary: 'Says that accepted goods fulfil an instalment in kind; nothing is booked by it',
    input: keepGoodsInput,
    act: keepGoods,
    page: toPledge,
    showAgain: again,
    answer: pledgeAnswer,
  });
  both(room, {
    method: 'post',
    path: '/donations/pledges/:id/labour',
    guard: record,
    summary: 'Notes work that was done for an instalment, and its day; nothing is booked',
    input: noteLabourInput,
    act: noteLabour,
    page: toPledge,
    showAgain: again,
    answer: pledgeAnswer,
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
    answer: pledgeAnswer,
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
    answer: pledgeAnswer,
  });
  return room;
}
