import type { Context } from '../../kernel/context';
import { AppError } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { countyCode } from '../../regions';
import { defineSetting, settingInForce, zSettingYesNo } from '../../settings';

/** Whether the provider's fee is taken from the gift itself. No: the purpose `operating` pays it and the gift stays whole (DO4). */
const feeFromGift = defineSetting({ name: 'fee.fromGift', room: 'donations', unit: 'yesNo', schema: zSettingYesNo, sample: false });

/** The rule in force today; undefined while the county has not set it: then fees wait, since nothing is decided without a rule. */
export async function feesComeFromGift(ctx: Context): Promise<boolean | undefined> {
  try {
    return (await settingInForce(ctx, feeFromGift, { day: shanghaiDay(ctx.clock.now()), place: countyCode() })).value;
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule.none-in-force') return undefined;
    throw error;
  }
}
