import { limited, open } from '../../platform/http/guard';
import { filtersOf } from '../../platform/http/list-url';
import type { Limiter } from '../../platform/http/rate-limit';
import { type Routes, routes } from '../../platform/http/routes';
import { checkReceipt } from './check-receipt';
import { checkView } from './receipts.api';
import { receiptCheckInput, receiptLinkInput } from './receipts.inputs';
import { sendReceipts } from './send-file';
import { receiptOfLink } from './tell-of-receipt';

const checksAMinute = 30; // of one address: a check code is not to be found by trying

/** What everybody may ask: whether a paper is genuine; and the receipt behind the link of a message. */
export function receiptCheckRoutes({ publicBaseUrl, limiter }: { publicBaseUrl: string; limiter: Limiter }): Routes {
  const room = routes();
  const anyone = limited(limiter({ name: 'check-receipt', perMinute: checksAMinute }), open('anyone can check'));
  const linkHolder = limited(limiter({ name: 'receipt-link', perMinute: checksAMinute }), open('the link itself is the key'));

  room.get('/receipts/verification', anyone, async (req, res) => {
    const typed = filtersOf(receiptCheckInput, req);
    const isAsked = typed.number !== '' || typed.code !== '';
    res.render('donations/receipt-verification', { typed, result: isAsked ? await checkReceipt(req.ctx, typed) : undefined });
  });
  room.get('/api/v1/receipts/verification', anyone, async (req, res) => {
    res.json(checkView.parse(await checkReceipt(req.ctx, filtersOf(receiptCheckInput, req))));
  });
  room.describe({
    method: 'get',
    path: '/api/v1/receipts/verification',
    summary: 'Whether a receipt is genuine, by code, number and check code; nothing of who gave',
    guard: anyone.guard,
    input: receiptCheckInput,
    answer: { status: 200, description: 'The verdict', schema: checkView },
  });
  // The key stands in the query, which no log keeps: the file says a person's name in full.
  room.get('/receipts/files', linkHolder, async (req, res) => {
    const { link } = filtersOf(receiptLinkInput, req);
    const receipt = await receiptOfLink(req.ctx, link);
    await sendReceipts(req.ctx, res, publicBaseUrl, [receipt], receipt.number);
  });
  return room;
}
