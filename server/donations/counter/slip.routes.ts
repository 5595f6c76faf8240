import type { Response } from 'express';
import { allow } from '../../identity';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { filtersOf } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { z } from '../../platform/validation/zod';
import type { CashSlip } from './cash-slip.model';
import { slipRef, voidSlipInput } from './counter.inputs';
import { slipPage } from './slip-pages';
import { askVoidSlip, confirmVoidSlip, refuseVoidSlip } from './void-slip';

const words = (res: Response) => res.locals['t'] as Translate;

/** What programs get of a slip. */
export const slipAnswer = {
  status: 201,
  description: 'The slip',
  schema: z.object({ id: z.string(), number: z.string(), gift: z.string(), state: z.string(), amountFen: z.int() }),
  from: ({ _id, number, giftNumber, state, amountFen }: CashSlip) => ({ id: _id, number, gift: giftNumber, state: state.name, amountFen }),
} as const;

/** On half a sheet of A4, or on a roll of 58 mm. */
const paperFilters = z.object({ on: z.enum(['sheet', 'roll']).default('sheet') });

/** One slip: its page, its paper, and how two people void it. */
export function slipRoutes(): Routes {
  const room = routes();
  const read = allow('cash.read');
  const onePage = async (req: Incoming<string>, res: Response) => ({
    layout: 'staff',
    ...(await slipPage(req.ctx, words(res), parseInput(slipRef, req.params).id)),
  });

  room.get('/donations/cash-slips/:id', read, async (req, res) =>
    res.render('donations/cash-slip', await onePage(req as unknown as Incoming<string>, res)),
  );
  room.get('/donations/cash-slips/:id/paper', read, async (req, res) => {
    const page = await slipPage(req.ctx, words(res), parseInput(slipRef, req.params).id);
    const isRoll = filtersOf(paperFilters, req).on === 'roll';
    res.render(isRoll ? 'donations/cash-slip-roll' : 'donations/cash-slip-sheet', {
      layout: isRoll ? 'slip' : 'print',
      ...page,
      backHref: page.href,
    });
  });

  const shared = {
    method: 'post',
    page: (res: Response, { _id }: CashSlip) => res.redirect(303, `/donations/cash-slips/${_id}`),
    showAgain: async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) =>
      renderForm(res, 'donations/cash-slip', await onePage(req as unknown as Incoming<string>, res), returned),
    answer: slipAnswer,
  } as const;
  both(room, {
    ...shared,
    path: '/donations/cash-slips/:id/voidings',
    guard: allow('cash.take'),
    summary: 'Asks for a slip to be voided on its own day, with the reason',
    input: voidSlipInput,
    act: askVoidSlip,
  });
  both(room, {
    ...shared,
    path: '/donations/cash-slips/:id/void-confirmations',
    guard: allow('cash.confirm'),
    summary: 'Voids a slip that somebody else asked to void; its gift is taken back by a reversing entry',
    input: slipRef,
    act: confirmVoidSlip,
  });
  both(room, {
    ...shared,
    path: '/donations/cash-slips/:id/void-refusals',
    guard: allow('cash.take'),
    summary: 'Says no to voiding a slip; whoever asked may take it back so',
    input: slipRef,
    act: refuseVoidSlip,
  });
  return room;
}
