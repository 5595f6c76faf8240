import type { Response } from 'express';
import { addToNavigation, allow } from '../identity';
import { both } from '../platform/http/both';
import { type Returned, renderForm } from '../platform/http/form';
import { filtersOf, listUrl } from '../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { z } from '../platform/validation/zod';
import { blockCard } from './block-card';
import { checkBankAccount } from './check-bank-account';
import { confirmHousehold } from './confirm-household';
import { enterBankAccount } from './enter-bank-account';
import { findHouseholdOrThrow } from './find-households';
import type { Household } from './household.model';
import { householdPage } from './household-page';
import { cardView, householdOf, householdView, statementOf, statementView } from './households.api';
import {
  bankAccountInput,
  blockCardInput,
  checkBankAccountInput,
  householdFilters,
  householdId,
  issueCardInput,
  monitorHouseholdInput,
  registerHouseholdInput,
  replacePinInput,
  stateIncomeInput,
  statementId,
  unmaskInput,
  withdrawIncomeInput,
} from './households.inputs';
import { nameHouseholdsInLedger } from './households.labels';
import type { IncomeStatement } from './income-statement.model';
import { issueCard } from './issue-card';
import { householdList } from './list-page';
import { monitorHousehold } from './monitor-household';
import { registerHousehold } from './register-household';
import { registerPage } from './register-page';
import { replacePin } from './replace-pin';
import { signIncome } from './sign-income';
import { stateIncome } from './state-income';
import { unmask } from './unmask';
import { verifyIncome } from './verify-income';
import { withdrawIncome } from './withdraw-income';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const answer = { status: 201, description: 'The household', schema: householdView, from: householdOf } as const;
const toHousehold = (res: Response, { _id }: Household) => res.redirect(303, `/households/${_id}`);
const stated = { status: 201, description: 'The statement', schema: statementView, from: statementOf } as const;
const toIncome = (res: Response, { household }: IncomeStatement) => res.redirect(303, `/households/${household}#income`);

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

async function again<Path extends string>(req: Incoming<Path>, res: Response, returned: Returned): Promise<void> {
  const page = await householdPage(req.ctx, words(res), String(Object(req.params)['id']));
  renderForm(res, 'households/household', { layout, ...page }, returned);
}

function addRegistryActs(room: Routes): void {
  const shown = { method: 'post', page: toHousehold, answer, showAgain: again } as const;
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
}

function addIncomeActs(room: Routes): void {
  const shown = { method: 'post', page: toIncome, answer: stated, showAgain: again } as const;
  both(room, {
    ...shown,
    path: '/households/:id/income-statements',
    guard: allow('income.state'),
    summary: 'States the income of a window',
    input: stateIncomeInput,
    lists: { items: ['grossYuan', 'costYuan'] },
    act: stateIncome,
  });
  both(room, {
    ...shown,
    path: '/households/:id/income-statements/:statementId/verifications',
    guard: allow('income.verify'),
    summary: 'Verifies a statement; another person than the one who wrote it',
    input: statementId,
    act: verifyIncome,
  });
  both(room, {
    ...shown,
    path: '/households/:id/income-statements/:statementId/signatures',
    guard: allow('income.sign'),
    summary: 'Records that the family has signed a verified statement',
    input: statementId,
    act: signIncome,
  });
  both(room, {
    ...shown,
    path: '/households/:id/income-withdrawals',
    guard: allow('income.state'),
    summary: 'Takes back a statement that nobody has verified; only who wrote it',
    input: withdrawIncomeInput,
    act: withdrawIncome,
  });
}

const blockedView = z.object({ blocked: z.literal(true) });
const newPinView = z.object({ pin: z.string().optional().openapi({ description: 'Shown once' }) });
const unmaskedView = z.object({ value: z.string() });

function addCardActs(room: Routes): void {
  both(room, {
    method: 'post',
    path: '/households/:id/cards',
    guard: allow('card.issue'),
    summary: 'Gives a household a card and a new PIN',
    input: issueCardInput,
    act: issueCard,
    page: (res, card) => res.render('households/card', { layout, ...card }),
    showAgain: again,
    answer: { status: 201, description: 'The card', schema: cardView, from: (card) => card },
  });
  both(room, {
    method: 'post',
    path: '/households/:id/card-blocks',
    guard: allow('card.block'),
    summary: 'Blocks a lost card',
    input: blockCardInput,
    act: blockCard,
    page: (res, { household }) => res.redirect(303, `/households/${household}#cards`),
    showAgain: again,
    answer: { status: 201, description: 'It is blocked', schema: blockedView, from: () => ({ blocked: true as const }) },
  });
  both(room, {
    method: 'post',
    path: '/households/:id/pins',
    guard: allow('pin.replace'),
    summary: 'Gives a household a new PIN for the cards it has, and ends the old one',
    input: replacePinInput,
    act: replacePin,
    page: (res, replaced) => res.render('households/new-pin', { layout, ...replaced }),
    showAgain: again,
    answer: { status: 201, description: 'The new PIN', schema: newPinView, from: ({ pin }) => ({ ...(pin !== undefined && { pin }) }) },
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
    showAgain: again,
    answer: { status: 201, description: 'The value', schema: unmaskedView, from: ({ value }) => ({ value }) },
  });
}
