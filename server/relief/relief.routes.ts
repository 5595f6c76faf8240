import type { Response } from 'express';
import { allow } from '../identity';
import { both } from '../platform/http/both';
import { type Returned, renderForm } from '../platform/http/form';
import { type Incoming, type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { zId } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { answerRelief } from './answer-relief';
import { findReliefOrThrow } from './find-relief';
import { recordRelief } from './record-relief';
import { referRelief } from './refer-relief';
import { answerReliefInput, recordReliefInput, referReliefInput } from './relief.inputs';
import { nameReliefInLedger } from './relief.labels';
import { reliefPage } from './relief-page';
import type { ReliefRecord } from './relief-record.model';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const householdRef = z.object({ household: zId('hh') });

const reliefView = z
  .object({ id: z.string(), household: z.string(), kind: z.string(), department: z.string(), state: z.string(), receivedFen: z.int() })
  .openapi('Relief');

function reliefOf({ _id, household, kind, department, state, receipts }: ReliefRecord): z.output<typeof reliefView> {
  const receivedFen = receipts.reduce((sum, { amountFen }) => sum + amountFen, 0);
  return { id: _id, household, kind, department, state: state.name, receivedFen };
}

/** A household's relief: referrals, answers and what arrived; the same as JSON. */
export function reliefRoutes(): Routes {
  nameReliefInLedger();
  const room = routes();
  room.get('/households/:household/relief', allow('relief.read'), async (req, res) => {
    const { household } = parseInput(householdRef, req.params);
    res.render('relief/household', { layout, ...(await reliefPage(req.ctx, words(res), household)) });
  });

  const page = (res: Response, { household }: ReliefRecord) => res.redirect(303, `/households/${household}/relief`);
  const answer = { status: 201, description: 'The referral', schema: reliefView, from: reliefOf } as const;
  const shown = { method: 'post', page, answer } as const;
  const again = async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) => {
    const { household } = await findReliefOrThrow(req.ctx, String(Object(req.params)['id']));
    renderForm(res, 'relief/household', { layout, ...(await reliefPage(req.ctx, words(res), household)) }, returned);
  };
  both(room, {
    ...shown,
    path: '/households/:household/relief',
    guard: allow('relief.refer'),
    summary: 'Refers a household to a kind of relief',
    input: referReliefInput,
    act: referRelief,
    showAgain: async (req, res, returned) =>
      renderForm(res, 'relief/household', { layout, ...(await reliefPage(req.ctx, words(res), req.params.household)) }, returned),
  });
  both(room, {
    ...shown,
    path: '/relief/:id/answers',
    guard: allow('relief.answer'),
    summary: 'Records the answer of a department',
    input: answerReliefInput,
    act: answerRelief,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/relief/:id/receipts',
    guard: allow('relief.record'),
    summary: 'Records what a household received',
    input: recordReliefInput,
    act: recordRelief,
    showAgain: again,
  });
  return room;
}
