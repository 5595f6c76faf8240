import type { Response } from 'express';
import { addToNavigation, allow } from '../identity';
import { both } from '../platform/http/both';
import { renderForm } from '../platform/http/form';
import { filterFaults, filtersOf, listUrl } from '../platform/http/list-url';
import { type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { zId } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { countFundWork } from './budgets/find-budgets';
import { incomeFilters, lineFilters, periodFilters, recordIncomeInput } from './funds.inputs';
import { nameFundsInLedger } from './funds.labels';
import { incomeForm, incomePage, incomesPage } from './incomes/income-pages';
import { recordIncome } from './incomes/record-income';
import { fundsPage } from './overview/funds-page';
import { needsPage } from './overview/needs-page';
import { linesPage } from './statement/lines-page';
import { statementPdf, statementWorkbook } from './statement/statement-files';
import { periodOf, statementPage } from './statement/statement-page';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const countyName = (res: Response) => String(res.locals['countyName']);
const numberParam = z.object({ number: zId() });
const incomeAnswer = z.object({ number: z.string(), source: z.string(), amountFen: z.int() }).openapi('Income');

/** Funds and purposes with their balances, what comes in that is no gift, and what stays unmatched. */
export function fundsRoutes(): Routes {
  nameFundsInLedger();
  const room = routes();
  const read = allow('fund.read');
  addToNavigation({
    group: 'books',
    href: '/funds',
    icon: 'wallet',
    label: 'funds:title',
    permission: 'fund.read',
    rank: 20,
    count: countFundWork,
  });

  room.get('/funds', read, async (req, res) => res.render('funds/funds', { layout, ...(await fundsPage(req.ctx, words(res))) }));

  room.get('/funds/needs', allow('ledger.read'), async (req, res) =>
    res.render('funds/needs', { layout, ...(await needsPage(req.ctx, words(res))) }),
  );

  room.get('/funds/incomes', read, async (req, res) => {
    const page = await incomesPage(req.ctx, words(res), filtersOf(incomeFilters, req));
    res.render('funds/incomes', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });

  room.get('/funds/incomes/new', allow('fund.recordIncome'), (req, res) =>
    res.render('funds/income-form', { layout, ...incomeForm(req.ctx, words(res)) }),
  );

  room.get('/funds/incomes/:number', read, async (req, res) => {
    const { number } = parseInput(numberParam, req.params);
    res.render('funds/income', { layout, ...(await incomePage(req.ctx, words(res), number)) });
  });

  both(room, {
    method: 'post',
    path: '/funds/incomes',
    guard: allow('fund.recordIncome'),
    summary: 'Records money that is no gift and books it; a serial number of the bank can be used once',
    input: recordIncomeInput,
    act: recordIncome,
    page: (res, { number }) => res.redirect(303, `/funds/incomes/${number}`),
    showAgain: (req, res, returned) => {
      const form = incomeForm(req.ctx, words(res));
      renderForm(res, 'funds/income-form', { layout, ...form, requestKey: returned.values['requestKey'] ?? form.requestKey }, returned);
    },
    answer: {
      status: 201,
      description: 'The income',
      schema: incomeAnswer,
      from: ({ number, source, amountFen }) => ({ number, source, amountFen }),
    },
  });
  addStatements(room);
  return room;
}

/** The statement of any period, the entries behind each figure, and its files. */
function addStatements(room: Routes): void {
  const read = allow('ledger.read');
  room.get('/funds/statement', read, async (req, res) => {
    const period = periodOf(req.ctx, filtersOf(periodFilters, req));
    res.render('funds/statement', { layout, ...(await statementPage(req.ctx, words(res), period)), ...filterFaults(periodFilters, req) });
  });
  room.get('/funds/statement/entries', read, async (req, res) => {
    const page = await linesPage(req.ctx, words(res), filtersOf(lineFilters, req));
    res.render('funds/statement-entries', { layout, ...page, nextHref: page.next && listUrl(req, { after: String(page.next) }) });
  });
  room.get('/funds/statement.xlsx', read, async (req, res) => {
    const period = periodOf(req.ctx, parseInput(periodFilters, req.query));
    const file = await statementWorkbook(req.ctx, words(res), countyName(res), period);
    res.attachment(`fund-statement-${period.from}-${period.to}.xlsx`).send(file);
  });
  room.get('/funds/statement.pdf', read, async (req, res) => {
    const period = periodOf(req.ctx, parseInput(periodFilters, req.query));
    const file = await statementPdf(req.ctx, words(res), countyName(res), period);
    res.attachment(`fund-statement-${period.from}-${period.to}.pdf`).send(file);
  });
}
