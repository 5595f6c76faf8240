import type { Response } from 'express';
import { addToNavigation, allow } from '../../identity';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { z } from '../../platform/validation/zod';
import { fetchReceipt } from './fetch-receipt';
import { findReceiptList, findReceiptOrThrow } from './find-receipts';
import { issueReceipt, issueWaitingReceipts } from './issue-receipt';
import type { Receipt } from './receipt.model';
import { receiptListOf, receiptListView, receiptOf, receiptView, runView } from './receipts.api';
import { askVoidingInput, issueReceiptInput, receiptFilters, receiptRef, resendInput } from './receipts.inputs';
import { countReceiptWork } from './receipts-desk';
import { sendReceipts } from './send-file';
import { receiptsPage, staffReceiptPage } from './staff-receipt-pages';
import { resendReceipt } from './tell-of-receipt';
import { askVoiding, confirmVoiding, refuseVoiding } from './void-receipt';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const toReceipt = (res: Response, { _id }: Receipt) => res.redirect(303, `/donations/receipts/${_id}`);
const answer = { status: 201, description: 'The receipt', schema: receiptView, from: receiptOf } as const;

/** Receipts as finance sees them: what waits and what is late, the list, one receipt, and what may be done with it. */
export function staffReceiptRoutes({ publicBaseUrl }: { publicBaseUrl: string }): Routes {
  const room = routes();
  const [read, record] = [allow('gift.read'), allow('gift.record')];
  addToNavigation({
    group: 'giving',
    href: '/donations/receipts',
    icon: 'receipt',
    label: 'donations:receipt.nav',
    permission: 'gift.read',
    rank: 11,
    count: countReceiptWork,
  });

  const listPage = async (req: Incoming<string>, res: Response) => {
    const page = await receiptsPage(req.ctx, words(res), filtersOf(receiptFilters, req), (view) => listUrl(req, { view }));
    const next = 'next' in page ? page.next : undefined;
    return { layout, ...page, nextHref: next && listUrl(req, { after: next }) };
  };
  room.get('/donations/receipts', read, async (req, res) =>
    res.render('donations/receipts', { ...(await listPage(req as Incoming<string>, res)), issued: req.query['issued'] }),
  );
  room.get('/donations/receipts/:id', read, async (req, res) => {
    const { id } = parseInput(receiptRef, req.params);
    const page = await staffReceiptPage(req.ctx, words(res), id);
    res.render('donations/receipt', { layout, ...page, sent: req.query['sent'] === '1' });
  });
  room.get('/donations/receipts/:id/file', record, async (req, res) => {
    const receipt = await fetchReceipt(req.ctx, parseInput(receiptRef, req.params));
    await sendReceipts(req.ctx, res, publicBaseUrl, [receipt], receipt.number);
  });

  room.get('/api/v1/donations/receipts', read, async (req, res) => {
    const { view, ...filters } = filtersOf(receiptFilters, req);
    const state = view === 'voided' ? 'voided' : 'issued';
    res.json(receiptListView.parse(receiptListOf(await findReceiptList(req.ctx, { ...filters, state, asked: view === 'voiding' }))));
  });
  room.describe({
    method: 'get',
    path: '/api/v1/donations/receipts',
    summary: 'Receipts, newest first, with their total',
    guard: read.guard,
    input: receiptFilters,
    answer: { status: 200, description: 'The receipts', schema: receiptListView },
  });
  room.get('/api/v1/donations/receipts/:id', read, async (req, res) => {
    res.json(receiptView.parse(receiptOf(await findReceiptOrThrow(req.ctx, parseInput(receiptRef, req.params).id))));
  });
  room.describe({
    method: 'get',
    path: '/api/v1/donations/receipts/:id',
    summary: 'One receipt',
    guard: read.guard,
    input: receiptRef,
    answer: { status: 200, description: 'The receipt', schema: receiptView },
  });

  const listAgain = async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) =>
    renderForm(res, 'donations/receipts', await listPage(req as unknown as Incoming<string>, res), returned);
  both(room, {
    method: 'post',
    path: '/donations/receipts',
    guard: record,
    summary: 'Issues the receipt of a gift whose money has arrived, with the next number of the range',
    input: issueReceiptInput,
    act: issueReceipt,
    page: toReceipt,
    showAgain: listAgain,
    answer,
  });
  both(room, {
    method: 'post',
    path: '/donations/receipt-runs',
    guard: record,
    summary: 'Issues every receipt that is due, oldest arrival first, until the numbers end',
    input: z.object({}),
    act: issueWaitingReceipts,
    page: (res, { issued }) => res.redirect(303, `/donations/receipts?issued=${issued}`),
    answer: { status: 200, description: 'What was done', schema: runView, from: (run) => run },
  });
  addReceiptActs(room);
  return room;
}

function addReceiptActs(room: Routes): void {
  const record = allow('gift.record');
  const showAgain = async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) => {
    const { id } = parseInput(receiptRef, req.params);
    renderForm(res, 'donations/receipt', { layout, ...(await staffReceiptPage(req.ctx, words(res), id)) }, returned);
  };
  const shared = { method: 'post', guard: record, page: toReceipt, showAgain, answer } as const;
  both(room, {
    ...shared,
    path: '/donations/receipts/:id/voidings',
    summary: 'Asks for a receipt to be voided; it stays genuine until a second person agrees',
    input: askVoidingInput,
    act: askVoiding,
  });
  both(room, {
    ...shared,
    path: '/donations/receipts/:id/voiding-confirmations',
    summary: 'Voids a receipt that somebody else asked to be voided, and issues a new one for what is left of the gift',
    input: receiptRef,
    act: confirmVoiding,
  });
  both(room, {
    ...shared,
    path: '/donations/receipts/:id/voiding-refusals',
    summary: 'Leaves a receipt as it is that somebody asked to be voided',
    input: receiptRef,
    act: refuseVoiding,
  });
  both(room, {
    ...shared,
    path: '/donations/receipts/:id/sendings',
    summary: 'Sends the link to a receipt to its giver again',
    input: resendInput,
    act: resendReceipt,
    page: (res, { _id }) => res.redirect(303, `/donations/receipts/${_id}?sent=1`),
  });
}
