import type { Response } from 'express';
import { addToNavigation, allow } from '../../identity';
import { failField } from '../../kernel/errors';
import { both } from '../../platform/http/both';
import { renderForm, submitted } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { z } from '../../platform/validation/zod';
import { statementFilters, statementRef } from '../reconciliation.inputs';
import type { BankStatement } from './bank-statement.model';
import { bringStatement } from './bring-statement';
import { discardStatement } from './discard-statement';
import { askImport } from './import-statement';
import { statementPage, statementsPage } from './statement-pages';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const statementFile = { field: 'file', maxBytes: 4_000_000 };

/** The bank's statements: the list, a file being brought, what it says, its import. */
export function statementRoutes(): Routes {
  const room = routes();
  const [read, bring] = [allow('reconciliation.read'), allow('reconciliation.import')];
  addToNavigation({
    group: 'receiving',
    href: '/reconciliation/statements',
    icon: 'table',
    label: 'reconciliation:statement.nav',
    permission: 'reconciliation.read',
    rank: 12,
  });

  const listPage = async (req: Incoming<string>, res: Response) => {
    const page = await statementsPage(req.ctx, words(res), filtersOf(statementFilters, req));
    return { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) };
  };
  room.get('/reconciliation/statements', read, async (req, res) =>
    res.render('reconciliation/statements', await listPage(req as Incoming<string>, res)),
  );

  room.get('/reconciliation/statements/:id', read, async (req, res) => {
    const { id } = parseInput(statementRef, req.params);
    res.render('reconciliation/statement', { layout, ...(await statementPage(req.ctx, words(res), id)) });
  });

  room.upload(
    '/reconciliation/statements',
    bring,
    statementFile,
    submitted(
      async (req, res) => {
        const file = req.file ?? failField('file', 'required');
        const fileName = Buffer.from(file.originalname, 'latin1').toString('utf8'); // as browsers send it
        const { _id } = await bringStatement(req.ctx, { bytes: file.buffer, fileName });
        res.redirect(303, `/reconciliation/statements/${_id}`);
      },
      async (req, res, returned) => renderForm(res, 'reconciliation/statements', await listPage(req as Incoming<string>, res), returned),
    ),
  );

  const shared = {
    method: 'post',
    guard: bring,
    input: statementRef,
    page: (res: Response, { _id }: BankStatement) => res.redirect(303, `/reconciliation/statements/${_id}`),
    answer: {
      status: 201,
      description: 'The statement',
      schema: z.object({ id: z.string(), state: z.string(), lines: z.int() }),
      from: ({ _id, state, lines }: BankStatement) => ({ id: _id, state: state.name, lines }),
    },
  } as const;
  both(room, {
    ...shared,
    path: '/reconciliation/statements/:id/discards',
    summary: 'Discards a file that was brought and not taken in; it may be brought again',
    act: discardStatement,
  });
  both(room, {
    ...shared,
    path: '/reconciliation/statements/:id/imports',
    summary: 'Takes the lines of a statement in, each once, and matches them; a job does it',
    act: askImport,
  });
  return room;
}
