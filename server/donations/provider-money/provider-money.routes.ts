import type { Response } from 'express';
import { addToNavigation, allow } from '../../identity';
import type { Context } from '../../kernel/context';
import { both } from '../../platform/http/both';
import { renderForm } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { z } from '../../platform/validation/zod';
import { closeMatterInput, matterFilters, matterPage } from './matter-pages';
import { closeMatter } from './matters';
import { ProviderMatter } from './provider-matter.model';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;

/** Money at the provider as finance sees it: what lies there, what to look at, what was paid out. */
export function providerMoneyRoutes(): Routes {
  const room = routes();
  addToNavigation({
    group: 'receiving',
    href: '/donations/provider',
    icon: 'credit-card',
    label: 'donations:matter.title',
    permission: 'gift.read',
    rank: 11,
    count: (ctx: Pick<Context, 'ledger'>) => ProviderMatter.countDocuments({ ledger: ctx.ledger, 'state.name': 'open' }).exec(),
  });
  room.get('/donations/provider', allow('gift.read'), async (req, res) => {
    const page = await matterPage(req.ctx, words(res), filtersOf(matterFilters, req), (view) => listUrl(req, { view }));
    res.render('donations/provider', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });
  both(room, {
    method: 'post',
    path: '/donations/provider/matters/:id/closings',
    guard: allow('refund.ask'),
    summary: 'Closes a matter about money at the provider, with what came of it',
    input: closeMatterInput,
    act: closeMatter,
    page: (res) => res.redirect(303, '/donations/provider'),
    showAgain: async (req, res, returned) => {
      const page = await matterPage(req.ctx, words(res), matterFilters.parse({}), () => '/donations/provider');
      renderForm(res, 'donations/provider', { layout, ...page }, returned);
    },
    answer: {
      status: 200,
      description: 'The matter',
      schema: z.object({ id: z.string(), state: z.string() }),
      from: ({ _id, state }) => ({ id: _id, state: state.name }),
    },
  });
  return room;
}
