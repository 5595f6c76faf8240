import type { Response } from 'express';
import { allow } from '../../identity';
import { fail } from '../../kernel/errors';
import { both } from '../../platform/http/both';
import { renderForm } from '../../platform/http/form';
import { open } from '../../platform/http/guard';
import type { Limiter } from '../../platform/http/rate-limit';
import { type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { z } from '../../platform/validation/zod';
import { findGiftByNumber } from '../find-gifts';
import type { Gift } from '../gift.model';
import type { GoodsOffer } from '../goods/goods-offer.model';
import { pageOfOffer, staffOfferPage } from '../goods/goods-pages';
import { notTooOften } from '../not-too-often';
import { findPledgeOrThrow } from '../pledges/find-pledges';
import type { Pledge } from '../pledges/pledge.model';
import { pledgePage } from '../pledges/pledge-pages';
import { staffGiftPage } from '../staff-gifts-page';
import { withdrawGift, withdrawGiftByLink, withdrawGiftOfOwn } from './withdraw-gift';
import { withdrawOffer, withdrawOfferByLink, withdrawOfferOfOwn } from './withdraw-offer';
import { withdrawPledge, withdrawPledgeOfOwn } from './withdraw-pledge';
import {
  withdrawByLink,
  withdrawGiftInput,
  withdrawOfferInput,
  withdrawOwnGift,
  withdrawOwnOffer,
  withdrawOwnPledge,
  withdrawPledgeInput,
} from './withdrawals.inputs';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
/** What programs get of what was taken back. */
const answer = {
  status: 201,
  description: 'What was taken back, with its state',
  schema: z.object({ number: z.string(), state: z.string() }),
  from: ({ number, state }: Gift | GoodsOffer | Pledge) => ({ number, state: state.name }),
} as const;

/** Taking back what was only announced: by its link, by the organisation's members, by staff with a reason. */
export function withdrawalRoutes({ limiter }: { limiter: Limiter }): Routes {
  const room = routes();
  const linkHolder = notTooOften(limiter, open('whoever has the link of a gift may see its way'));
  const [give, record] = [allow('gift.give'), allow('gift.record')];
  const shared = { method: 'post', answer } as const;

  both(room, {
    ...shared,
    path: '/gifts/:code/withdrawals',
    guard: linkHolder,
    summary: 'Takes back a gift for which no money has come; money that comes later is booked all the same',
    input: withdrawByLink,
    act: withdrawGiftByLink,
    page: (res, { code }) => res.redirect(303, `/gifts/${code}`),
  });
  both(room, {
    ...shared,
    path: '/my/gifts/:number/withdrawals',
    guard: give,
    summary: 'Takes back a gift of one’s own organisation for which no money has come',
    input: withdrawOwnGift,
    act: withdrawGiftOfOwn,
    page: (res, { number }) => res.redirect(303, `/my/gifts/${number}`),
  });
  both(room, {
    ...shared,
    path: '/donations/gifts/:number/withdrawals',
    guard: record,
    summary: 'Takes back for its giver a gift for which no money has come',
    input: withdrawGiftInput,
    act: withdrawGift,
    page: (res, { number }) => res.redirect(303, `/donations/gifts/${number}`),
    showAgain: async (req, res, returned) => {
      const gift = (await findGiftByNumber(req.ctx, parseInput(withdrawOwnGift, req.params).number)) ?? fail('not-found');
      renderForm(res, 'donations/gift', { layout, ...(await staffGiftPage(req.ctx, words(res), gift, req)) }, returned);
    },
  });

  both(room, {
    ...shared,
    path: '/goods-offers/:code/withdrawals',
    guard: linkHolder,
    summary: 'Takes back offered goods that nobody has inspected',
    input: withdrawByLink,
    act: withdrawOfferByLink,
    page: (res, { code }) => res.redirect(303, `/goods-offers/${code}`),
  });
  both(room, {
    ...shared,
    path: '/my/goods-offers/:id/withdrawals',
    guard: give,
    summary: 'Takes back goods that one’s own organisation has offered and nobody has inspected',
    input: withdrawOwnOffer,
    act: withdrawOfferOfOwn,
    page: (res, { code }) => res.redirect(303, `/goods-offers/${code}`),
  });
  both(room, {
    ...shared,
    path: '/donations/goods-offers/:id/withdrawals',
    guard: record,
    summary: 'Takes back for their giver offered goods that nobody has inspected',
    input: withdrawOfferInput,
    act: withdrawOffer,
    page: (res, { _id }) => res.redirect(303, pageOfOffer(_id)),
    showAgain: async (req, res, returned) => {
      const { id } = parseInput(withdrawOwnOffer, req.params);
      renderForm(res, 'donations/goods-offer', { layout, ...(await staffOfferPage(req.ctx, words(res), id)) }, returned);
    },
  });

  both(room, {
    ...shared,
    path: '/my/pledges/:id/withdrawals',
    guard: give,
    summary: 'Takes back a pledge of one’s own organisation of which nothing was paid and nothing is due',
    input: withdrawOwnPledge,
    act: withdrawPledgeOfOwn,
    page: (res, { _id }) => res.redirect(303, `/my/pledges/${_id}`),
  });
  both(room, {
    ...shared,
    path: '/donations/pledges/:id/withdrawals',
    guard: allow('pledge.record'),
    summary: 'Takes back a pledge that was recorded by mistake and on which nothing was paid',
    input: withdrawPledgeInput,
    act: withdrawPledge,
    page: (res, { _id }) => res.redirect(303, `/donations/pledges/${_id}`),
    showAgain: async (req, res, returned) => {
      const pledge = await findPledgeOrThrow(req.ctx, parseInput(withdrawOwnPledge, req.params).id);
      const page = await pledgePage(req.ctx, words(res), pledge, 'staff');
      renderForm(res, 'donations/pledge', { layout, staff: true, ...page }, returned);
    },
  });
  return room;
}
