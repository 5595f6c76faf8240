import type { Response } from 'express';
import type { Context } from '../kernel/context';
import { parseCreditCode } from '../kernel/credit-code';
import { invariant } from '../kernel/errors';
import { both } from '../platform/http/both';
import { type Returned, renderForm } from '../platform/http/form';
import { type Guard, open } from '../platform/http/guard';
import { filtersOf } from '../platform/http/list-url';
import type { Limiter } from '../platform/http/rate-limit';
import { type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { zId } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { EventInbox } from './event-inbox';
import { findGiftByCodeOrThrow, findGiftById, isOwnGift } from './find-gifts';
import type { Gift } from './gift.model';
import { giftLinkFacts } from './gift-link-facts';
import { giftFacts, giftPage } from './gift-page';
import { type GiveInput, giveFilters, giveInput } from './give.inputs';
import { givePage } from './give-page';
import type { Giving } from './giving';
import { findMonthlyGift } from './monthly/find-monthly-gifts';
import type { MonthlyGift } from './monthly/monthly-gift.model';
import { openMonthlyGift } from './monthly/open-monthly-gift';
import { payMonthly } from './monthly/pay-monthly';
import { notTooOften } from './not-too-often';
import { openGift } from './open-gift';
import { campaignOver, type PayStep, payOnline } from './pay-online';
import { returnFromPayment } from './return-from-payment';
import { isHeldByLink, isOnlyAnnounced } from './withdrawals/may-withdraw';

const everybody = open('anybody may give');
const linkHolder = open('whoever has the link of a gift may see its way');
const codeParam = z.object({ code: zId('g') });
const giftAnswer = z.object({ number: z.string(), code: z.string(), state: z.string(), payUrl: z.string().nullable(), page: z.string() });
const words = (res: Response) => res.locals['t'] as Translate;

/** What was given, or is to be given each month, and where the giver goes on. */
interface Given {
  gift: Pick<Gift | MonthlyGift, 'number' | 'code'> & { state: { name: string } };
  page: string;
  step: PayStep;
}

/** Giving as everybody can: the form, the way to the provider and back, and the page of each gift behind its unguessable link. */
export function giveRoutes(setup: { giving: Giving | undefined; publicBaseUrl: string; limiter: Limiter }): Routes {
  const { giving, publicBaseUrl } = setup;
  const room = routes();
  const bounded = (guard: Guard) => notTooOften(setup.limiter, guard);

  room.get('/give', everybody, async (req, res) => {
    const { campaign } = filtersOf(giveFilters, req);
    const page = await givePage(req.ctx, words(res), giving !== undefined, campaign);
    res.render(page.closed ? 'donations/give-closed' : 'donations/give', page);
  });

  both(room, {
    method: 'post',
    path: '/gifts',
    guard: bounded(everybody),
    summary: 'Takes down a gift and, unless it is a transfer, opens its payment',
    input: giveInput,
    act: (ctx: Context, input: GiveInput) => give(ctx, giving, input),
    page: (res, given) => res.redirect(303, nextPage(given)),
    showAgain: async (req, res, returned) => {
      const campaign = returned.values['campaign'];
      const page = await givePage(req.ctx, words(res), giving !== undefined, typeof campaign === 'string' ? campaign : undefined);
      const view = page.closed ? 'donations/give-closed' : 'donations/give';
      // The key was chosen before the first try and stays with the form.
      renderForm(res, view, page.closed ? page : { ...page, ...kept(page.requestKey, returned.values) }, returned);
    },
    answer: { status: 201, description: 'The gift, and where to pay', schema: giftAnswer, from: answerOf },
    isPending: ({ step }) => step.to === 'later',
  });

  both(room, {
    method: 'post',
    path: '/gifts/:code/payments',
    guard: bounded(linkHolder),
    summary: 'Leads the giver to the payment of an open gift again; one attempt has one session, however often it is asked for',
    input: codeParam,
    act: async (ctx: Context, { code }: { code: string }) => pay(ctx, giving, await findGiftByCodeOrThrow(ctx, code)),
    page: (res, given) => res.redirect(303, nextPage(given)),
    answer: { status: 201, description: 'The gift, and where to pay', schema: giftAnswer, from: answerOf },
    isPending: ({ step }) => step.to === 'later',
  });

  room.get('/gifts/:code/payment', linkHolder, async (req, res) => {
    const { code } = parseInput(codeParam, req.params);
    const gift = await findGiftByCodeOrThrow(req.ctx, code);
    const back = giving ? await returnFromPayment(req.ctx, giving, gift) : { gift, view: 'processing' as const };
    res.render('donations/payment', {
      ...(await giftFacts(req.ctx, words(res), back.gift)),
      ...(await giftLinkFacts(req.ctx, words(res), back.gift, publicBaseUrl)),
      view: back.view,
    });
  });

  room.get('/gifts/:code', linkHolder, async (req, res) => {
    const { code } = parseInput(codeParam, req.params);
    const gift = await findGiftByCodeOrThrow(req.ctx, code);
    const own = await isOwnGift(req.ctx, gift);
    const page = await giftPage(req.ctx, words(res), gift, own ? 'giver' : 'public', req);
    const view = gift.received ? 'donations/trace' : 'donations/awaiting';
    res.render(view, {
      ...page,
      ...(await giftLinkFacts(req.ctx, words(res), gift, publicBaseUrl)),
      withdrawAction: isOnlyAnnounced(gift) && isHeldByLink(gift) ? `/gifts/${code}/withdrawals` : undefined,
      own,
      takesOnline: giving !== undefined,
      isOver: !gift.received && gift.channel === 'online' && (await campaignOver(req.ctx, gift)) !== undefined,
      later: req.query['online'] === 'later',
    });
  });

  if (giving) addWebhook(room, giving);
  return room;
}

/** What the form that comes back keeps beside its fields: its key, and that the credit code was found right. */
function kept(freshKey: string, values: Returned['values']) {
  const code = values['creditCode'];
  return { requestKey: values['requestKey'] ?? freshKey, codeIsGood: typeof code === 'string' && parseCreditCode(code).ok };
}

/** What the provider tells is kept before the answer; a job looks what it is, so that the provider never waits for itself. */
function addWebhook(room: Routes, giving: Giving): void {
  const inbox = new EventInbox();
  room.webhook('/webhooks/stripe', open('signed by the provider'), async (req, res) => {
    const event = giving.provider.verifyWebhook(req.body, req.headers['stripe-signature'], req.ctx.clock.now());
    await inbox.take(req.ctx, event);
    res.json({ received: true });
  });
}

async function give(ctx: Context, giving: Giving | undefined, input: GiveInput): Promise<Given> {
  if (input.rhythm === 'monthly') return giveMonthly(ctx, giving, input);
  const gift = await openGift(ctx, input);
  // A form that is sent again when its campaign is over leads to its gift, whose page says so.
  const paysNow = gift.channel === 'online' && !(await campaignOver(ctx, gift));
  return paysNow ? pay(ctx, giving, gift) : { gift, page: `/gifts/${gift.code}`, step: { to: 'gift' } };
}

async function giveMonthly(ctx: Context, giving: Giving | undefined, input: GiveInput): Promise<Given> {
  const { _id } = await openMonthlyGift(ctx, input);
  const step: PayStep = giving ? await payMonthly(ctx, giving, _id) : { to: 'later' };
  const gift = await findMonthlyGift(ctx, _id);
  return { gift, page: `/monthly/${gift.code}`, step };
}

async function pay(ctx: Context, giving: Giving | undefined, gift: Gift): Promise<Given> {
  const step: PayStep = giving ? await payOnline(ctx, giving, gift._id) : { to: 'later' };
  return { gift: await findGiftById(ctx, gift._id), page: `/gifts/${gift.code}`, step };
}

function nextPage({ page, step }: Given): string {
  if (step.to === 'provider') return step.url;
  if (step.to !== 'later') return page;
  return page.startsWith('/monthly/') ? `${page}?told=later` : `${page}?online=later`;
}

function answerOf({ gift, page, step }: Given): z.output<typeof giftAnswer> {
  invariant(gift.number !== '', 'gift.has-its-number', { page });
  const payUrl = step.to === 'provider' ? step.url : null;
  return { number: gift.number, code: gift.code, state: gift.state.name, payUrl, page };
}
