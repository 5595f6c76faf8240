import type { Response } from 'express';
import { allow } from '../identity';
import { filterFaults, filtersOf, listUrl } from '../platform/http/list-url';
import { type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { accountCode, accountFilters, entryNumber, journalFilters, statementFilters, trialBalanceFilters } from './books.inputs';
import { nameEntries } from './books.labels';
import { entryPage } from './entry-page';
import { askedMonth, journalPage, journalWorkbook } from './journal/journal-pages';
import { accountsPage, entriesPage } from './list-pages';
import { poolPage } from './pool-page';
import { statementPage } from './statement-page';
import { trialBalancePage } from './trial-balance-page';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;

/** The ledger as people read it: trial balance, accounts, pools, entries; each number opens what it is made of. */
export function booksRoutes(): Routes {
  nameEntries();
  const router = routes();
  const read = allow('ledger.read');

  router.get('/ledger', read, (_req, res) => res.redirect(303, '/ledger/trial-balance'));

  router.get('/ledger/trial-balance', read, async (req, res) => {
    const { day } = filtersOf(trialBalanceFilters, req);
    res.render('books/trial-balance', { layout, ...(await trialBalancePage(req.ctx, words(res), day)) });
  });

  router.get('/ledger/entries', read, async (req, res) => {
    const page = await entriesPage(req.ctx, words(res), filtersOf(statementFilters, req));
    res.render('books/entries', { layout, ...page, ...filterFaults(statementFilters, req), nextHref: nextHref(req, page.next) });
  });

  router.get('/ledger/entries/:seq', read, async (req, res) => {
    const { seq } = parseInput(entryNumber, req.params);
    res.render('books/entry', { layout, ...(await entryPage(req.ctx, words(res), seq)) });
  });

  router.get('/ledger/accounts', read, async (req, res) => {
    const page = await accountsPage(req.ctx, words(res), filtersOf(accountFilters, req));
    res.render('books/accounts', { layout, ...page, nextHref: nextHref(req, page.next) });
  });

  router.get('/ledger/accounts/:code', read, async (req, res) => {
    const { code } = parseInput(accountCode, req.params);
    const page = await statementPage(req.ctx, words(res), code, filtersOf(statementFilters, req));
    res.render('books/statement', { layout, ...page, ...filterFaults(statementFilters, req), nextHref: nextHref(req, page.next) });
  });

  router.get('/ledger/pools/:code', read, async (req, res) => {
    const { code } = parseInput(accountCode, req.params);
    res.render('books/pool', { layout, ...(await poolPage(req.ctx, words(res), code)) });
  });

  router.get('/ledger/journal', read, async (req, res) => {
    const month = askedMonth(req.ctx, filtersOf(journalFilters, req).month);
    res.render('books/journal', { layout, ...(await journalPage(req.ctx, words(res), month)) });
  });

  router.get('/ledger/journal.xlsx', read, async (req, res) => {
    const month = askedMonth(req.ctx, filtersOf(journalFilters, req).month);
    const file = await journalWorkbook(req.ctx, words(res), String(res.locals['countyName']), month);
    res.attachment(`journal-${month.month}.xlsx`).send(file);
  });

  return router;
}

function nextHref(req: { originalUrl: string }, after: string | number | undefined): string | undefined {
  return after === undefined ? undefined : listUrl(req, { after: String(after) });
}
