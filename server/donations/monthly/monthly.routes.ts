import type { Response } from 'express';
import { addToNavigation, allow } from '../../identity';
import type { Context } from '../../kernel/context';
import { AppError } from '../../kernel/errors';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { open } from '../../platform/http/guard';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import type { Limiter } from '../../platform/http/rate-limit';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { zPage } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import type { Giving } from '../giving';
import { notTooOften } from '../not-too-often';
import { ownDonorOrThrow } from '../own-donor';
import type { PayStep } from '../pay-online';
import { changeMonthlySum, endMonthly, type MonthlyChanged, pauseMonthly, resumeMonthly } from './change-monthly';
import { findMonthlyGifts, findMonthlyGiftsOf, findOwnMonthlyGiftOrThrow } from './find-monthly-gifts';
import { monthlyCode, monthlyStepInput, monthlySumInput } from './monthly.inputs';
import { monthlyPage, monthlyRow } from './monthly-pages';
import { payMonthly, settleMonthlySession } from './pay-monthly';

const linkHolder = open('whoever has the link of a monthly gift may change it');
const words = (res: Response) => res.locals['t'] as Translate;
const answerOfStep = z.object({ number: z.string(), state: z.string(), amountFen: z.int(), done: z.boolean() });

interface MonthlySetup {
  giving: Giving | undefined;
  publicBaseUrl: string;
  limiter: Limiter;
  /** Whether the practice provider’s page of the months is linked. */
  demo?: boolean;
}

/** Monthly gifts: the page behind the link, on which the giver changes, pauses, resumes and ends it alone; the organisation's list; the staff's. */
export function monthlyRoutes({ giving, publicBaseUrl, limiter, demo = false }: MonthlySetup): Routes {
  const room = routes();
  const bounded = notTooOften(limiter, linkHolder);
  const nav = { group: 'giving', icon: 'calendar' } as const;
  addToNavigation({ ...nav, href: '/my/monthly', label: 'donations:monthly.nav', permission: 'gift.readOwn', rank: 2 });
  addToNavigation({ ...nav, href: '/donations/monthly', label: 'donations:monthly.nav', permission: 'gift.read', rank: 13 });

  const view = async (ctx: Context, res: Response, code: string) => {
    const monthly = await findOwnMonthlyGiftOrThrow(ctx, code, 'gift.readOwn');
    const session = monthly.subscriptionId && monthly.attempts.at(-1)?.sessionId;
    const practiceHref = demo && giving?.practiceOrigin && session && `${giving.practiceOrigin}/pay/${session}`;
    return { ...(await monthlyPage(ctx, words(res), monthly)), address: `${publicBaseUrl}/monthly/${code}`, practiceHref };
  };

  room.get('/monthly/:code', linkHolder, async (req, res) => {
    const { code } = parseInput(monthlyCode, req.params);
    const told = String(req.query['told'] ?? '');
    res.render('donations/monthly', { ...(await view(req.ctx, res, code)), told: ['later', 'back', 'done'].includes(told) ? told : '' });
  });

  room.get('/monthly/:code/payment', linkHolder, async (req, res) => {
    const { code } = parseInput(monthlyCode, req.params);
    await followReturn(req.ctx, giving, code);
    res.redirect(303, `/monthly/${code}?told=back`);
  });

  both(room, {
    method: 'post',
    path: '/monthly/:code/payments',
    guard: bounded,
    summary: 'Leads the giver of a monthly gift to the page on which he agrees to it; one attempt has one session',
    input: monthlyCode,
    act: async (ctx: Context, { code }: { code: string }) => beginMonthly(ctx, giving, code),
    page: (res, { code, step }) =>
      res.redirect(303, step.to === 'provider' ? step.url : `/monthly/${code}?told=${step.to === 'later' ? 'later' : ''}`),
    answer: {
      status: 201,
      description: 'Where to agree to it',
      schema: z.object({ payUrl: z.string().nullable() }),
      from: ({ step }) => ({ payUrl: step.to === 'provider' ? step.url : null }),
    },
    isPending: ({ step }) => step.to === 'later',
  });

  const step = (
    path: `/monthly/:code/${string}`,
    summary: string,
    act: (ctx: Context, input: z.output<typeof monthlyStepInput>) => Promise<MonthlyChanged>,
  ) =>
    both(room, {
      method: 'post',
      path,
      guard: bounded,
      summary,
      input: monthlyStepInput,
      act,
      page: pageOfStep,
      answer: answer(),
      isPending,
    });

  step('/monthly/:code/pauses', 'Pauses a monthly gift: nothing is collected until it is taken up again', (ctx, input) =>
    pauseMonthly(ctx, giving, input),
  );
  step('/monthly/:code/resumptions', 'Takes a paused monthly gift up again', (ctx, input) => resumeMonthly(ctx, giving, input));
  step('/monthly/:code/ends', 'Ends a monthly gift for good', (ctx, input) => endMonthly(ctx, giving, input));

  both(room, {
    method: 'post',
    path: '/monthly/:code/sums',
    guard: bounded,
    summary: 'Changes the sum of a monthly gift from the next month on',
    input: monthlySumInput,
    act: (ctx: Context, input: z.output<typeof monthlySumInput>) => changeMonthlySum(ctx, giving, input),
    page: pageOfStep,
    showAgain: async (req: Incoming<'/monthly/:code/sums'>, res: Response, returned: Returned) => {
      const { code } = parseInput(monthlyCode, req.params);
      renderForm(res, 'donations/monthly', await view(req.ctx, res, code), returned);
    },
    answer: answer(),
    isPending,
  });

  room.get('/my/monthly', allow('gift.readOwn'), async (req, res) => {
    const donor = await ownDonorOrThrow(req.ctx);
    const { rows, next } = await findMonthlyGiftsOf(req.ctx, donor, filtersOf(zPage, req));
    const shown = rows.map((monthly) => monthlyRow(req.ctx, words(res), monthly));
    res.render('donations/my-monthly', { donor, rows: shown, nextHref: next && listUrl(req, { after: next }) });
  });

  room.get('/donations/monthly', allow('gift.read'), async (req, res) => {
    const { rows, next } = await findMonthlyGifts(req.ctx, filtersOf(zPage, req));
    const shown = rows.map((monthly) => monthlyRow(req.ctx, words(res), monthly));
    res.render('donations/monthly-list', { layout: 'staff', rows: shown, nextHref: next && listUrl(req, { after: next }) });
  });

  return room;
}

async function beginMonthly(ctx: Context, giving: Giving | undefined, code: string): Promise<{ code: string; step: PayStep }> {
  const monthly = await findOwnMonthlyGiftOrThrow(ctx, code);
  return { code, step: giving ? await payMonthly(ctx, giving, monthly._id) : { to: 'later' } };
}

/** The giver has come back: its own session is read, whatever the address says. Without an answer, webhook or sweep will tell. */
async function followReturn(ctx: Context, giving: Giving | undefined, code: string): Promise<void> {
  const { _id, attempts } = await findOwnMonthlyGiftOrThrow(ctx, code);
  const sessionId = attempts.at(-1)?.sessionId;
  if (!giving || !sessionId) return;
  try {
    await settleMonthlySession(ctx, giving, _id, await giving.provider.readCheckoutSession(sessionId));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'service.unavailable') throw error;
  }
}

function pageOfStep(res: Response, { monthly, step }: MonthlyChanged): void {
  res.redirect(303, `/monthly/${monthly.code}?told=${step}`);
}

function isPending({ step }: MonthlyChanged): boolean {
  return step === 'later';
}

function answer() {
  return {
    status: 200 as const,
    description: 'How it stands; `done` is false when the provider has not answered',
    schema: answerOfStep,
    from: ({ monthly, step }: MonthlyChanged) => ({
      number: monthly.number,
      state: monthly.state.name,
      amountFen: monthly.amountFen,
      done: step === 'done',
    }),
  };
}
