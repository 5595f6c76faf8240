import { maskedNames, may } from '../identity';
import type { Context } from '../kernel/context';
import { addDays, shanghaiDay } from '../kernel/local-date';
import { maskName } from '../kernel/mask';
import { fen } from '../kernel/money';
import { randomId } from '../kernel/random';
import type { Translate } from '../platform/i18n/translator';
import { formatDay, formatSum } from '../platform/views/format';
import { divisionFullName } from '../regions';
import { settingsInForce } from '../settings';
import { Card } from './card.model';
import { cardReference } from './card-number';
import { findHouseholdOrThrow } from './find-households';
import { findStatements } from './find-statements';
import type { Household } from './household.model';
import { aidOf } from './household-aid';
import { deductMigrantCosts, incomeLossFloor, incomeWindowMode } from './households.settings';
import { incomeSourceNames } from './income-sources';
import type { IncomeStatement } from './income-statement.model';
import { incomeWindow } from './income-window';
import { maskedHousehold, maskedId } from './masked-household';
import { countedFen, type IncomeRules, netIncome } from './net-income';
import { isOwnHousehold } from './own-household';
import { lockedPin } from './verify-pin';
import { maySecond, whomToAsk } from './whom-to-ask';

const blankLines = 6;

/** A household as staff see it: masked, with what can be done next by who looks. `seen` is one value just unmasked. */
export async function householdPage(ctx: Context, t: Translate, id: string, seen?: { field: string; value: string }) {
  const household = await findHouseholdOrThrow(ctx, id);
  const [statements, cards, aid, names, locked] = await Promise.all([
    findStatements(ctx, id),
    Card.find({ ledger: ctx.ledger, household: id }).lean<Card[]>(),
    aidOf(ctx, t, household),
    maskedNames(ctx, peopleIn(household)),
    lockedPin(ctx, id),
  ]);
  const today = shanghaiDay(ctx.clock.now());
  const { mode, lossFloor, migrantCosts } = await settingsInForce(
    ctx,
    { mode: incomeWindowMode, lossFloor: incomeLossFloor, migrantCosts: deductMigrantCosts },
    { day: today, place: household.village },
  );
  const rules = { lossFloor: lossFloor.value, deductMigrantCosts: migrantCosts.value };
  const masked = maskedHousehold(household);
  return {
    ...masked,
    where: divisionFullName(household.village, ctx.locale),
    state: { ...household.state, by: names.get(household.state.by) ?? '' },
    isDraft: household.state.name === 'draft',
    isOwn: await isOwnHousehold(ctx, household._id),
    askWhom: await whomToAsk(ctx, t, household, statements),
    group: household.monitored && {
      name: t(`households:group.${household.monitored.group}`),
      cause: t(`households:cause.${household.monitored.cause}`),
      since: household.monitored.since,
    },
    people: household.members.map((member) => ({
      id: member.id,
      name: maskName(member.name),
      relation: t(`households:relation.${member.relation}`),
      birth: member.birth.slice(0, 4),
      sex: t(`households:sex.${member.sex}`),
      idNumber: maskedId(household, member),
      labour: t(`households:labour.${member.labour}`),
      notes: [
        ...(member.student ? [t('households:student')] : []),
        ...(member.disabilityLevel ? [t('households:disability', { level: member.disabilityLevel })] : []),
      ],
    })),
    bank: masked.bankAccount && {
      ...masked.bankAccount,
      word: t(`households:bankState.${masked.bankAccount.state}`),
      enteredBy: names.get(household.bankAccount?.enteredBy ?? '') ?? '',
      failure: household.bankAccount?.failure,
      mayCheck: ['entered', 'failed'].includes(masked.bankAccount.state) && maySecond(ctx, 'check', household.bankAccount?.enteredBy),
    },
    statements: statements.map((statement) => statementRow(ctx, t, statement, rules)),
    withdrawable: may(ctx.actor, 'income.state') && withdrawable(ctx, t, statements),
    cards: cards.map(({ number, state }) => ({
      number: `${number.slice(0, 3)}****${number.slice(-3)}`,
      card: cardReference(ctx, number),
      blocked: state.name === 'blocked',
    })),
    locked,
    aid,
    incomeForm: {
      ...incomeWindow(mode.value, today),
      sources: sourcesOf(t),
      lines: Array.from({ length: blankLines }, (_, index) => index),
    },
    keys: {
      income: randomId(ctx.random, 'key'),
      bank: randomId(ctx.random, 'key'),
      card: randomId(ctx.random, 'key'),
      pin: randomId(ctx.random, 'key'),
    },
    today,
    yesterday: addDays(today, -1),
    may: {
      confirm: household.state.name === 'draft' && maySecond(ctx, 'confirm', household.state.by),
      monitor: may(ctx.actor, 'household.monitor') && household.state.name === 'active',
      income: may(ctx.actor, 'income.state'),
      bank: may(ctx.actor, 'bankAccount.enter'),
      card: may(ctx.actor, 'card.issue') && household.state.name === 'active',
      newPin: may(ctx.actor, 'pin.replace') && household.state.name === 'active' && cards.length > 0,
      unmask: may(ctx.actor, 'data.unmask'),
      aid: may(ctx.actor, 'aid.request') && household.monitored !== undefined,
      aidOnceMonitored: may(ctx.actor, 'aid.request') && household.monitored === undefined,
    },
    seen,
  };
}

function peopleIn({ state, bankAccount }: Household): string[] {
  return [state.by, ...(bankAccount ? [bankAccount.enteredBy] : [])];
}

function sourcesOf(t: Translate) {
  return incomeSourceNames.map((value) => ({ value, label: t(`households:source.${value}`) }));
}

/** The statements that the reader wrote down and nobody has verified, to choose from. */
function withdrawable(ctx: Context, t: Translate, statements: readonly IncomeStatement[]) {
  return statements
    .filter(({ state, submittedBy }) => state.name === 'submitted' && submittedBy === ctx.actor.id)
    .map(({ _id, from, to, items }) => ({
      value: _id,
      label: t('households:income.withdrawOf', {
        from: formatDay(from, ctx.locale),
        to: formatDay(to, ctx.locale),
        sum: formatSum(items.reduce((sum, { grossFen }) => sum + grossFen, 0)),
      }),
    }));
}

/** A statement with its net income as the county counts it today; a case counts by the rules of its own day. */
function statementRow(ctx: Context, t: Translate, statement: IncomeStatement, rules: IncomeRules) {
  const { _id, from, to, state, submittedBy } = statement;
  return {
    id: _id,
    from,
    to,
    lines: incomeLines(t, statement, rules),
    rigidFen: statement.rigidSpendingFen,
    state: state.name,
    word: t(`households:statement.${state.name}`),
    isStated: state.name === 'submitted',
    withdrawReason: statement.withdrawReason,
    mayVerify: state.name === 'submitted' && maySecond(ctx, 'verify', submittedBy),
    maySign: state.name === 'verified' && may(ctx.actor, 'income.sign'),
  };
}

/** Each line by the rule of the total, so that the lines add up to it; a cost that is not taken off is told beside its line. */
function incomeLines(t: Translate, statement: IncomeStatement, rules: IncomeRules) {
  const lines = [
    ...statement.items.map((item) => {
      const counted = countedFen(item, rules);
      const kept = item.costFen > 0 && counted === item.grossFen;
      return {
        label: t(`households:source.${item.source}`),
        fen: counted,
        ...(kept && { note: t('households:income.costNotTaken', { sum: formatSum(item.costFen) }) }),
      };
    }),
    { label: t('households:income.depreciation'), fen: fen(-statement.depreciationFen) },
    { label: t('households:income.taxes'), fen: fen(-statement.productionTaxesFen) },
  ].filter((line, index) => index < statement.items.length || line.fen !== 0);
  const { netFen } = netIncome(statement, rules);
  const lossFen = netFen - lines.reduce((sum, line) => sum + line.fen, 0);
  return [
    ...lines,
    ...(statement.items.length === 0 ? [{ label: t('households:income.noIncome'), fen: fen(0) }] : []),
    ...(lossFen === 0 ? [] : [{ label: t('households:income.lossNotTaken'), fen: lossFen }]),
    { label: t('households:income.net'), fen: netFen, kind: 'subtotal' },
  ];
}
