import type { Response } from 'express';
import { addToNavigation, allow } from '../../identity';
import { both } from '../../platform/http/both';
import { renderForm } from '../../platform/http/form';
import { open } from '../../platform/http/guard';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import type { Limiter } from '../../platform/http/rate-limit';
import { type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { zPage } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { notTooOften } from '../not-too-often';
import { ownDonorOrThrow } from '../own-donor';
import { findOfferByCodeOrThrow, findOwnOffers } from './find-goods';
import { goodsCodeParam, offerGoodsInput } from './goods.inputs';
import { offerPage, offerRows, publicOfferPage } from './goods-pages';
import { offerGoods } from './offer-goods';

const words = (res: Response) => res.locals['t'] as Translate;
const everybody = open('anybody may give');

/** Goods as everybody offers them: the form, the page of each offer behind its link, an organisation's own offers. */
export function offerRoutes({ publicBaseUrl, limiter }: { publicBaseUrl: string; limiter: Limiter }): Routes {
  const room = routes();
  addToNavigation({ group: 'giving', href: '/my/goods-offers', icon: 'package', label: 'given:nav', permission: 'gift.readOwn', rank: 4 });

  room.get('/goods-offers/new', everybody, async (req, res) => {
    const page = await offerPage(req.ctx, words(res));
    res.render(page.closed ? 'donations/give-closed' : 'donations/goods-new', page);
  });
  both(room, {
    method: 'post',
    path: '/goods-offers',
    guard: notTooOften(limiter, everybody),
    summary: 'Offers goods to the county; they are a gift once they were seen, accepted and valued',
    input: offerGoodsInput,
    lists: { lines: ['name', 'unit', 'quantity', 'declared', 'evidence'] },
    act: offerGoods,
    page: (res, { code }) => res.redirect(303, `/goods-offers/${code}`),
    showAgain: async (req, res, returned) => {
      const page = await offerPage(req.ctx, words(res));
      if (page.closed) return renderForm(res, 'donations/give-closed', page, returned);
      renderForm(res, 'donations/goods-new', { ...page, requestKey: returned.values['requestKey'] ?? page.requestKey }, returned);
    },
    answer: {
      status: 201,
      description: 'The offer and the code of its page',
      schema: z.object({ number: z.string(), code: z.string(), state: z.string() }),
      from: ({ number, code, state }) => ({ number, code, state: state.name }),
    },
  });
  room.get('/goods-offers/:code', open('whoever has the link of a gift may see its way'), async (req, res) => {
    const offer = await findOfferByCodeOrThrow(req.ctx, parseInput(goodsCodeParam, req.params).code);
    res.render('donations/goods-public', await publicOfferPage(req.ctx, words(res), offer, publicBaseUrl));
  });
  room.get('/my/goods-offers', allow('gift.readOwn'), async (req, res) => {
    const donor = await ownDonorOrThrow(req.ctx);
    const { rows, next } = await findOwnOffers(req.ctx, donor, filtersOf(zPage, req));
    res.render('donations/my-goods', {
      donor,
      rows: offerRows(words(res), rows, ({ code }) => `/goods-offers/${code}`),
      nextHref: next && listUrl(req, { after: next }),
    });
  });
  return room;
}
