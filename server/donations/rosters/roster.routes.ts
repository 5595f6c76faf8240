import type { Response } from 'express';
import { addToNavigation, allow, demoSigningCode, may } from '../../identity';
import { failField } from '../../kernel/errors';
import { both } from '../../platform/http/both';
import { type Returned, renderForm, submitted } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { z } from '../../platform/validation/zod';
import { bringRoster } from './bring-roster';
import { confirmRoster } from './confirm-roster';
import { discardRoster } from './discard-roster';
import { countRostersToDecide } from './find-rosters';
import { handInRoster, withdrawRoster } from './hand-in-roster';
import type { Roster } from './roster.model';
import { rosterLinesPage, rosterPage, rostersPage } from './roster-pages';
import { annotatedRoster, rosterTemplate } from './roster-sheets';
import { bringRosterInput, reasonedRosterInput, rosterFilters, rosterLineFilters, rosterRef, signRosterInput } from './rosters.inputs';
import { askUndo, confirmUndo, declineUndo } from './undo-roster';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const rosterUpload = { field: 'file', maxBytes: 4_000_000 };
const shown = {
  method: 'post',
  page: (res: Response, { _id }: Roster) => res.redirect(303, `/donations/rosters/${_id}`),
  answer: {
    status: 201,
    description: 'The roster',
    schema: z.object({ id: z.string(), number: z.string(), state: z.string(), lines: z.int(), sumFen: z.int() }).openapi('Roster'),
    from: ({ _id, number, state, lines, sumFen }: Roster) => ({ id: _id, number, state: state.name, lines, sumFen }),
  },
} as const;

/** Rosters of members who gave through an organisation: brought, checked, handed in, confirmed by another, taken back by two. */
export function rosterRoutes({ demo }: { demo: boolean }): Routes {
  const room = routes();
  const [read, record] = [allow('gift.read'), allow('gift.record')];
  addToNavigation({
    group: 'giving',
    href: '/donations/rosters',
    icon: 'users',
    label: 'donations:roster.title',
    permission: 'gift.read',
    rank: 15,
    count: async (ctx) => (may(ctx.actor, 'gift.record') ? countRostersToDecide(ctx) : 0),
  });
  const listPage = async (req: Incoming<string>, res: Response) => {
    const page = await rostersPage(req.ctx, words(res), filtersOf(rosterFilters, req));
    return { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) };
  };
  const onePage = async (req: Pick<Incoming<string>, 'ctx'>, res: Response, id: string) => ({
    layout,
    ...(await rosterPage(req.ctx, words(res), id)),
    demoCode: demo ? await demoSigningCode(req.ctx) : undefined,
  });
  const again = async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) =>
    renderForm(res, 'donations/roster', await onePage(req, res, String(Object(req.params)['id'])), returned);

  room.get('/donations/rosters', read, async (req, res) => res.render('donations/rosters', await listPage(req as Incoming<string>, res)));
  room.get('/donations/rosters/template.xlsx', record, async (_req, res) => {
    res.attachment(`${words(res)('donations:roster.templateFile')}.xlsx`).send(await rosterTemplate(words(res)));
  });
  room.get('/donations/rosters/:id', read, async (req, res) => {
    const { id } = parseInput(rosterRef, req.params);
    res.render('donations/roster', await onePage(req, res, id));
  });
  room.get('/donations/rosters/:id/lines', read, async (req, res) => {
    const { id } = parseInput(rosterRef, req.params);
    const page = await rosterLinesPage(req.ctx, words(res), id, filtersOf(rosterLineFilters, req));
    res.render('donations/roster-lines', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });
  room.get('/donations/rosters/:id/file', record, async (req, res) => {
    const { id } = parseInput(rosterRef, req.params);
    const { bytes, fileName } = await annotatedRoster(req.ctx, words(res), id);
    res.attachment(fileName).set('Cache-Control', 'no-store').send(bytes);
  });
  room.upload(
    '/donations/rosters',
    record,
    rosterUpload,
    submitted(
      async (req, res) => {
        const { gift } = parseInput(bringRosterInput, req.body);
        const file = req.file ?? failField('file', 'required');
        const fileName = Buffer.from(file.originalname, 'latin1').toString('utf8'); // as browsers send it
        const { _id } = await bringRoster(req.ctx, { bytes: file.buffer, fileName, gift });
        res.redirect(303, `/donations/rosters/${_id}`);
      },
      async (req, res, returned) => renderForm(res, 'donations/rosters', await listPage(req as Incoming<string>, res), returned),
    ),
  );
  both(room, {
    ...shown,
    path: '/donations/rosters/:id/requests',
    guard: record,
    summary: 'Hands a roster in for another person; the money of its gift is set apart',
    input: rosterRef,
    act: handInRoster,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/donations/rosters/:id/discards',
    guard: record,
    summary: 'Discards a roster that nobody has handed in',
    input: rosterRef,
    act: discardRoster,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/donations/rosters/:id/withdrawals',
    guard: record,
    summary: 'Takes back a roster that nobody has confirmed',
    input: rosterRef,
    act: withdrawRoster,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/donations/rosters/:id/confirmations',
    guard: record,
    summary: 'Confirms a roster with a fresh code; the money goes under the purposes of its rows, which a job writes',
    input: signRosterInput,
    act: confirmRoster,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/donations/rosters/:id/undo-requests',
    guard: record,
    summary: 'Asks that a booked roster is taken back',
    input: reasonedRosterInput,
    act: askUndo,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/donations/rosters/:id/undo-refusals',
    guard: record,
    summary: 'Leaves a roster as it is',
    input: reasonedRosterInput,
    act: declineUndo,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/donations/rosters/:id/undo-confirmations',
    guard: record,
    summary: 'Takes a roster back whole with a fresh code, when nothing of it was used',
    input: signRosterInput,
    act: confirmUndo,
    showAgain: again,
  });
  return room;
}
