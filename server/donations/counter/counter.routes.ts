import type { Response } from 'express';
import { addToNavigation, allow } from '../../identity';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { zPage } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import type { CashDeposit } from './cash-deposit.model';
import { counterFilters, counterRef, depositInput, openCounterInput, takeCashInput } from './counter.inputs';
import { counterDaysPage, counterPage, countersPage, pageOfCounter, takeCashPage } from './counter-pages';
import { depositCash } from './deposit-cash';
import { countCounterWork } from './find-counter-work';
import { openCounter } from './open-counter';
import { slipAnswer } from './slip.routes';
import { takeCash } from './take-cash';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const paths = { all: '/donations/counters', one: '/donations/counters/:counter' } as const;

/** Counters where cash is taken: the list, one counter today, a new slip, cash brought to the bank. */
export function counterRoutes(): Routes {
  const room = routes();
  const [read, take] = [allow('cash.read'), allow('cash.take')];
  addToNavigation({
    group: 'receiving',
    href: paths.all,
    icon: 'cash',
    label: 'counter:nav',
    permission: 'cash.read',
    rank: 10,
    count: countCounterWork,
  });

  const onePage = async (req: Pick<Incoming<string>, 'ctx' | 'query'>, res: Response, id: string) => {
    const page = await counterPage(req.ctx, words(res), id, filtersOf(counterFilters, req as Incoming<string>));
    return { layout, ...page, nextHref: page.next && `${page.href}?after=${encodeURIComponent(page.next)}` };
  };
  room.get(paths.all, read, async (req, res) => res.render('donations/counters', { layout, ...(await countersPage(req.ctx, words(res))) }));
  room.get(paths.one, read, async (req, res) => {
    const { counter } = parseInput(counterRef, req.params);
    res.render('donations/counter', await onePage(req, res, counter));
  });
  room.get('/donations/counters/:counter/days', read, async (req, res) => {
    const { counter } = parseInput(counterRef, req.params);
    const page = await counterDaysPage(req.ctx, words(res), counter, filtersOf(zPage, req));
    res.render('donations/counter-days', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });
  room.get('/donations/counters/:counter/slips/new', take, async (req, res) => {
    const { counter } = parseInput(counterRef, req.params);
    res.render('donations/cash-slip-new', { layout, ...(await takeCashPage(req.ctx, words(res), counter)) });
  });

  both(room, {
    method: 'post',
    path: paths.all,
    guard: allow('cash.openCounter'),
    summary: 'Opens a counter where cash is taken, with the letters of its slips',
    input: openCounterInput,
    act: openCounter,
    page: (res, { _id }) => res.redirect(303, pageOfCounter(_id)),
    showAgain: async (req, res, returned) =>
      renderForm(res, 'donations/counters', { layout, ...(await countersPage(req.ctx, words(res))) }, returned),
    answer: {
      status: 201,
      description: 'The counter',
      schema: z.object({ id: z.string(), name: z.string(), code: z.string() }),
      from: ({ _id, name, code }) => ({ id: _id, name, code }),
    },
  });
  both(room, {
    method: 'post',
    path: '/donations/counters/:counter/slips',
    guard: take,
    summary: 'Takes cash for a gift: it is received with the number of its slip',
    input: takeCashInput,
    act: takeCash,
    page: (res, { _id }) => res.redirect(303, `/donations/cash-slips/${_id}`),
    showAgain: async (req, res, returned) => {
      const page = await takeCashPage(req.ctx, words(res), parseInput(counterRef, req.params).counter);
      renderForm(
        res,
        'donations/cash-slip-new',
        { layout, ...page, requestKey: returned.values['requestKey'] ?? page.requestKey },
        returned,
      );
    },
    answer: slipAnswer,
  });
  both(room, {
    method: 'post',
    path: '/donations/counters/:counter/deposits',
    guard: take,
    summary: 'Books cash that was brought to the bank; it is on its way until the statement has it',
    input: depositInput,
    act: depositCash,
    page: (res, { counter }) => res.redirect(303, pageOfCounter(counter)),
    showAgain: async (req, res, returned: Returned) => {
      const page = await onePage(req as unknown as Incoming<string>, res, parseInput(counterRef, req.params).counter);
      renderForm(res, 'donations/counter', { ...page, requestKey: returned.values['requestKey'] ?? page.requestKey }, returned);
    },
    answer: {
      status: 201,
      description: 'The deposit',
      schema: z.object({ id: z.string(), state: z.string(), amountFen: z.int() }),
      from: ({ _id, state, amountFen }: CashDeposit) => ({ id: _id, state: state.name, amountFen }),
    },
  });
  return room;
}
