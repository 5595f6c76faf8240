import { findHouseholdOrThrow, shownName } from '../households';
import type { Context } from '../kernel/context';
import { AppError } from '../kernel/errors';
import { localDate, shanghaiDay } from '../kernel/local-date';
import { randomId } from '../kernel/random';
import type { Translate } from '../platform/i18n/translator';
import { formatDay } from '../platform/views/format';
import { divisionFullName } from '../regions';
import { findHouseholdAid } from './find-cases';
import { gatesOf } from './gates-of';
import { sheetView } from './sheet-view';
import { takeSheet } from './take-sheet';

/** Before a request: the sheet as it would be taken today, and whether the gates are open, so that nobody asks in vain. */
export async function requestPage(ctx: Context, t: Translate, id: string) {
  const household = await findHouseholdOrThrow(ctx, id);
  const given = await findHouseholdAid(ctx, id);
  const gates = await gatesOf(ctx, household);
  const named = (kinds: readonly string[]) => kinds.map((kind) => t(`relief:kind.${kind}`)).join(t('aid:and'));
  const { sheet, oldUntil } = await sheetOrReason(ctx, household, given);
  const checks = [
    { text: t('aid:check.monitored'), unmet: !gates.monitored },
    {
      text: gates.pending.length > 0 ? t('aid:check.pending', { kinds: named(gates.pending) }) : t('aid:check.reliefSettled'),
      unmet: gates.pending.length > 0,
    },
    {
      text: oldUntil ? t('aid:check.incomeTooOld', { day: formatDay(oldUntil, ctx.locale) }) : t('aid:check.signedIncome'),
      unmet: sheet === undefined,
    },
    { text: t('aid:check.noOther'), unmet: given?.running !== undefined },
    { text: t('aid:check.hasSum'), unmet: !sheet || sheet.sums.topUpFen === 0 },
  ];
  return {
    household: id,
    number: household.number,
    who: shownName(household),
    where: divisionFullName(household.village, ctx.locale),
    members: household.members.length,
    requestKey: randomId(ctx.random, 'key'),
    amountFen: sheet?.sums.topUpFen ?? 0,
    sheet: sheet && sheetView(t, ctx.locale, { sheet, household: id, amountFen: sheet.sums.topUpFen }),
    checks,
    ready: checks.every(({ unmet }) => !unmet),
    running: given?.running,
  };
}

async function sheetOrReason(
  ctx: Context,
  household: Parameters<typeof takeSheet>[1]['household'],
  given: Parameters<typeof takeSheet>[1]['given'],
) {
  try {
    const sheet = await takeSheet(ctx, { household, submittedOn: shanghaiDay(ctx.clock.now()), given, caseId: '' });
    return { sheet };
  } catch (error) {
    if (error instanceof AppError && error.code === 'aid.no-signed-income') return {};
    if (error instanceof AppError && error.code === 'aid.income-too-old') return { oldUntil: localDate(String(error.details['to'])) };
    throw error;
  }
}
