import type { Response } from 'express';
import { allow, demoSigningCode } from '../identity';
import type { Context } from '../kernel/context';
import { both } from '../platform/http/both';
import { renderForm } from '../platform/http/form';
import { filtersOf, listUrl } from '../platform/http/list-url';
import { type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { zId } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import type { Giving } from './giving';
import { parkedPaymentPage, parkedPaymentsPage } from './parked-pages';
import { payBackParked } from './refunds/pay-back-parked';
import { resolveParkedPayment } from './resolve-parked-payment';
import { type PayBackInput, parkedFilters, payBackInput, type ResolveParkedInput, resolveParkedInput } from './staff.inputs';

const layout = 'staff';
const idParam = z.object({ id: zId('prk') });
const words = (res: Response) => res.locals['t'] as Translate;

/** Money that came and fits no gift, as finance sees it: the list with its age, one payment, the decision. */
export function parkedPaymentRoutes({ giving, demo }: { giving: Giving | undefined; demo: boolean }): Routes {
  const room = routes();
  const onePage = async (ctx: Context, res: Response, id: string) => ({
    layout,
    ...(await parkedPaymentPage(ctx, words(res), id)),
    demoCode: demo ? await demoSigningCode(ctx) : undefined,
  });
  const read = allow('gift.read');

  room.get('/donations/parked-payments', read, async (req, res) => {
    const filters = filtersOf(parkedFilters, req);
    const page = await parkedPaymentsPage(req.ctx, words(res), filters, (view) => listUrl(req, { view }));
    res.render('donations/parked-payments', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });

  room.get('/donations/parked-payments/:id', read, async (req, res) => {
    const { id } = parseInput(idParam, req.params);
    res.render('donations/parked-payment', await onePage(req.ctx, res, id));
  });

  both(room, {
    method: 'post',
    path: '/donations/parked-payments/:id/resolutions',
    guard: allow('gift.record'),
    summary: 'Decides on money that fits no gift: books it as one with the sum that came, or marks it to be given back',
    input: resolveParkedInput,
    act: (ctx: Context, input: ResolveParkedInput) => resolveParkedPayment(ctx, giving, input),
    page: (res, parked) => res.redirect(303, `/donations/parked-payments/${parked._id}`),
    showAgain: async (req, res, returned) => {
      const { id } = parseInput(idParam, req.params);
      renderForm(res, 'donations/parked-payment', await onePage(req.ctx, res, id), returned);
    },
    answer: {
      status: 200,
      description: 'The payment and what became of it',
      schema: z.object({ id: z.string(), state: z.string() }),
      from: ({ _id, state }) => ({ id: _id, state: state.name }),
    },
  });

  both(room, {
    method: 'post',
    path: '/donations/parked-payments/:id/pay-backs',
    guard: allow('refund.approve'),
    summary: 'Signs that money which fits no gift goes back to its payer; the provider is asked to carry it out',
    input: payBackInput,
    act: (ctx: Context, input: PayBackInput) => payBackParked(ctx, giving, input),
    page: (res, parked) => res.redirect(303, `/donations/parked-payments/${parked._id}`),
    showAgain: async (req, res, returned) => {
      const { id } = parseInput(idParam, req.params);
      renderForm(res, 'donations/parked-payment', await onePage(req.ctx, res, id), returned);
    },
    answer: {
      status: 200,
      description: 'The payment and what became of it',
      schema: z.object({ id: z.string(), state: z.string() }),
      from: ({ _id, state }) => ({ id: _id, state: state.name }),
    },
  });
  return room;
}
