import type { Context } from '../kernel/context';
import { AppError } from '../kernel/errors';
import { localDate } from '../kernel/local-date';
import { type At, defineSetting, settingsInForce, zSettingWhole, zSettingYesNo } from '../settings';

const room = 'donations';

/** Days after arrival within which the tax receipt is issued (sample of a Hebei foundation). */
const receiptDays = defineSetting({ name: 'receipt.days', room, unit: 'days', schema: zSettingWhole(1, 90), sample: 7 });

/** Share of the year's profit that an enterprise may deduct, in basis points, and the years it may carry the rest (DO6). Advice only. */
const taxEnterprise = defineSetting({
  name: 'tax.enterpriseBp',
  room,
  unit: 'percent',
  schema: zSettingWhole(0, 10_000),
  sample: 1_200,
});
const taxCarryYears = defineSetting({ name: 'tax.carryYears', room, unit: 'years', schema: zSettingWhole(0, 10), sample: 3 });

/** Share of taxable income that a person may deduct, in basis points (DO6). */
const taxPerson = defineSetting({ name: 'tax.personBp', room, unit: 'percent', schema: zSettingWhole(0, 10_000), sample: 3_000 });

/** Whether gifts to this place may be deducted in full: companies' gifts to the 832 listed counties, until the end of 2025 (DO6). */
export const taxFullRelief = defineSetting({
  name: 'tax.fullRelief',
  room,
  unit: 'yesNo',
  schema: zSettingYesNo,
  sample: true,
  sampleHistory: [{ value: true, from: localDate('2019-01-01'), to: localDate('2025-12-31') }],
});

/** What the give page promises and advises; shares in whole percent. */
export interface GivingAdvice {
  receiptDays: number;
  enterprisePct: number;
  carryYears: number;
  personPct: number;
}

/** The advice in force; none when a number is missing, since the page is better without it than closed. */
export async function givingAdvice(ctx: Context, at: At): Promise<GivingAdvice | undefined> {
  try {
    const found = await settingsInForce(ctx, { days: receiptDays, enterprise: taxEnterprise, carry: taxCarryYears, person: taxPerson }, at);
    return {
      receiptDays: found.days.value,
      enterprisePct: Math.floor(found.enterprise.value / 100),
      carryYears: found.carry.value,
      personPct: Math.floor(found.person.value / 100),
    };
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule.none-in-force') return undefined;
    throw error;
  }
}
