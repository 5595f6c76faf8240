import { findHouseholdOrThrow, findHouseholds, householdsById, shownName } from '../households';
import type { Context } from '../kernel/context';
import { addDays, type LocalDate, monthOf, shanghaiDay } from '../kernel/local-date';
import { randomId } from '../kernel/random';
import type { Translate } from '../platform/i18n/translator';
import { formatDay } from '../platform/views/format';
import { divisionName } from '../regions';
import type { Deed } from './deed.model';
import { findDeedOrThrow, findDeedsRecordedBy } from './find-deeds';
import { findMonthRoom } from './find-points';
import { findPointRules } from './find-rules';
import { iconOf } from './head-icons';
import type { PointRule } from './point-rule.model';
import type { DeedFormQuery } from './points.inputs';

const namesShown = 12;
const recentShown = 3;
const recentLookedAt = 20;

/**
 * The form of a deed: which household, what, on which day; at the foot what the month still lets through. What this person recorded last
 * stands first; after a deed the next one of the same village, rule and day is one tap away.
 */
export async function deedFormPage(ctx: Context, t: Translate, query: DeedFormQuery) {
  const household = query.household ? await findHouseholdOrThrow(ctx, query.household) : undefined;
  const last = query.recorded ? await findDeedOrThrow(ctx, query.recorded) : undefined;
  const sameVillage = query.q ? undefined : last?.village;
  const own = await findDeedsRecordedBy(ctx, ctx.actor.id, recentLookedAt);
  const [rules, recent, found, room] = await Promise.all([
    findPointRules(ctx),
    recentHouseholds(ctx, own),
    household ? undefined : findHouseholds(ctx, { q: query.q, village: sameVillage, limit: namesShown }),
    household && findMonthRoom(ctx, household),
  ]);
  const today = shanghaiDay(ctx.clock.now());
  return {
    household: household && chosen(ctx, household),
    q: query.q,
    found: found?.rows.map((one) => chosen(ctx, one)),
    recent,
    rules: lastUsedFirst(rules, own).map(({ _id, head, item, score }) => ({
      value: _id,
      icon: iconOf(head),
      label: item,
      hint: t('ui:points', { count: score }),
    })),
    days: daysToChoose(ctx, t, today),
    today,
    room: room && { ...room, month: Number(monthOf(today).slice(5)) },
    recorded: last && { id: last._id, item: last.item, points: last.score },
    like: last && { rule: last.rule, ...dayChoice(last.day, today) },
    requestKey: randomId(ctx.random, 'req'),
  };
}

function daysToChoose({ locale }: Context, t: Translate, today: LocalDate) {
  const yesterday = addDays(today, -1);
  return [
    { value: today, label: t('points:form.today'), hint: formatDay(today, locale, today) },
    { value: yesterday, label: t('points:form.yesterday'), hint: formatDay(yesterday, locale, today) },
    { value: 'other', label: t('points:form.otherDay'), hint: t('points:form.otherDayHint') },
  ];
}

/** The day of a deed as the form's choices: today, yesterday, or a day of one's own. */
function dayChoice(day: LocalDate, today: LocalDate): { day: string; otherDay?: LocalDate } {
  return day === today || day === addDays(today, -1) ? { day } : { day: 'other', otherDay: day };
}

/** The rule book with what was used last in front; the rest in its own order. */
function lastUsedFirst(rules: readonly PointRule[], own: readonly Deed[]): PointRule[] {
  const used = [...new Set(own.map(({ rule }) => rule))];
  const rank = ({ _id }: PointRule) => (used.includes(_id) ? used.indexOf(_id) : used.length);
  return [...rules].sort((a, b) => rank(a) - rank(b));
}

async function recentHouseholds(ctx: Context, own: readonly Deed[]) {
  const ids = [...new Set(own.map(({ household }) => household))].slice(0, recentShown);
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
    number: household.number, // two masked names of one village may look the same
  };
}
