import { may, reachOf } from '../identity';
import { causes } from '../kernel/causes';
import type { Context } from '../kernel/context';
import { levelOf } from '../kernel/division-code';
import { shanghaiDay } from '../kernel/local-date';
import { maskName } from '../kernel/mask';
import type { Translate } from '../platform/i18n/translator';
import { formatDay } from '../platform/views/format';
import { divisionFullName, divisionName, divisionsWithin } from '../regions';
import { type CaseFilters, caseViews } from './aid.inputs';
import type { AidCase } from './aid-case.model';
import { caseChip, dueWord, waitsForApproval } from './case-chip';
import { findQueue, queueCounts, queueTotals } from './find-queue';

const townshipDigits = 9;

/** The queue of cases as a person works through it: views with counts, filters, totals of the selection, late first. */
export async function queuePage(ctx: Context, t: Translate, filters: CaseFilters, hrefOf: (view: string) => string) {
  const [page, totals, counts] = await Promise.all([findQueue(ctx, filters), queueTotals(ctx, filters), queueCounts(ctx, caseViews)]);
  const today = shanghaiDay(ctx.clock.now());
  const rows = page.rows.map((aidCase) => rowOf(ctx, t, aidCase, today));
  return {
    filters,
    rows,
    next: page.next,
    totals,
    late: rows.filter(({ due }) => due.tone === 'late').length,
    dueToday: rows.filter(({ due }) => due.tone === 'due').length,
    views: caseViews.map((view) => ({
      href: hrefOf(view),
      label: t(`aid:view.${view}`),
      count: counts.get(view) ?? 0,
      current: view === filters.view,
    })),
    townships: townshipsOf(ctx).map(({ code }) => ({ value: code, label: divisionName(code, ctx.locale) })),
    causes: causes.map((cause) => ({ value: cause, label: t(`households:cause.${cause}`) })),
    sums: ['1000.00', '3000.00', '5000.00'].map((yuan) => ({ value: yuan, label: t('aid:queue.atLeast', { yuan: yuan.slice(0, -3) }) })),
    mayApprove: may(ctx.actor, 'aid.approve'),
    mayRequest: may(ctx.actor, 'aid.request'),
    isFiltered: Boolean(filters.q || filters.cause || filters.township || filters.least),
  };
}

function rowOf(ctx: Context, t: Translate, aidCase: AidCase, today: ReturnType<typeof shanghaiDay>) {
  const { _id, number, headName, village, members, cause, gapFen, amountFen, sheet } = aidCase;
  return {
    id: _id,
    number,
    href: `/aid/cases/${_id}`,
    who: maskName(headName),
    where: divisionFullName(village, ctx.locale),
    members,
    cause: t(`households:cause.${cause}`),
    gapFen,
    amountFen,
    capped: sheet.sums.limit === 'yearCap',
    submittedOn: aidCase.submittedOn,
    due: dueWord(t, aidCase.dueOn, today, (day) => formatDay(day, ctx.locale, today)),
    chip: caseChip(ctx, t, aidCase),
    tickable: waitsForApproval(ctx, aidCase),
  };
}

/** The townships that somebody has cases in; of a village, its own. */
function townshipsOf({ actor }: Context) {
  const scopes = reachOf(actor, 'aid.read').map((scope) => scope.slice(0, townshipDigits));
  return divisionsWithin(...scopes).filter(({ code }) => levelOf(code) === 'township');
}
