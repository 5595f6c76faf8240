import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RequestHandler, type Response, Router, urlencoded } from 'express';
import type { Locale } from '../../../kernel/context';
import { z } from '../../validation/zod';
import type { Html } from '../../views/html';
import { projectRoot } from '../../views/project-root';
import { catchUp } from '../catch-up';
import { expireSession } from '../checkout';
import { declineSession, delaySession, paySession } from '../payments';
import type { Practice } from '../practice';
import type { SessionRecord, SubscriptionRecord } from '../practice-state';
import { failCard, letMonthPass, mendCard, retryInvoice } from '../subscriptions/months';
import { startSubscription } from '../subscriptions/start-subscription';
import { messagePage, monthsPage, type Notice, type PageParts, payPage } from './pages';
import { loadWords } from './words';

const choice = z.object({
  outcome: z.enum(['pay', 'decline', 'delay', 'expire']),
  method: z.enum(['card', 'wechat_pay', 'alipay']),
});

const happenings = {
  month: letMonthPass,
  retry: retryInvoice,
  refuse: (_practice: Practice, record: SubscriptionRecord) => failCard(record),
  mend: (_practice: Practice, record: SubscriptionRecord) => mendCard(record),
} as const;

const happening = z.object({ happening: z.enum(['month', 'retry', 'refuse', 'mend']) });

const asked = z.object({
  lang: z.enum(['zh-CN', 'en']).optional().catch(undefined),
  notice: z.literal('declined').optional().catch(undefined),
});

/**
 * The page on which a payer pays. The id in its address is the only key to it, and cannot be guessed; where the payer goes on
 * to stands in the session, never in the request.
 */
export function payRouter(practice: Practice): Router {
  const router = Router();
  const words = loadWords();
  const css = readFileSync(join(projectRoot, 'public/practice/pay.css'), 'utf8');

  const parts = (query: unknown, record?: SessionRecord): PageParts => {
    const locale: Locale = asked.parse(query).lang ?? (record?.session.locale?.startsWith('en') ? 'en' : 'zh-CN');
    return { words: words[locale], locale };
  };
  const find = (id: unknown): SessionRecord | undefined => {
    catchUp(practice);
    return practice.state.sessions.get(String(id));
  };

  const show: RequestHandler = (req, res) => {
    const record = find(req.params['id']);
    const page = parts(req.query, record);
    if (!record) return send(res.status(404), messagePage(page, 'unknown', null, req.path));
    send(res, pageOf(practice, page, record, asked.parse(req.query).notice ?? null), record);
  };

  const decide: RequestHandler = async (req, res) => {
    const record = find(req.params['id']);
    const page = parts(req.query, record);
    if (!record) return send(res.status(404), messagePage(page, 'unknown', null, req.path));

    const chosen = choice.safeParse(req.body);
    const isOffered = chosen.success && record.session.payment_method_types.includes(chosen.data.method);
    if (!isOffered) return send(res.status(422), pageOf(practice, page, record, 'choose'), record);

    const { outcome, method } = chosen.data;
    if (record.session.status === 'open') {
      if (outcome === 'pay') (record.session.mode === 'subscription' ? startSubscription : paySession)(practice, record, method);
      if (outcome === 'decline') declineSession(practice, record, method);
      if (outcome === 'delay' && record.session.mode === 'payment') delaySession(practice, record);
      if (outcome === 'expire') expireSession(practice, record);
      await practice.file.save(practice.state);
    }
    const here = `/pay/${record.session.id}?lang=${page.locale}`;
    // A second press of the button finds the session paid, and goes on like the first.
    if (record.session.status === 'complete') return res.redirect(303, waysOn(record).success);
    res.redirect(303, outcome === 'decline' && record.session.status === 'open' ? `${here}&notice=declined` : here);
  };

  const letHappen: RequestHandler = async (req, res) => {
    const record = find(req.params['id']);
    const subscription = record && practice.state.subscriptions.get(record.session.subscription ?? '');
    const page = parts(req.query, record);
    if (!record || !subscription) return send(res.status(404), messagePage(page, 'unknown', null, req.path));
    const chosen = happening.safeParse(req.body);
    if (chosen.success && subscription.subscription.status !== 'canceled') happenings[chosen.data.happening](practice, subscription);
    await practice.file.save(practice.state);
    res.redirect(303, `/pay/${record.session.id}?lang=${page.locale}`);
  };

  router.get('/pay.css', (_req, res) => res.type('css').send(css));
  router.get('/pay/:id', show);
  router.post('/pay/:id', urlencoded({ extended: false, limit: '4kb' }), decide);
  router.post('/pay/:id/months', urlencoded({ extended: false, limit: '4kb' }), letHappen);
  return router;
}

function pageOf({ state }: Practice, parts: PageParts, record: SessionRecord, notice: Notice | null): Html {
  const { session } = record;
  const path = `/pay/${session.id}`;
  const subscription = state.subscriptions.get(session.subscription ?? '');
  if (subscription) return monthsPage(parts, record, subscription, waysOn(record).success);
  if (session.status === 'complete') return messagePage(parts, 'paid', waysOn(record).success, path);
  if (session.status === 'expired') return messagePage(parts, 'expired', session.cancel_url, path);
  return payPage(parts, record, notice);
}

function waysOn({ session }: SessionRecord): { success: string; origins: string[] } {
  const success = session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
  return { success, origins: [new URL(success).origin] };
}

function send(res: Response, page: Html, record?: SessionRecord): void {
  const formTargets = ["'self'", ...(record ? waysOn(record).origins : [])].join(' '); // browsers hold a form's redirect to this, too
  res.set({
    'content-security-policy': `default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action ${formTargets}`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer', // the address is the key to the page
    'cache-control': 'no-store',
  });
  res.type('html').send(page.toString());
}
