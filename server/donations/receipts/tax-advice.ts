import type { Context } from '../../kernel/context';
import { AppError } from '../../kernel/errors';
import type { LocalDate } from '../../kernel/local-date';
import type { Translate } from '../../platform/i18n/translator';
import { countyCode } from '../../regions';
import { settingInForce } from '../../settings';
import { givingAdvice, taxFullRelief } from '../donations.settings';
import type { DonorKind } from '../donor-kinds';
import { taxTextOf } from './tax-text';

/** What a giver may be told about tax, by the numbers in force on the day on which the money arrived; undefined where nothing fits. */
export async function taxAdvice(
  ctx: Context,
  t: Translate,
  { donorKind, day }: { donorKind: DonorKind; day: LocalDate },
): Promise<string | undefined> {
  const at = { day, place: countyCode() };
  const [numbers, isFull] = await Promise.all([givingAdvice(ctx, at), isFullRelief(ctx, at)]);
  const text = taxTextOf(donorKind, { ...numbers, isFull });
  if (!text) return undefined;
  const { key, ...params } = text;
  return t(`donations:tax.${key}`, params);
}

async function isFullRelief(ctx: Context, at: { day: LocalDate; place: string }): Promise<boolean> {
  try {
    return (await settingInForce(ctx, taxFullRelief, at)).value;
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule.none-in-force') return false;
    throw error;
  }
}
