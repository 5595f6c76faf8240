import type { Response } from 'express';
import { addToNavigation, allow } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { z } from '../../platform/validation/zod';
import { acceptGoods, inspectGoods, refuseGoods } from './decide-goods';
import { goodsFilters, goodsRef, inspectGoodsInput, refuseGoodsInput, valueGoodsInput } from './goods.inputs';
import type { GoodsOffer } from './goods-offer.model';
import { offersPage, pageOfOffer, staffOfferPage } from './goods-pages';
import { countGoodsWork } from './goods-work';
import { valueGoods } from './value-goods';

const words = (res: Response) => res.locals['t'] as Translate;
const layout = 'staff';

/** What programs get of an offer. */
const offerAnswer = {
  status: 201,
  description: 'The offer',
  schema: z.object({ id: z.string(), number: z.string(), state: z.string(), valueFen: z.int().nullable() }),
  from: ({ _id, number, state, valueFen }: GoodsOffer) => ({ id: _id, number, state: state.name, valueFen: valueFen ?? null }),
} as const;

/** Offered goods as staff see them: the queue, one offer with the step that is next, the letter that declines. */
export function goodsRoutes(): Routes {
  const room = routes();
  const read = allow('goods.read');
  addToNavigation({
    group: 'goods',
    href: '/donations/goods-offers',
    icon: 'package',
    label: 'given:nav',
    permission: 'goods.read',
    rank: 20,
    count: countGoodsWork,
  });
  const onePage = async (req: Pick<Incoming<string>, 'ctx' | 'params'>, res: Response) => ({
    layout,
    ...(await staffOfferPage(req.ctx, words(res), parseInput(goodsRef, req.params).id)),
  });

  room.get('/donations/goods-offers', read, async (req, res) => {
    const page = await offersPage(req.ctx, words(res), filtersOf(goodsFilters, req), (view) => listUrl(req, { view }));
    res.render('donations/goods-offers', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });
  room.get('/donations/goods-offers/:id', read, async (req, res) => res.render('donations/goods-offer', await onePage(req, res)));
  room.get('/donations/goods-offers/:id/letter', read, async (req, res) => {
    const page = await onePage(req, res);
    if (!page.letterHref) fail('not-found'); // nothing was declined
    res.render('donations/goods-letter', { ...page, layout: 'print', backHref: pageOfOffer(page.id) });
  });

  const shared = {
    method: 'post',
    page: (res: Response, { _id }: GoodsOffer) => res.redirect(303, pageOfOffer(_id)),
    showAgain: async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) =>
      renderForm(res, 'donations/goods-offer', await onePage(req as unknown as Incoming<string>, res), returned),
    answer: offerAnswer,
  } as const;
  both(room, {
    ...shared,
    path: '/donations/goods-offers/:id/inspections',
    guard: allow('goods.inspect'),
    summary: 'Says how many of each kind of offered goods were found safe and usable',
    input: inspectGoodsInput,
    lists: { lines: ['line', 'usable', 'quality'] },
    act: inspectGoods,
  });
  both(room, {
    ...shared,
    path: '/donations/goods-offers/:id/acceptances',
    guard: allow('goods.decide'),
    summary: 'Accepts what was found good; the giver is told',
    input: goodsRef,
    act: (ctx: Context, input) => acceptGoods(ctx, input),
  });
  both(room, {
    ...shared,
    path: '/donations/goods-offers/:id/refusals',
    guard: allow('goods.decide'),
    summary: 'Declines offered goods with a reason that the giver is told',
    input: refuseGoodsInput,
    act: refuseGoods,
  });
  both(room, {
    ...shared,
    path: '/donations/goods-offers/:id/valuations',
    guard: allow('goods.value'),
    summary: 'Values accepted goods by their evidence: what has a value is booked as a gift',
    input: valueGoodsInput,
    lists: { lines: ['line', 'unitPrice', 'evidence'] },
    act: valueGoods,
  });
  return room;
}
