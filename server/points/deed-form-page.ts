import { findHouseholdOrThrow, findHouseholds, householdsById, shownName } from '../households';
import type { Context } from '../kernel/context';
import { addDays, type LocalDate, monthOf, shanghaiDay } from '../kernel/local-date';
import { randomId } from '../kernel/random';
import type { Translate } from '../platform/i18n/translator';
import { formatDay } from '../platform/views/format';
import { divisionName } from '../regions';
import { findDeedOrThrow, findDeedsRecordedBy } from './find-deeds';
import { findMonthRoom } from './find-points';
import { findPointRules } from './find-rules';
import { iconOf } from './head-icons';
import type { DeedFormQuery } from './points.inputs';

const namesShown = 12;
const recentShown = 3;

/** The form of a deed: which household, what, on which day; at the foot what the month still lets through. */
export async function deedFormPage(ctx: Context, t: Translate, query: DeedFormQuery) {
  const household = query.household ? await findHouseholdOrThrow(ctx, query.household) : undefined;
  const [rules, recent, found, room, last] = await Promise.all([
    findPointRules(ctx),
    recentHouseholds(ctx),
    household ? undefined : findHouseholds(ctx, { q: query.q, limit: namesShown }),
    household && findMonthRoom(ctx, household),
    query.recorded && findDeedOrThrow(ctx, query.recorded),
  ]);
  const today = shanghaiDay(ctx.clock.now());
  return {
    household: household && chosen(ctx, household),
    q: query.q,
    found: found?.rows.map((one) => chosen(ctx, one)),
    recent,
    rules: rules.map(({ _id, head, item, score }) => ({
      value: _id,
      icon: iconOf(head),
      label: item,
      hint: t('ui:points', { count: score }),
    })),
    days: daysToChoose(ctx, t, today),
    today,
    room: room && { ...room, month: Number(monthOf(today).slice(5)) },
    recorded: last && { item: last.item, points: last.score },
    requestKey: randomId(ctx.random, 'req'),
  };
}

function daysToChoose({ locale }: Context, t: Translate, today: LocalDate) {
  const yesterday = addDays(today, -1);
  return [
    { value: today, label: t('points:form.today'), hint: formatDay(today, locale, true) },
    { value: yesterday, label: t('points:form.yesterday'), hint: formatDay(yesterday, locale, true) },
    { value: 'other', label: t('points:form.otherDay'), hint: t('points:form.otherDayHint') },
  ];
}

async function recentHouseholds(ctx: Context) {
  const deeds = await findDeedsRecordedBy(ctx, ctx.actor.id, 20);
  const ids = [...new Set(deeds.map(({ household }) => household))].slice(0, recentShown);
  const households = await householdsById(ctx, ids);
  return ids.flatMap((id) => households.get(id) ?? []).map((household) => chosen(ctx, household));
}

function chosen(
  { locale }: Pick<Context, 'locale'>,
  household: Parameters<typeof shownName>[0] & { _id: string; village: string; members: readonly unknown[] },
) {
  const name = shownName(household);
  return {
    id: household._id,
    name,
    initial: [...name][0],
    village: divisionName(household.village, locale),
    members: household.members.length,
  };
}
