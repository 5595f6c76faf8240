import type { Response } from 'express';
import { addToNavigation, allow, demoSigningCode } from '../../identity';
import type { Context } from '../../kernel/context';
import { both } from '../../platform/http/both';
import { renderForm } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { zId } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import type { Giving } from '../giving';
import { approveRefund, declineRefund } from './approve-refund';
import { askRefund } from './ask-refund';
import { countRefundsToApprove } from './find-refunds';
import { recordRefundTransfer } from './record-refund-transfer';
import type { GiftRefund } from './refund.model';
import { askRefundPage, refundPage, refundsPage } from './refund-pages';
import {
  type ApproveRefundInput,
  approveRefundInput,
  askRefundInput,
  declineRefundInput,
  refundFilters,
  refundRef,
  refundTransferInput,
} from './refunds.inputs';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const numberParam = z.object({ number: zId() });
const answer = {
  status: 201,
  description: 'The refund',
  schema: z.object({ id: z.string(), number: z.string(), state: z.string(), amountFen: z.int() }),
  from: ({ _id, number, state, amountFen }: GiftRefund) => ({ id: _id, number: number ?? '', state: state.name, amountFen }),
} as const;
const toRefund = (res: Response, { _id }: GiftRefund) => res.redirect(303, `/donations/refunds/${_id}`);

/** Refunds as staff see them: asked for by one, decided by another with a signature, carried out by the provider or the bank. */
export function refundRoutes({ giving, demo }: { giving: Giving | undefined; demo: boolean }): Routes {
  const room = routes();
  const read = allow('gift.read');
  addToNavigation({
    group: 'giving',
    href: '/donations/refunds',
    icon: 'arrow-back-up',
    label: 'donations:refund.title',
    permission: 'gift.read',
    rank: 12,
    count: countRefundsToApprove,
  });
  const onePage = async (req: Pick<Incoming<string>, 'ctx'>, res: Response, id: string) => ({
    layout,
    ...(await refundPage(req.ctx, words(res), id)),
    demoCode: demo ? await demoSigningCode(req.ctx) : undefined,
  });
  const again = async (req: Incoming<string>, res: Response, returned: Parameters<typeof renderForm>[3]) => {
    const { id } = parseInput(refundRef, req.params);
    renderForm(res, 'donations/refund', await onePage(req, res, id), returned);
  };

  room.get('/donations/refunds', read, async (req, res) => {
    const page = await refundsPage(req.ctx, words(res), filtersOf(refundFilters, req), (view) => listUrl(req, { view }));
    res.render('donations/refunds', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });
  room.get('/donations/refunds/:id', read, async (req, res) => {
    const { id } = parseInput(refundRef, req.params);
    res.render('donations/refund', await onePage(req, res, id));
  });
  room.get('/donations/gifts/:number/refunds/new', allow('refund.ask'), async (req, res) => {
    const { number } = parseInput(numberParam, req.params);
    res.render('donations/refund-ask', { layout, ...(await askRefundPage(req.ctx, words(res), number)) });
  });

  both(room, {
    method: 'post',
    path: '/donations/gifts/:number/refunds',
    guard: allow('refund.ask'),
    summary: 'Asks for money of a gift to go back to its payer; the sum is set apart at once',
    input: askRefundInput,
    act: askRefund,
    page: toRefund,
    showAgain: async (req, res, returned) => {
      const { number } = parseInput(numberParam, req.params);
      const page = await askRefundPage(req.ctx, words(res), number);
      renderForm(res, 'donations/refund-ask', { layout, ...page, requestKey: returned.values['requestKey'] ?? page.requestKey }, returned);
    },
    answer,
  });
  both(room, {
    method: 'post',
    path: '/donations/refunds/:id/approvals',
    guard: allow('refund.approve'),
    summary: 'Approves a refund with a signature; the provider is asked to carry it out',
    input: approveRefundInput,
    act: (ctx: Context, input: ApproveRefundInput) => approveRefund(ctx, giving, input),
    page: toRefund,
    showAgain: again,
    answer,
  });
  both(room, {
    method: 'post',
    path: '/donations/refunds/:id/refusals',
    guard: allow('refund.approve'),
    summary: 'Declines a refund; the money is the gift’s again',
    input: declineRefundInput,
    act: declineRefund,
    page: toRefund,
    showAgain: again,
    answer,
  });
  both(room, {
    method: 'post',
    path: '/donations/refunds/:id/transfers',
    guard: allow('refund.ask'),
    summary: 'Books the transfer by which an approved refund went back to the payer',
    input: refundTransferInput,
    act: recordRefundTransfer,
    page: toRefund,
    showAgain: again,
    answer,
  });
  return room;
}
