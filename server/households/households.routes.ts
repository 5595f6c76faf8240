import type { Response } from 'express';
import { addToNavigation, allow } from '../identity';
import { both } from '../platform/http/both';
import { renderForm } from '../platform/http/form';
import { filtersOf, listUrl } from '../platform/http/list-url';
import { type Routes, routes } from '../platform/http/routes';
import { parseInput } from '../platform/validation/field-issues';
import { z } from '../platform/validation/zod';
import { addCardActs } from './cards.routes';
import { checkBankAccount } from './check-bank-account';
import { confirmHousehold } from './confirm-household';
import { enterBankAccount } from './enter-bank-account';
import { findHouseholdOrThrow } from './find-households';
import type { Household } from './household.model';
import { householdPage } from './household-page';
import { householdOf, householdView } from './households.api';
import {
  bankAccountInput,
  checkBankAccountInput,
  householdFilters,
  householdId,
  monitorHouseholdInput,
  registerHouseholdInput,
  unmaskInput,
} from './households.inputs';
import { nameHouseholdsInLedger } from './households.labels';
import { addIncomeActs } from './income.routes';
import { householdList } from './list-page';
import { monitorHousehold } from './monitor-household';
import { registerHousehold } from './register-household';
import { registerPage } from './register-page';
import { layout, showHouseholdAgain, words } from './show-household-again';
import { unmask } from './unmask';

const answer = { status: 201, description: 'The household', schema: householdView, from: householdOf } as const;
const unmaskedView = z.object({ value: z.string() });
const toHousehold = (res: Response, { _id }: Household) => res.redirect(303, `/households/${_id}`);

/** The registry: list, household, and every act on it; the same as JSON. */
export function householdsRoutes(): Routes {
  const room = routes();
  nameHouseholdsInLedger();
  const read = allow('household.read');
  addToNavigation({
    group: 'help',
    href: '/households',
    icon: 'home-heart',
    label: 'households:title',
    permission: 'household.read',
    rank: 10,
  });

  room.get('/households', read, async (req, res) => {
    const page = await householdList(req.ctx, words(res), filtersOf(householdFilters, req));
    res.render('households/list', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });
  room.get('/households/new', allow('household.register'), (req, res) => {
    res.render('households/register', { layout, ...registerPage(req.ctx, words(res)) });
  });
  room.get('/households/:id', read, async (req, res) => {
    const { id } = parseInput(householdId, req.params);
    res.render('households/household', { layout, ...(await householdPage(req.ctx, words(res), id)) });
  });
  room.get('/api/v1/households/:id', read, async (req, res) => {
    const { id } = parseInput(householdId, req.params);
    res.json(householdView.parse(householdOf(await findHouseholdOrThrow(req.ctx, id))));
  });
  room.describe({
    method: 'get',
    path: '/api/v1/households/:id',
    summary: 'One household, masked',
    guard: read.guard,
    input: householdId,
    answer: { status: 200, description: 'The household', schema: householdView },
  });
  addRegistryActs(room);
  addIncomeActs(room);
  addCardActs(room);
  return room;
}

function addRegistryActs(room: Routes): void {
  const shown = { method: 'post', page: toHousehold, answer, showAgain: showHouseholdAgain } as const;
  both(room, {
    ...shown,
    path: '/households',
    guard: allow('household.register'),
    summary: 'Registers a household with its members',
    input: registerHouseholdInput,
    lists: { members: ['name', 'idNumber'] },
    act: registerHousehold,
    showAgain: (req, res, returned) => renderForm(res, 'households/register', { layout, ...registerPage(req.ctx, words(res)) }, returned),
  });
  both(room, {
    ...shown,
    path: '/households/:id/confirmations',
    guard: allow('household.confirm'),
    summary: 'Confirms a registration',
    input: householdId,
    act: confirmHousehold,
  });
  both(room, {
    ...shown,
    path: '/households/:id/monitorings',
    guard: allow('household.monitor'),
    summary: 'Takes a household into a monitored group',
    input: monitorHouseholdInput,
    act: monitorHousehold,
  });
  both(room, {
    ...shown,
    path: '/households/:id/bank-accounts',
    guard: allow('bankAccount.enter'),
    summary: 'Enters the bank account that payments go to',
    input: bankAccountInput,
    act: enterBankAccount,
  });
  both(room, {
    ...shown,
    path: '/households/:id/bank-account-checks',
    guard: allow('bankAccount.check'),
    summary: 'Checks a bank account against card or passbook',
    input: checkBankAccountInput,
    act: checkBankAccount,
  });
  both(room, {
    method: 'post',
    path: '/households/:id/unmaskings',
    guard: allow('data.unmask'),
    summary: 'Shows one value in full, for a reason that is logged',
    input: unmaskInput,
    act: async (ctx, input) => ({ id: input.id, field: input.field, value: await unmask(ctx, input) }),
    page: async (res, { id, field, value }) => {
      const { ctx } = res.req;
      res.render('households/household', { layout, ...(await householdPage(ctx, words(res), id, { field, value })) });
    },
    showAgain: showHouseholdAgain,
    answer: { status: 201, description: 'The value', schema: unmaskedView, from: ({ value }) => ({ value }) },
  });
}
