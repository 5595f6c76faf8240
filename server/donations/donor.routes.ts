import type { Response } from 'express';
import { addToNavigation, allow, may } from '../identity';
import type { Context } from '../kernel/context';
import { randomId } from '../kernel/random';
import { both } from '../platform/http/both';
import { renderForm } from '../platform/http/form';
import { limited, open } from '../platform/http/guard';
import { filterFaults, filtersOf, listUrl } from '../platform/http/list-url';
import type { Limiter } from '../platform/http/rate-limit';
import { type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { zId } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { organisationKinds } from './donor-kinds';
import { findOwnGiftOrThrow, findOwnGifts } from './find-gifts';
import { sumGifts } from './follow-gift';
import type { Gift } from './gift.model';
import { giftStates } from './gift.states';
import { giftLinkFacts } from './gift-link-facts';
import { giftPage } from './gift-page';
import { giftChip, restrictionText } from './gift-words';
import { namingInput, ownGiftFilters, registerDonorInput } from './give.inputs';
import { changeNaming } from './naming/change-naming';
import { namingChoices, namingOf } from './naming/naming';
import { ownDonorOrThrow } from './own-donor';
import { overviewPage } from './portal/overview-page';
import { takeRegistration } from './take-registration';
import { type GiftSums, setApartOf } from './trace-gift';
import { isOnlyAnnounced } from './withdrawals/may-withdraw';

const anybody = open('organisations register themselves');
const words = (res: Response) => res.locals['t'] as Translate;
const registrationAnswer = z.object({ name: z.string(), kind: z.string() });
const registrationsAMinute = 10; // of one address: each costs a slow hash
const numberParam = z.object({ number: zId() });

/** What an organisation does for itself: register, see its gifts and where each went. */
export function donorRoutes({ publicBaseUrl, limiter }: { publicBaseUrl: string; limiter: Limiter }): Routes {
  const room = routes();
  const own = allow('gift.readOwn');
  addToNavigation({
    group: 'giving',
    href: '/my/giving',
    icon: 'home-heart',
    label: 'donations:overview.nav',
    permission: 'gift.readOwn',
    rank: 0,
  });
  addToNavigation({ group: 'giving', href: '/my/gifts', icon: 'gift', label: 'donations:my.nav', permission: 'gift.readOwn', rank: 1 });

  room.get('/my/giving', own, async (req, res) => {
    const donor = await ownDonorOrThrow(req.ctx);
    res.render('donations/overview', { donor, ...(await overviewPage(req.ctx, words(res), donor)) });
  });

  both(room, {
    method: 'post',
    path: '/my/naming',
    guard: allow('donor.manage'),
    summary: 'Decides whether one’s own organisation is named on public pages, for all its gifts',
    input: namingInput,
    act: changeNaming,
    page: (res) => res.redirect(303, '/my/giving'),
    showAgain: async (req, res, returned) => {
      const donor = await ownDonorOrThrow(req.ctx);
      renderForm(res, 'donations/overview', { donor, ...(await overviewPage(req.ctx, words(res), donor)) }, returned);
    },
    answer: {
      status: 200,
      description: 'What counts from now on',
      schema: z.object({ naming: z.enum(namingChoices) }),
      from: (donor) => ({ naming: namingOf(donor) }),
    },
  });

  room.get('/donors/new', anybody, (req, res) => res.render('donations/register', registerPage(req.ctx, words(res))));
  room.get('/donors/registered', anybody, (_req, res) => res.render('donations/registered'));
  both(room, {
    method: 'post',
    path: '/donors',
    guard: limited(limiter({ name: 'register-donor', perMinute: registrationsAMinute }), anybody),
    summary: 'Registers an organisation with the person who speaks for it',
    input: registerDonorInput,
    act: takeRegistration,
    page: (res) => res.redirect(303, '/donors/registered'),
    showAgain: (req, res, returned) =>
      renderForm(
        res,
        'donations/register',
        { ...registerPage(req.ctx, words(res)), ...(returned.values['requestKey'] ? { requestKey: returned.values['requestKey'] } : {}) },
        returned,
      ),
    answer: {
      status: 201,
      description: 'What was taken down; the answer is the same when organisation or mobile number were registered before',
      schema: registrationAnswer,
      from: ({ name, kind }) => ({ name, kind }),
    },
  });

  room.get('/my/gifts', own, async (req, res) => {
    const donor = await ownDonorOrThrow(req.ctx);
    const filters = filtersOf(ownGiftFilters, req);
    const { rows, next, count, sumFen, returnedFen } = await findOwnGifts(req.ctx, donor, filters);
    const arrived = rows.filter(({ received }) => received).map(({ number }) => number);
    const sums = await sumGifts(req.ctx, arrived);
    const shown = rows.map((gift) => ownRow(req.ctx, words(res), gift, sums.get(gift.number)));
    const someBack = shown.some(({ backFen }) => backFen);
    res.render('donations/my-gifts', {
      ...filterFaults(ownGiftFilters, req),
      donor,
      filters,
      isFiltered: Boolean(filters.from ?? filters.to ?? filters.state),
      states: giftStates.states.map((value) => ({ value, label: words(res)(`donations:state.${value}`) })),
      rows: shown,
      someBack,
      count,
      givenFen: sumFen - returnedFen,
      returnedFen,
      nextHref: next && listUrl(req, { after: next }),
    });
  });

  room.get('/my/gifts/:number', own, async (req, res) => {
    const { number } = parseInput(numberParam, req.params);
    const donor = await ownDonorOrThrow(req.ctx);
    const gift = await findOwnGiftOrThrow(req.ctx, donor, number);
    const page = await giftPage(req.ctx, words(res), gift, 'giver', req);
    const facts = { ...(await giftLinkFacts(req.ctx, words(res), gift, publicBaseUrl)), giver: gift.payerName ?? donor.name };
    res.render(gift.received ? 'donations/trace' : 'donations/awaiting', {
      ...page,
      ...facts,
      own: true,
      withdrawAction: isOnlyAnnounced(gift) && may(req.ctx.actor, 'gift.give') ? `/my/gifts/${number}/withdrawals` : undefined,
      receiptHref: gift.state.name === 'receipted' && gift.receipt && `/my/receipts/${gift.receipt.id}`,
      takesOnline: gift.channel === 'online',
    });
  });

  return room;
}

function registerPage(ctx: Context, t: Translate) {
  return {
    requestKey: randomId(ctx.random, 'req'),
    kinds: organisationKinds.map((value) => ({ value, label: t(`donations:kindOf.${value}`) })),
  };
}

function ownRow(ctx: Context, t: Translate, gift: Gift, sums: GiftSums | undefined) {
  return {
    number: gift.number,
    href: `/my/gifts/${gift.number}`,
    day: gift.received?.on,
    restriction: restrictionText(ctx, t, gift),
    amountFen: gift.amountFen,
    usedFen: sums && sums.aid + sums.goods + sums.other,
    apartFen: sums && setApartOf(sums),
    backFen: sums && sums.refund + sums.chargeback + sums.fee,
    leftFen: sums?.left,
    chip: giftChip(t, gift),
  };
}
