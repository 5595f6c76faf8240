import type { Response } from 'express';
import { addToNavigation, allow, demoSigningCode, may } from '../../identity';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { z } from '../../platform/validation/zod';
import { askChangeInput, changeFilters, changeRef, confirmChangeInput, declineChangeInput, originFilters } from '../funds.inputs';
import { askChange } from './ask-change';
import { changeForm, changePage, changesPage } from './change-pages';
import { confirmChange, declineChange } from './decide-change';
import { countChangesAsked } from './find-changes';
import type { PurposeChange } from './purpose-change.model';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const changeView = z
  .object({ id: z.string(), number: z.string(), origin: z.string(), state: z.string(), amountFen: z.int() })
  .openapi('PurposeChange');
const viewOf = ({ _id, number, origin, state, amountFen }: PurposeChange) => ({ id: _id, number, origin, state: state.name, amountFen });

/** Changes of purpose: asked by one person with the giver's consent, confirmed by another with a code. */
export function changeRoutes({ demo }: { demo: boolean }): Routes {
  const room = routes();
  addToNavigation({
    group: 'books',
    href: '/funds/changes',
    icon: 'arrows-sort',
    label: 'funds:change.title',
    permission: 'ledger.read',
    rank: 25,
    count: async (ctx) => (may(ctx.actor, 'fund.confirmChange') ? countChangesAsked(ctx) : 0),
  });
  room.get('/funds/changes', allow('ledger.read'), async (req, res) => {
    const page = await changesPage(req.ctx, words(res), filtersOf(changeFilters, req));
    res.render('funds/changes', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });
  room.get('/funds/changes/new', allow('fund.askChange'), async (req, res) => {
    const { origin } = filtersOf(originFilters, req);
    res.render('funds/change-form', { layout, ...(await changeForm(req.ctx, words(res), origin || undefined)) });
  });
  const onePage = async (req: Pick<Incoming<string>, 'ctx'>, res: Response, id: string) => ({
    layout,
    ...(await changePage(req.ctx, words(res), id)),
    demoCode: demo ? await demoSigningCode(req.ctx) : undefined,
  });
  room.get('/funds/changes/:id', allow('ledger.read'), async (req, res) => {
    const { id } = parseInput(changeRef, req.params);
    res.render('funds/change', await onePage(req, res, id));
  });

  const shown = {
    method: 'post',
    page: (res: Response, { _id }: PurposeChange) => res.redirect(303, `/funds/changes/${_id}`),
    answer: { status: 201, description: 'The change', schema: changeView, from: viewOf },
  } as const;
  const again = async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) =>
    renderForm(res, 'funds/change', await onePage(req, res, String(Object(req.params)['id'])), returned);
  both(room, {
    ...shown,
    path: '/funds/changes',
    guard: allow('fund.askChange'),
    summary: 'Asks that the free rest of a gift or income goes under another restriction, with the recorded consent',
    input: askChangeInput,
    act: askChange,
    showAgain: async (req, res, returned) => {
      const form = await changeForm(req.ctx, words(res), String(returned.values['origin'] ?? '') || undefined);
      renderForm(res, 'funds/change-form', { layout, ...form, requestKey: returned.values['requestKey'] ?? form.requestKey }, returned);
    },
  });
  both(room, {
    ...shown,
    path: '/funds/changes/:id/confirmations',
    guard: allow('fund.confirmChange'),
    summary: 'Confirms a change of purpose with a fresh code; the money moves',
    input: confirmChangeInput,
    act: confirmChange,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/funds/changes/:id/refusals',
    guard: allow('fund.confirmChange'),
    summary: 'Declines a change of purpose',
    input: declineChangeInput,
    act: declineChange,
    showAgain: again,
  });
  return room;
}
