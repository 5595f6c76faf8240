import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { AppError } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { randomId } from '../../kernel/random';
import { accountLabels, classNameOf, findByNumber, findEntryByKey } from '../../ledger';
import type { Translate } from '../../platform/i18n/translator';
import { formatSum } from '../../platform/views/format';
import { costsOfYear } from '../costs/operating-year';
import type { ChangeFilters } from '../funds.inputs';
import { placesIn } from '../places-in';
import { purposes } from '../purposes';
import { restrictionWords } from '../restriction-words';
import { findChangeOrThrow, findChanges } from './find-changes';
import { freeLotsOf } from './free-lots';
import type { PurposeChange } from './purpose-change.model';
import { changeStates } from './purpose-change.states';

const families = { asked: 'waiting', confirmed: 'done', declined: 'failed' } as const;

const chipOf = (t: Translate, { state }: PurposeChange) => ({ family: families[state.name], word: t(`funds:change.state.${state.name}`) });

/** Changes of purpose, newest first, and how the year's management stands to its cap. */
export async function changesPage(ctx: Context, t: Translate, filters: ChangeFilters) {
  const [{ rows, next }, costs] = await Promise.all([findChanges(ctx, filters), costsInForce(ctx)]);
  const mayAsk = may(ctx.actor, 'fund.askChange');
  return {
    filters,
    costs,
    states: changeStates.states.map((value) => ({ value, label: t(`funds:change.state.${value}`) })),
    mayAsk,
    emptyText: t(mayAsk ? 'funds:change.emptyNext' : 'funds:change.emptyOthers'),
    next,
    rows: rows.map((one) => ({ ...rowOf(ctx, t, one), chip: chipOf(t, one) })),
  };
}

function rowOf(ctx: Context, t: Translate, { _id, number, origin, from, to, amountFen, consentOn, consentDocument }: PurposeChange) {
  return {
    href: `/funds/changes/${_id}`,
    number,
    origin,
    from: restrictionWords(ctx, t, from),
    to: restrictionWords(ctx, t, to),
    amountFen,
    consentOn,
    consentDocument,
  };
}

/** One change with what its next person may do. */
export async function changePage(ctx: Context, t: Translate, id: string) {
  const found = await findChangeOrThrow(ctx, id);
  const [people, paper, pools] = await Promise.all([
    maskedNames(ctx, [found.askedBy, found.state.by]),
    findByNumber(ctx, found.origin),
    accountLabels(ctx, [found.pool]),
  ]);
  const entry = found.state.name === 'confirmed' ? await findEntryByKey(ctx, `purpose-change:${id}:confirmed`) : undefined;
  const waits = found.state.name === 'asked';
  const isOwn = waits && found.askedBy === ctx.actor.id;
  return {
    ...rowOf(ctx, t, found),
    id,
    chip: chipOf(t, found),
    reason: found.reason,
    askedBy: people.get(found.askedBy) ?? '',
    askedAt: found.askedAt,
    decidedBy: found.state.name === 'asked' ? undefined : (people.get(found.state.by) ?? ''),
    decidedAt: found.state.at,
    originHref: paper?.href,
    poolName: pools.get(found.pool)?.text ?? t(`accounts:${classNameOf(found.pool)}`),
    poolHref: `/ledger/pools/${encodeURIComponent(found.pool)}`,
    entry: entry && { text: t('books:entryNumbered', { seq: entry.seq }), href: `/ledger/entries/${entry.seq}` },
    waits,
    isOwn,
    mayDecide: waits && !isOwn && may(ctx.actor, 'fund.confirmChange'),
    costs: found.to.purpose === 'operating' ? await costsInForce(ctx) : undefined,
  };
}

/** The form: first whose money, then where it is to go. */
export async function changeForm(ctx: Context, t: Translate, origin: string | undefined) {
  const found = origin ? await freeLotsOf(ctx, origin) : undefined;
  const [county = ''] = ctx.actor.grants.map(({ scope }) => scope);
  return {
    origin: found?.origin ?? origin,
    isUnknown: origin !== undefined && found === undefined,
    isUsedUp: found?.lots.length === 0,
    lots: found?.lots.map(({ lot, restriction, freeFen }) => ({
      value: lot,
      label: t('funds:changeForm.lotChoice', { purpose: restrictionWords(ctx, t, restriction), left: formatSum(freeFen) }),
    })),
    requestKey: randomId(ctx.random, 'req'),
    today: shanghaiDay(ctx.clock.now()),
    purposes: purposes.map((value) => ({ value, label: t(`donations:purpose.${value}`) })),
    places: placesIn(ctx, county),
  };
}

/** The year's costs; absent while the county has not set the numbers. */
async function costsInForce(ctx: Context) {
  try {
    return (await costsOfYear(ctx)).costs;
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule.none-in-force') return undefined;
    throw error;
  }
}
