import type { Response } from 'express';
import { addToNavigation, allow } from '../../identity';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { z } from '../../platform/validation/zod';
import {
  bookFeeInput,
  giftOfLineInput,
  ignoreLineInput,
  incomeOfLineInput,
  lineFilters,
  lineRef,
  matchDepositInput,
  matchEntryInput,
  matchGiftInput,
  queueFilters,
} from '../reconciliation.inputs';
import { countOpenLines } from '../statements/find-statements';
import type { StatementLine } from '../statements/statement-line.model';
import { bookFee } from './book-fee';
import { ignoreLine, makeGiftOfLine, matchDeposit, matchEntry, matchGift, reopenLine } from './decide-line';
import { makeIncomeOfLine } from './make-income-of-line';
import { linePage, queuePage } from './queue-pages';
import type { LineChoice } from './what-line-is';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const lineView = z.object({ id: z.string(), state: z.string(), gift: z.string().optional(), entries: z.array(z.string()) });
const answer = {
  status: 200,
  description: 'The line and what it is',
  schema: lineView,
  from: ({ _id, state, match }: StatementLine) => ({
    id: _id,
    state: state.name,
    entries: match?.entries ?? [],
    ...(match?.gift !== undefined && { gift: match.gift }),
  }),
} as const;

/** The queue of the bank's lines: what waits, one line, the decisions about it. */
export function queueRoutes(): Routes {
  const room = routes();
  const read = allow('reconciliation.read');
  addToNavigation({
    group: 'receiving',
    href: '/reconciliation/lines',
    icon: 'scale',
    label: 'reconciliation:queue.nav',
    permission: 'reconciliation.read',
    rank: 14,
    count: countOpenLines,
  });

  room.get('/reconciliation/lines', read, async (req, res) => {
    const filters = filtersOf(queueFilters, req);
    const page = await queuePage(req.ctx, words(res), filters, (view) => listUrl(req, { view }));
    res.render('reconciliation/lines', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });

  room.get('/reconciliation/lines/:id', read, async (req, res) => {
    const { id } = parseInput(lineRef, req.params);
    res.render('reconciliation/line', { layout, ...(await linePage(req.ctx, words(res), id, filtersOf(lineFilters, req))) });
  });

  const again =
    (as?: LineChoice) =>
    async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) => {
      const { id } = parseInput(lineRef, req.params);
      const page = await linePage(req.ctx, words(res), id, { as });
      renderForm(res, 'reconciliation/line', { layout, ...page, isMaking: 'donorKind' in returned.values }, returned);
    };
  const shown = {
    method: 'post',
    guard: allow('reconciliation.match'),
    page: (res: Response, { _id }: StatementLine) => res.redirect(303, `/reconciliation/lines/${_id}`),
    answer,
  } as const;

  both(room, {
    ...shown,
    path: '/reconciliation/lines/:id/matches',
    summary: 'Books a line that came in on a gift, with the sum that came; on a paid gift as a further one of the same giver',
    input: matchGiftInput,
    act: matchGift,
    showAgain: again('gift'),
  });
  both(room, {
    ...shown,
    path: '/reconciliation/lines/:id/entries',
    summary: 'Says which entry of the book a line is',
    input: matchEntryInput,
    act: matchEntry,
    showAgain: again('entry'),
  });
  both(room, {
    ...shown,
    path: '/reconciliation/lines/:id/deposits',
    summary: 'Says which cash of a counter a line is, which was on its way to the bank',
    input: matchDepositInput,
    act: matchDeposit,
    showAgain: again('cash'),
  });
  both(room, {
    ...shown,
    path: '/reconciliation/lines/:id/gifts',
    summary: 'Makes a new gift of a line, with its serial number',
    input: giftOfLineInput,
    act: makeGiftOfLine,
    showAgain: again('gift'),
  });
  both(room, {
    ...shown,
    guard: allow('fund.recordIncome'),
    path: '/reconciliation/lines/:id/incomes',
    summary: 'Books a line that came in as money that is no gift, with its serial number',
    input: incomeOfLineInput,
    act: makeIncomeOfLine,
    showAgain: again('income'),
  });
  both(room, {
    ...shown,
    path: '/reconciliation/lines/:id/fees',
    summary: 'Books a line that went out as a fee of the bank, which running costs pay',
    input: bookFeeInput,
    act: bookFee,
    showAgain: again(),
  });
  both(room, {
    ...shown,
    path: '/reconciliation/lines/:id/ignores',
    summary: 'Puts a line aside, with the reason',
    input: ignoreLineInput,
    act: ignoreLine,
    showAgain: again(),
  });
  both(room, {
    ...shown,
    path: '/reconciliation/lines/:id/reopenings',
    summary: 'Takes a line up again that was put aside',
    input: lineRef,
    act: reopenLine,
    showAgain: again(),
  });
  return room;
}
