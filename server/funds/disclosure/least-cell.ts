import type { Context } from '../../kernel/context';
import { AppError } from '../../kernel/errors';
import type { LocalDate } from '../../kernel/local-date';
import { countyCode } from '../../regions';
import { settingInForce } from '../../settings';
import { minCell } from './disclosure.settings';

/** The least number of households behind a public figure. Without a rule in force nothing small may be shown: then it is out of reach. */
export async function leastCell(ctx: Context, day: LocalDate): Promise<number> {
  try {
    return (await settingInForce(ctx, minCell, { day, place: countyCode() })).value;
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule.none-in-force') return Number.MAX_SAFE_INTEGER;
    throw error;
  }
}
