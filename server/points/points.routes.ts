import type { Response } from 'express';
import { addToNavigation, allow, may } from '../identity';
import { failField } from '../kernel/errors';
import { both } from '../platform/http/both';
import { renderForm } from '../platform/http/form';
import { filtersOf, listUrl } from '../platform/http/list-url';
import { type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { z } from '../platform/validation/zod';
import { confirmDeed } from './confirm-deed';
import type { Deed } from './deed.model';
import { deedStates } from './deed.states';
import { deedFormPage } from './deed-form-page';
import { deedPage, deedsPage } from './deed-pages';
import { countWaitingDeeds } from './find-deeds';
import { deedFilters, deedFormQuery, deedRef, recordDeedForm, rejectDeedInput } from './points.inputs';
import { recordDeed } from './record-deed';
import { rejectDeed } from './reject-deed';

const words = (res: Response) => res.locals['t'] as Translate;

const deedView = z.object({
  id: z.string(),
  household: z.string(),
  item: z.string(),
  day: z.string(),
  score: z.int(),
  state: z.enum(deedStates.states as ['scored', ...Deed['state']['name'][]]),
  awarded: z.int().nullable(),
});
const viewOf = ({ _id: id, household, item, day, score, state, award }: Deed) => ({
  id,
  household,
  item,
  day,
  score,
  state: state.name,
  awarded: award?.points ?? null,
});

/** Deeds: the cadre's form, the queue of the second person, one deed; the same acts as JSON. */
export function pointsRoutes(): Routes {
  const room = routes();
  const [read, record, confirm] = [allow('deed.read'), allow('deed.record'), allow('deed.confirm')];
  addToNavigation({
    group: 'goods',
    href: '/deeds',
    icon: 'star',
    label: 'points:title',
    permission: 'deed.read',
    rank: 30,
    count: async (ctx) => (may(ctx.actor, 'deed.confirm') ? countWaitingDeeds(ctx) : 0),
  });

  room.get('/deeds', read, async (req, res) => {
    const filters = filtersOf(deedFilters, req);
    const page = await deedsPage(req.ctx, words(res), filters, (view) => listUrl(req, { view }));
    res.render('points/deeds', {
      layout: 'staff',
      ...page,
      mayRecord: may(req.ctx.actor, 'deed.record'),
      nextHref: page.next && listUrl(req, { after: page.next }),
    });
  });

  room.get('/deeds/new', record, async (req, res) => {
    const page = await deedFormPage(req.ctx, words(res), filtersOf(deedFormQuery, req));
    res.render('points/deed-form', { layout: 'household', backHref: '/deeds', ...page });
  });

  room.get('/deeds/:id', read, async (req, res) => {
    const { id } = parseInput(deedRef, req.params);
    res.render('points/deed', { layout: 'staff', ...(await deedPage(req.ctx, words(res), id)) });
  });

  both(room, {
    method: 'post',
    path: '/deeds',
    guard: record,
    summary: 'Records what a member of a household did; another person confirms it',
    input: recordDeedForm,
    act: (ctx, { otherDay, ...input }) =>
      recordDeed(ctx, { ...input, day: input.day === 'other' ? (otherDay ?? failField('otherDay', 'required')) : input.day }),
    page: (res, deed) => res.redirect(303, `/deeds/new?recorded=${deed._id}`),
    showAgain: async (req, res, returned) => {
      const { household, requestKey } = returned.values;
      const page = await deedFormPage(req.ctx, words(res), filtersOf(deedFormQuery, { query: { household } }));
      renderForm(
        res,
        'points/deed-form',
        { layout: 'household', backHref: '/deeds', ...page, requestKey: requestKey ?? page.requestKey },
        returned,
      );
    },
    answer: { status: 201, description: 'The deed', schema: deedView, from: viewOf },
  });

  both(room, {
    method: 'post',
    path: '/deeds/:id/confirmations',
    guard: confirm,
    summary: 'Confirms a deed as a second person: its points arrive, under all caps',
    input: deedRef,
    act: confirmDeed,
    page: (res, deed) => res.redirect(303, `/deeds/${deed._id}`),
    showAgain: async (req, res, returned) =>
      renderForm(
        res,
        'points/deed',
        { layout: 'staff', ...(await deedPage(req.ctx, words(res), parseInput(deedRef, req.params).id)) },
        returned,
      ),
    answer: { status: 200, description: 'The deed with its award', schema: deedView, from: viewOf },
  });

  both(room, {
    method: 'post',
    path: '/deeds/:id/rejections',
    guard: confirm,
    summary: 'Sends a deed back with a reason',
    input: rejectDeedInput,
    act: rejectDeed,
    page: (res, deed) => res.redirect(303, `/deeds/${deed._id}`),
    showAgain: async (req, res, returned) =>
      renderForm(
        res,
        'points/deed',
        { layout: 'staff', ...(await deedPage(req.ctx, words(res), parseInput(deedRef, req.params).id)) },
        returned,
      ),
    answer: { status: 200, description: 'The deed', schema: deedView, from: viewOf },
  });
  return room;
}
