import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { randomId } from '../../kernel/random';
import { balanceOf, findEntryByKey } from '../../ledger';
import type { Translate } from '../../platform/i18n/translator';
import { income } from '../funds.accounts';
import type { IncomeFilters } from '../funds.inputs';
import { placesIn } from '../places-in';
import { fundOf, purposes } from '../purposes';
import { restrictionWords } from '../restriction-words';
import { findIncomeByNumber, findIncomes } from './find-incomes';
import { type Income, incomeSources } from './income.model';

const sourcesIn = (t: Translate) => incomeSources.map((value) => ({ value, label: t(`funds:source.${value}`) }));

/** Money that is no gift, newest first, with the totals of the selection. */
export async function incomesPage(ctx: Context, t: Translate, filters: IncomeFilters) {
  const { rows, next, count, sumFen } = await findIncomes(ctx, filters);
  return {
    filters,
    sources: sourcesIn(t),
    mayRecord: may(ctx.actor, 'fund.recordIncome'),
    count,
    sumFen,
    next,
    rows: rows.map((one) => ({ ...rowOf(ctx, t, one), receivedOn: one.receivedOn, document: one.document, amountFen: one.amountFen })),
  };
}

function rowOf(ctx: Context, t: Translate, { number, source, restriction }: Income) {
  return {
    number,
    href: `/funds/incomes/${number}`,
    source: t(`funds:source.${source}`),
    restriction: restrictionWords(ctx, t, restriction),
    fund: t(`funds:fund.${fundOf(restriction.purpose)}`),
  };
}

/** One income: where it came from, on what ground, what is left of it. */
export async function incomePage(ctx: Context, t: Translate, number: string) {
  const found = (await findIncomeByNumber(ctx, number)) ?? fail('not-found');
  const lot = income(found.source, found._id);
  const mayRead = may(ctx.actor, 'ledger.read');
  const [leftFen, entry, people] = await Promise.all([
    balanceOf(ctx, lot),
    findEntryByKey(ctx, `income:${found._id}:recorded`),
    maskedNames(ctx, [found.recordedBy]),
  ]);
  return {
    ...rowOf(ctx, t, found),
    document: found.document,
    legalBasis: found.legalBasis,
    bankSerial: found.bankSerial,
    receivedOn: found.receivedOn,
    recordedAt: found.recordedAt,
    recordedBy: people.get(found.recordedBy) ?? '',
    amountFen: found.amountFen,
    leftFen,
    usedFen: found.amountFen - leftFen,
    lotHref: mayRead ? `/ledger/accounts/${encodeURIComponent(lot)}` : undefined,
    entryHref: mayRead && entry ? `/ledger/entries/${entry.seq}` : undefined,
    seq: entry?.seq,
  };
}

/** The form, empty. */
export function incomeForm(ctx: Context, t: Translate) {
  return { requestKey: randomId(ctx.random, 'req'), today: shanghaiDay(ctx.clock.now()), ...incomeChoices(ctx, t) };
}

/** What can be chosen of money that is no gift. */
export function incomeChoices(ctx: Context, t: Translate) {
  const [county = ''] = ctx.actor.grants.map(({ scope }) => scope);
  return {
    sources: sourcesIn(t),
    purposes: purposes.map((value) => ({ value, label: `${t(`donations:purpose.${value}`)}（${t(`funds:fund.${fundOf(value)}`)}）` })),
    places: placesIn(ctx, county),
  };
}
