import type { Response } from 'express';
import { allow } from '../../identity';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { z } from '../../platform/validation/zod';
import { beginCount, countCash, explainDifference, seeDifference } from './close-counter-day';
import { countCashInput, counterDayRef, explainInput } from './counter.inputs';
import type { CounterDay } from './counter-day.model';
import { counterDayPage } from './counter-day-page';

const words = (res: Response) => res.locals['t'] as Translate;

/** The close of a counter's day: stop, count blind, explain, be seen. */
export function counterDayRoutes(): Routes {
  const room = routes();
  const take = allow('cash.take');
  const onePage = async (req: Incoming<string>, res: Response) => ({
    layout: 'staff',
    ...(await counterDayPage(req.ctx, words(res), parseInput(counterDayRef, req.params).id)),
  });
  room.get('/donations/counter-days/:id', allow('cash.read'), async (req, res) =>
    res.render('donations/counter-day', await onePage(req as unknown as Incoming<string>, res)),
  );

  const shared = {
    method: 'post',
    page: (res: Response, { _id }: CounterDay) => res.redirect(303, `/donations/counter-days/${_id}`),
    showAgain: async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) =>
      renderForm(res, 'donations/counter-day', await onePage(req as unknown as Incoming<string>, res), returned),
    answer: {
      status: 200,
      description: 'The day',
      schema: z.object({ id: z.string(), day: z.string(), state: z.string() }),
      from: ({ _id, day, state }: CounterDay) => ({ id: _id, day, state: state.name }),
    },
  } as const;
  both(room, {
    ...shared,
    path: '/donations/counter-days/:id/count-starts',
    guard: take,
    summary: 'Takes no more slips at a counter for this day, so that its cash can be counted',
    input: counterDayRef,
    act: beginCount,
  });
  both(room, {
    ...shared,
    path: '/donations/counter-days/:id/counts',
    guard: take,
    summary: 'Takes the count by notes and coins; the same as the book closes the day',
    input: countCashInput,
    act: countCash,
  });
  both(room, {
    ...shared,
    path: '/donations/counter-days/:id/explanations',
    guard: take,
    summary: 'Says why the count differs from the book',
    input: explainInput,
    act: explainDifference,
  });
  both(room, {
    ...shared,
    path: '/donations/counter-days/:id/confirmations',
    guard: allow('cash.confirm'),
    summary: 'A second person has seen the difference: it becomes an entry, and the day is closed',
    input: counterDayRef,
    act: seeDifference,
  });
  return room;
}
