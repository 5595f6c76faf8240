import type { Response } from 'express';
import { addToNavigation, allow, may } from '../identity';
import { both } from '../platform/http/both';
import { renderForm } from '../platform/http/form';
import { filtersOf, listUrl } from '../platform/http/list-url';
import { type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { z } from '../platform/validation/zod';
import { ownPointsPage } from './own-points-page';
import { receiveDelivery } from './receive-delivery';
import { shelveGivenGoods } from './shelve-given-goods';
import { deliveryPage, givenPage, redemptionSlipPage, redemptionsPage, shopPage, shopsPage } from './shop-pages';
import { receiveDeliveryInput, redemptionFilters, redemptionRef, shelveGivenInput, shopRef } from './supermarket.inputs';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;

/** Shops, their shelves, deliveries and slips as staff see them; a family's own points. */
export function supermarketRoutes(): Routes {
  const room = routes();
  const [read, receive, slips] = [allow('shop.read'), allow('delivery.receive'), allow('redemption.read')];
  addToNavigation({ group: 'goods', href: '/shops', icon: 'basket', label: 'supermarket:title', permission: 'shop.read', rank: 40 });
  addToNavigation({ group: 'top', href: '/my/points', icon: 'star', label: 'supermarket:own.title', permission: 'own.read', rank: 10 });

  room.get('/my/points', allow('own.read'), async (req, res) => {
    res.render('supermarket/own-points', { layout: 'household', ...(await ownPointsPage(req.ctx, words(res))) });
  });

  room.get('/shops', read, async (req, res) => {
    const page = await shopsPage(req.ctx);
    const [only, ...others] = page.shops;
    if (only && others.length === 0) return res.redirect(303, `/shops/${only.id}`);
    res.render('supermarket/shops', { layout, ...page });
  });
  room.get('/shops/redemptions/:id', slips, async (req, res) => {
    const { id } = parseInput(redemptionRef, req.params);
    res.render('supermarket/slip', { layout: 'slip', ...(await redemptionSlipPage(req.ctx, id)) });
  });
  room.get('/shops/:shop', read, async (req, res) => {
    const { shop } = parseInput(shopRef, req.params);
    const [mayReceive, maySeeSlips] = [may(req.ctx.actor, 'delivery.receive'), may(req.ctx.actor, 'redemption.read')];
    res.render('supermarket/shop', { layout, mayReceive, maySeeSlips, ...(await shopPage(req.ctx, shop)) });
  });
  room.get('/shops/:shop/redemptions', slips, async (req, res) => {
    const { shop } = parseInput(shopRef, req.params);
    const page = await redemptionsPage(req.ctx, shop, filtersOf(redemptionFilters, req));
    res.render('supermarket/redemptions', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });
  room.get('/shops/:shop/deliveries/new', receive, async (req, res) => {
    const { shop } = parseInput(shopRef, req.params);
    res.render('supermarket/delivery', { layout, ...(await deliveryPage(req.ctx, shop)) });
  });
  both(room, {
    method: 'post',
    path: '/shops/:shop/deliveries',
    guard: receive,
    summary: 'Puts a delivery on the shelf of a shop, with its shelf life and book value',
    input: receiveDeliveryInput,
    act: async (ctx, input) => ({ id: await receiveDelivery(ctx, input), shop: input.shop }),
    page: (res, { shop }) => res.redirect(303, `/shops/${shop}`),
    showAgain: async (req, res, returned) => {
      const page = await deliveryPage(req.ctx, parseInput(shopRef, req.params).shop);
      renderForm(res, 'supermarket/delivery', { layout, ...page, requestKey: returned.values['requestKey'] ?? page.requestKey }, returned);
    },
    answer: { status: 201, description: 'The delivery', schema: z.object({ id: z.string() }), from: ({ id }) => ({ id }) },
  });
  room.get('/shops/:shop/given-goods/new', receive, async (req, res) => {
    const { shop } = parseInput(shopRef, req.params);
    res.render('supermarket/given', { layout, ...(await givenPage(req.ctx, words(res), shop)) });
  });
  both(room, {
    method: 'post',
    path: '/shops/:shop/given-goods',
    guard: receive,
    summary: 'Puts given goods on the shelf of a shop, at the value of their gift',
    input: shelveGivenInput,
    act: async (ctx, input) => ({ id: await shelveGivenGoods(ctx, input), shop: input.shop }),
    page: (res, { shop }) => res.redirect(303, `/shops/${shop}`),
    showAgain: async (req, res, returned) => {
      const page = await givenPage(req.ctx, words(res), parseInput(shopRef, req.params).shop);
      renderForm(res, 'supermarket/given', { layout, ...page, requestKey: returned.values['requestKey'] ?? page.requestKey }, returned);
    },
    answer: { status: 201, description: 'The delivery', schema: z.object({ id: z.string() }), from: ({ id }) => ({ id }) },
  });
  return room;
}
