import type { Response } from 'express';
import { allow } from '../../identity';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { zPage } from '../../platform/validation/types';
import { confirmRange, declineRange, enterRange } from './enter-range';
import { rangesPage } from './range-pages';
import { rangeOf, rangeView } from './receipts.api';
import { declineRangeInput, enterRangeInput, rangeRef } from './receipts.inputs';

const path = '/donations/receipt-ranges';

/** The ranges of numbers that the finance department issued: one finance officer enters, another confirms. */
export function receiptRangeRoutes(): Routes {
  const room = routes();
  const listPage = async (req: Incoming<string>, res: Response) => {
    const page = await rangesPage(req.ctx, res.locals['t'] as Translate, filtersOf(zPage, req));
    return { layout: 'staff', ...page, nextHref: page.next && listUrl(req, { after: page.next }) };
  };
  room.get(path, allow('gift.read'), async (req, res) =>
    res.render('donations/receipt-ranges', await listPage(req as Incoming<string>, res)),
  );

  const shared = {
    method: 'post',
    guard: allow('gift.record'),
    page: (res: Response) => res.redirect(303, path),
    showAgain: async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) => {
      const page = await listPage(req as unknown as Incoming<string>, res);
      const view = { ...page, requestKey: returned.values['requestKey'] ?? page.requestKey };
      renderForm(res, 'donations/receipt-ranges', view, returned);
    },
    answer: { status: 201, description: 'The range', schema: rangeView, from: rangeOf },
  } as const;
  both(room, {
    ...shared,
    path,
    summary: 'Enters a range of receipt numbers as the finance department issued it',
    input: enterRangeInput,
    act: enterRange,
  });
  both(room, {
    ...shared,
    path: `${path}/:id/confirmations`,
    summary: 'Opens a range that somebody else has entered',
    input: rangeRef,
    act: confirmRange,
  });
  both(room, {
    ...shared,
    path: `${path}/:id/refusals`,
    summary: 'Strikes out a range that was entered wrongly, with a reason',
    input: declineRangeInput,
    act: declineRange,
  });
  return room;
}
