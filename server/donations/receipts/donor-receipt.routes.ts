import type { Response } from 'express';
import { addToNavigation, allow } from '../../identity';
import { failField } from '../../kernel/errors';
import { shanghaiDay, yearOf } from '../../kernel/local-date';
import { renderForm, submitted } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Handler, type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { ownDonorOrThrow } from '../own-donor';
import { findOwnReceiptOrThrow, findOwnReceipts, findOwnReceiptsOfDays, yearsOfOwnReceipts } from './find-receipts';
import { receiptFacts } from './receipt-words';
import { receiptListOf, receiptListView } from './receipts.api';
import { daysFileInput, ownReceiptFilters, receiptRef } from './receipts.inputs';
import { sendReceipts } from './send-file';
import { taxAdvice } from './tax-advice';

const words = (res: Response) => res.locals['t'] as Translate;
const mostInFile = 500; // receipts in one PDF: about two seconds

/** An organisation's own receipts: the list, each as a paper, all of some days as one file. Never another's. */
export function donorReceiptRoutes({ publicBaseUrl }: { publicBaseUrl: string }): Routes {
  const room = routes();
  const own = allow('gift.readOwn');
  addToNavigation({
    group: 'giving',
    href: '/my/receipts',
    icon: 'receipt',
    label: 'donations:myReceipts.nav',
    permission: 'gift.readOwn',
    rank: 5,
  });

  const listPage = async (req: Incoming<string>, res: Response) => {
    const donor = await ownDonorOrThrow(req.ctx);
    const filters = filtersOf(ownReceiptFilters, req);
    const list = '/my/receipts';
    const hrefOf = (changes: Record<string, string | undefined>) =>
      listUrl({ originalUrl: req.path === list ? req.originalUrl : list }, changes);
    const [{ rows, next, count, sumFen }, years] = await Promise.all([
      findOwnReceipts(req.ctx, donor, filters),
      yearsOfOwnReceipts(req.ctx, donor),
    ]);
    return {
      donor,
      count,
      sumFen,
      year: filters.year,
      today: shanghaiDay(req.ctx.clock.now()),
      yearBegins: `${yearOf(shanghaiDay(req.ctx.clock.now()))}-01-01`,
      mostInFile,
      years: years.map(({ year, standing }) => ({
        href: hrefOf({ year: String(year) }),
        fileHref: standing > 0 ? `/my/receipt-files?from=${year}-01-01&to=${year}-12-31` : undefined,
        label: String(year),
        current: year === filters.year,
      })),
      allHref: hrefOf({ year: undefined }),
      rows: rows.map((receipt) => ({
        ...receiptFacts(req.ctx, words(res), receipt),
        href: `/my/receipts/${receipt._id}`,
        fileHref: `/my/receipts/${receipt._id}/file`,
        giftHref: `/my/gifts/${receipt.giftNumber}`,
      })),
      nextHref: next && hrefOf({ after: next }),
    };
  };
  room.get('/my/receipts', own, async (req, res) => res.render('donations/my-receipts', await listPage(req, res)));

  room.get('/my/receipts/:id', own, async (req, res) => {
    const { id } = parseInput(receiptRef, req.params);
    const receipt = await findOwnReceiptOrThrow(req.ctx, await ownDonorOrThrow(req.ctx), id);
    res.render('donations/my-receipt', {
      ...receiptFacts(req.ctx, words(res), receipt),
      payer: receipt.payerName,
      payee: receipt.payee,
      itemCode: receipt.itemCode,
      stands: receipt.state.name === 'issued',
      replacedHref: receipt.replacedBy && `/my/receipts/${receipt.replacedBy}`,
      giftHref: `/my/gifts/${receipt.giftNumber}`,
      fileHref: `/my/receipts/${receipt._id}/file`,
      tax: await taxAdvice(req.ctx, words(res), { donorKind: receipt.donorKind, day: receipt.receivedOn }),
    });
  });

  room.get('/my/receipts/:id/file', own, async (req, res) => {
    const { id } = parseInput(receiptRef, req.params);
    const receipt = await findOwnReceiptOrThrow(req.ctx, await ownDonorOrThrow(req.ctx), id);
    await sendReceipts(req.ctx, res, publicBaseUrl, [receipt], receipt.number);
  });

  const file: Handler<string> = async (req, res) => {
    const days = parseInput(daysFileInput, req.query);
    const receipts = await findOwnReceiptsOfDays(req.ctx, await ownDonorOrThrow(req.ctx), days, mostInFile + 1);
    if (receipts.length === 0) failField('from', 'receipt.none-of-days', days);
    if (receipts.length > mostInFile) failField('to', 'receipt.too-many-for-file', { most: mostInFile });
    await sendReceipts(req.ctx, res, publicBaseUrl, receipts, `${days.from}-${days.to}`);
  };
  // Without a file, the days come back in their form.
  room.get(
    '/my/receipt-files',
    own,
    submitted(file, async (req, res, returned) => renderForm(res, 'donations/my-receipts', await listPage(req, res), returned)),
  );

  room.get('/api/v1/my/receipts', own, async (req, res) => {
    const page = await findOwnReceipts(req.ctx, await ownDonorOrThrow(req.ctx), filtersOf(ownReceiptFilters, req));
    res.json(receiptListView.parse(receiptListOf(page)));
  });
  room.describe({
    method: 'get',
    path: '/api/v1/my/receipts',
    summary: 'The receipts of one’s own organisation, newest first; the total leaves voided ones out',
    guard: own.guard,
    input: ownReceiptFilters,
    answer: { status: 200, description: 'The receipts', schema: receiptListView },
  });
  return room;
}
