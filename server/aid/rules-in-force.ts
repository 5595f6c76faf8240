import { deductMigrantCosts, incomeLossFloor, incomeStatementAge, incomeWindowMode, monitoringLine, povertyLine } from '../households';
import type { Context } from '../kernel/context';
import { type LocalDate, localDate, yearOf } from '../kernel/local-date';
import { settingInForce, settingsInForce } from '../settings';
import { topUpBands, topUpLine, topUpMinimum, topUpMode, topUpYearCap, topUpYearOffset } from './aid.settings';

/**
 * The rules of a case, fixed by the day it was submitted and its village. The line is that of the year before (AI2), whatever day it
 * is decided on: the number in force on the last day of that year.
 */
export async function rulesInForce(ctx: Pick<Context, 'ledger'>, { submittedOn, village }: { submittedOn: LocalDate; village: string }) {
  const found = await settingsInForce(
    ctx,
    {
      lineName: topUpLine,
      yearOffset: topUpYearOffset,
      mode: topUpMode,
      yearCap: topUpYearCap,
      minimum: topUpMinimum,
      bands: topUpBands,
      windowMode: incomeWindowMode,
      statementAge: incomeStatementAge,
      lossFloor: incomeLossFloor,
      migrantCosts: deductMigrantCosts,
    },
    { day: submittedOn, place: village },
  );
  const year = yearOf(submittedOn) + found.yearOffset.value;
  const asked = found.lineName.value === 'poverty' ? povertyLine : monitoringLine;
  const line = await settingInForce(ctx, asked, { day: localDate(`${year}-12-31`), place: village });
  return {
    line: { name: found.lineName.value, year, fen: line.value },
    rule: {
      mode: found.mode.value,
      yearCapFen: found.yearCap.value,
      minimumFen: found.minimum.value,
      bands: found.bands.value,
    },
    windowMode: found.windowMode.value,
    statementAgeDays: found.statementAge.value,
    income: { lossFloor: found.lossFloor.value, deductMigrantCosts: found.migrantCosts.value },
    settings: [...Object.values(found).map(({ versionId }) => versionId), line.versionId],
  };
}
