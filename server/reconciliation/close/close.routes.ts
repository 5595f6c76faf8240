import type { Response } from 'express';
import { addToNavigation, allow, demoSigningCode } from '../../identity';
import type { Context } from '../../kernel/context';
import type { LocalDate } from '../../kernel/local-date';
import { both } from '../../platform/http/both';
import { renderForm } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { z } from '../../platform/validation/zod';
import { closeFilters, dayRef, signDayInput } from '../reconciliation.inputs';
import { closesPage, dayPage } from './close-pages';
import { signDay } from './sign-day';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;

/** The close of each day: the list, one day with its three columns and its breaks, its signatures. */
export function closeRoutes({ demo }: { demo: boolean }): Routes {
  const room = routes();
  const read = allow('reconciliation.read');
  addToNavigation({
    group: 'receiving',
    href: '/reconciliation/days',
    icon: 'calendar',
    label: 'reconciliation:close.nav',
    permission: 'reconciliation.read',
    rank: 16,
  });

  const onePage = async (ctx: Context, res: Response, day: LocalDate) => ({
    layout,
    ...(await dayPage(ctx, words(res), day)),
    demoCode: demo ? await demoSigningCode(ctx) : undefined,
  });

  room.get('/reconciliation/days', read, async (req, res) => {
    const filters = filtersOf(closeFilters, req);
    if (filters.day) return res.redirect(303, `/reconciliation/days/${filters.day}`);
    const page = await closesPage(req.ctx, words(res), filters);
    res.render('reconciliation/days', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });

  room.get('/reconciliation/days/:day', read, async (req, res) => {
    const { day } = parseInput(dayRef, req.params);
    res.render('reconciliation/day', await onePage(req.ctx, res, day));
  });

  both(room, {
    method: 'post',
    path: '/reconciliation/days/:day/signatures',
    guard: allow('reconciliation.close'),
    summary: 'Signs the figures of a day with a fresh code; closes the book up to it when all is matched, or with the second signature',
    input: signDayInput,
    act: signDay,
    page: (res, { day }) => res.redirect(303, `/reconciliation/days/${day}`),
    showAgain: async (req, res, returned) => {
      const { day } = parseInput(dayRef, req.params);
      renderForm(res, 'reconciliation/day', await onePage(req.ctx, res, day), returned);
    },
    answer: {
      status: 201,
      description: 'The close',
      schema: z.object({ from: z.string(), day: z.string(), state: z.string(), breaks: z.int(), explained: z.int(), signatures: z.int() }),
      from: ({ from, day, state, breaks, explained = [], signatures }) => ({
        from,
        day,
        state: state.name,
        breaks: breaks.length,
        explained: explained.length,
        signatures: signatures.length,
      }),
    },
  });
  return room;
}
