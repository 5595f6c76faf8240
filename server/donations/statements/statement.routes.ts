import type { Response } from 'express';
import { addToNavigation, allow } from '../../identity';
import { filterFaults, filtersOf } from '../../platform/http/list-url';
import { type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { periodFilters } from '../give.inputs';
import { ownDonorOrThrow } from '../own-donor';
import { findDonorStatement, periodOf } from './find-statement';
import { statementView, viewOfStatement } from './statement.api';
import { statementPdf, statementWorkbook } from './statement-files';
import { statementPage } from './statement-page';

const words = (res: Response) => res.locals['t'] as Translate;
const setupOf = (res: Response) => ({ county: String(res.locals['countyName']), demo: Boolean(res.locals['demo']) });

/** An organisation's statement for any days: the page, the paper, the workbook, and the same for programs. */
export function statementRoutes(): Routes {
  const room = routes();
  const own = allow('gift.readOwn');
  addToNavigation({
    group: 'giving',
    href: '/my/statement',
    icon: 'file-text',
    label: 'donations:statement.nav',
    permission: 'gift.readOwn',
    rank: 6,
  });

  room.get('/my/statement', own, async (req, res) => {
    const donor = await ownDonorOrThrow(req.ctx);
    const statement = await findDonorStatement(req.ctx, donor, periodOf(req.ctx, filtersOf(periodFilters, req)));
    res.render('donations/statement', {
      donor,
      ...(await statementPage(req.ctx, words(res), statement)),
      ...filterFaults(periodFilters, req),
    });
  });
  room.get('/my/statement.xlsx', own, async (req, res) => {
    const donor = await ownDonorOrThrow(req.ctx);
    const period = periodOf(req.ctx, parseInput(periodFilters, req.query));
    const file = await statementWorkbook(req.ctx, words(res), donor, await findDonorStatement(req.ctx, donor, period), setupOf(res));
    res.attachment(`statement-${period.from}-${period.to}.xlsx`).set('Cache-Control', 'no-store').send(file);
  });
  room.get('/my/statement.pdf', own, async (req, res) => {
    const donor = await ownDonorOrThrow(req.ctx);
    const period = periodOf(req.ctx, parseInput(periodFilters, req.query));
    const file = await statementPdf(req.ctx, words(res), donor, await findDonorStatement(req.ctx, donor, period), setupOf(res));
    res.attachment(`statement-${period.from}-${period.to}.pdf`).set('Cache-Control', 'no-store').send(file);
  });

  room.get('/api/v1/my/statement', own, async (req, res) => {
    const donor = await ownDonorOrThrow(req.ctx);
    const statement = await findDonorStatement(req.ctx, donor, periodOf(req.ctx, parseInput(periodFilters, req.query)));
    res.json(statementView.parse(viewOfStatement(statement)));
  });
  room.describe({
    method: 'get',
    path: '/api/v1/my/statement',
    summary: 'What each gift of one’s own organisation had, paid, gave back and has left, over any days; sums in fen',
    guard: own.guard,
    input: periodFilters,
    answer: { status: 200, description: 'The statement', schema: statementView },
  });
  return room;
}
