import type { Response } from 'express';
import { addToNavigation, allow, demoSigningCode } from '../identity';
import type { Context } from '../kernel/context';
import { failField } from '../kernel/errors';
import { both } from '../platform/http/both';
import { type Returned, renderForm, submitted } from '../platform/http/form';
import { filtersOf, listUrl } from '../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { batchPage } from './batch-page';
import { batchesPage } from './batches-page';
import { exportBatch } from './export-batch';
import { fetchBankFile } from './fetch-bank-file';
import { countBatchesToSign, findBatchOrThrow } from './find-payments';
import { importResult } from './import-result';
import { linePage } from './line-page';
import { makeBatch } from './make-batch';
import type { PaymentBatch } from './payment-batch.model';
import { batchOf, batchView, lineOf, lineView } from './payments.api';
import {
  answerLineInput,
  batchFilters,
  batchRef,
  lineRef,
  makeBatchInput,
  practiceResultRef,
  resultFrom,
  returnBatchInput,
  signBatchInput,
} from './payments.inputs';
import { nameBatchesInLedger } from './payments.labels';
import { practiceResult } from './practice-bank';
import { recordBankAnswer } from './record-bank-answer';
import { returnBatch } from './return-batch';
import { signBatch } from './sign-batch';
import { withdrawBatch } from './withdraw-batch';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const resultFile = { field: 'file', maxBytes: 2_000_000 };
const toBatch = (res: Response, { _id }: PaymentBatch) => res.redirect(303, `/payments/batches/${_id}`);
const answer = { status: 201, description: 'The batch', schema: batchView, from: batchOf } as const;

/**
 * Payment batches: the list with what waits to be paid, the batch with its signatures, the bank file, the bank's answers. In a
 * demonstration (`demo`) also what its bank would answer.
 */
export function paymentsRoutes({ demo }: { demo: boolean }): Routes {
  const room = routes();
  nameBatchesInLedger();
  const read = allow('payment.read');
  addToNavigation({
    group: 'help',
    href: '/payments/batches',
    icon: 'building-bank',
    label: 'payments:title',
    permission: 'payment.read',
    rank: 40,
    count: countBatchesToSign,
  });

  const onePage: OnePage = async ({ ctx }, res, id) => ({
    layout,
    ...(await batchPage(ctx, words(res), id)),
    demoCode: demo ? await demoSigningCode(ctx) : undefined,
  });
  const listPage = async (req: Incoming<string>, res: Response) => {
    const page = await batchesPage(req.ctx, words(res), filtersOf(batchFilters, req));
    return { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) };
  };
  room.get('/payments/batches', read, async (req, res) => res.render('payments/batches', await listPage(req as Incoming<string>, res)));

  room.get('/payments/batches/:id', read, async (req, res) => {
    const { id } = parseInput(batchRef, req.params);
    res.render('payments/batch', await onePage(req, res, id));
  });

  room.get('/payments/lines/:id', read, async (req, res) => {
    const { id } = parseInput(lineRef, req.params);
    res.render('payments/line', { layout, ...(await linePage(req.ctx, words(res), id)) });
  });

  room.get('/payments/batches/:id/file', allow('payment.make'), async (req, res) => {
    const { name, bytes } = await fetchBankFile(req.ctx, parseInput(batchRef, req.params));
    res.attachment(name).type('application/octet-stream').send(bytes);
  });

  if (demo) {
    room.get('/payments/batches/:id/practice-results/:answer', allow('payment.import'), async (req, res) => {
      const { name, bytes } = await practiceResult(req.ctx, parseInput(practiceResultRef, req.params));
      res.attachment(name).type('application/octet-stream').send(bytes);
    });
  }

  room.upload(
    '/payments/results',
    allow('payment.import'),
    resultFile,
    submitted(
      async (req, res) => {
        const bytes = req.file?.buffer ?? failField('file', 'required');
        const { batch } = await importResult(req.ctx, { bytes });
        res.redirect(303, `/payments/batches/${batch}#results`);
      },
      async (req, res, returned) => {
        const { batch } = resultFrom.parse(returned.values);
        if (batch) return renderForm(res, 'payments/batch', await onePage(req, res, batch), returned);
        renderForm(res, 'payments/batches', await listPage(req as Incoming<string>, res), returned);
      },
    ),
  );

  room.get('/api/v1/payments/batches/:id', read, async (req, res) => {
    const { id } = parseInput(batchRef, req.params);
    res.json(batchView.parse(batchOf(await findBatchOrThrow(req.ctx, id))));
  });
  room.describe({
    method: 'get',
    path: '/api/v1/payments/batches/:id',
    summary: 'One payment batch with the figures that are signed',
    guard: read.guard,
    input: batchRef,
    answer: { status: 200, description: 'The batch', schema: batchView },
  });

  addActs(room, listPage, onePage);
  return room;
}

type Page = Promise<Record<string, unknown>>;
type ListPage = (req: Incoming<string>, res: Response) => Page;
type OnePage = (req: { ctx: Context }, res: Response, id: string) => Page;

function addActs(room: Routes, listPage: ListPage, onePage: OnePage): void {
  const shown = { method: 'post', page: toBatch, answer } as const;
  const again = async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) =>
    renderForm(res, 'payments/batch', await onePage(req, res, String(Object(req.params)['id'])), returned);

  both(room, {
    ...shown,
    path: '/payments/batches',
    guard: allow('payment.make'),
    summary: 'Puts approved sums into one payment batch',
    input: makeBatchInput,
    act: makeBatch,
    showAgain: async (req, res, returned) => renderForm(res, 'payments/batches', await listPage(req as Incoming<string>, res), returned),
  });
  both(room, {
    ...shown,
    path: '/payments/batches/:id/signatures',
    guard: allow('payment.sign'),
    summary: 'Signs count, total and SHA-256 of a batch with a fresh code',
    input: signBatchInput,
    act: signBatch,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/payments/batches/:id/returns',
    guard: allow('payment.sign'),
    summary: 'Gives a batch back to its maker',
    input: returnBatchInput,
    act: returnBatch,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/payments/batches/:id/withdrawals',
    guard: allow('payment.make'),
    summary: 'Gives up a batch that nobody has signed',
    input: batchRef,
    act: withdrawBatch,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/payments/batches/:id/exports',
    guard: allow('payment.make'),
    summary: 'Sends a twice signed batch',
    input: batchRef,
    act: exportBatch,
    showAgain: again,
  });
  both(room, {
    method: 'post',
    path: '/payments/lines/:id/answers',
    guard: allow('payment.import'),
    summary: 'Books what the bank said of a line when it was asked',
    input: answerLineInput,
    act: recordBankAnswer,
    page: (res, { batch }) => res.redirect(303, `/payments/batches/${batch}`),
    showAgain: async (req, res, returned) => {
      const page = await linePage(req.ctx, words(res), String(Object(req.params)['id']));
      renderForm(res, 'payments/line', { layout, ...page }, returned);
    },
    answer: { status: 201, description: 'The line', schema: lineView, from: lineOf },
  });
}
