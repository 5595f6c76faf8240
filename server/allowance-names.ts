import { householdsBySurrogate, shownName } from './households';
import type { Context } from './kernel/context';
import { isLocalDate } from './kernel/local-date';
import { type AccountCode, allowance, allowanceGranted, nameAccounts, nameDocuments } from './ledger';
import { sharedTranslator } from './platform/i18n/translator';
import { formatDay, formatMonth } from './platform/views/format';
import { divisionName } from './regions';

/** The limits of all rooms lie in one class of accounts, so they are named above the rooms: what is limited, for whom, and when. */
export function nameAllowances(): void {
  nameAccounts(allowance.className, async (ctx, codes) => {
    const ruleName = await ruleNames(ctx);
    const parts = codes.map((code) => [code, code.split(':').slice(1)] as const);
    const households = await householdsBySurrogate(
      ctx,
      parts.map(([, [, subject = '']]) => subject),
    );
    return new Map(
      parts.map(([code, [rule = '', subject = '', period = '']]): [AccountCode, { text: string }] => {
        const household = households.get(subject);
        const who = household ? shownName(household) : divisionName(subject, ctx.locale);
        return [code, { text: [ruleName(rule), who, periodText(ctx, period)].join(' · ') }];
      }),
    );
  });
  nameAccounts(allowanceGranted.className, async (ctx, codes) => named(ctx, codes, (code) => code.split(':')[1] ?? ''));
  nameDocuments('allowance', async (ctx, ids) => named(ctx, ids, (id) => id));
}

async function named(ctx: Context, keys: readonly string[], ruleOf: (key: string) => string) {
  const ruleName = await ruleNames(ctx);
  return new Map(keys.map((key) => [key, { text: ruleName(ruleOf(key)) }]));
}

/** `points-month` has words of its own, `limit-rice` those of its good. */
async function ruleNames(ctx: Context): Promise<(rule: string) => string> {
  const t = (await sharedTranslator()).in(ctx.locale);
  return (rule) => {
    const good = /^limit-(.+)$/.exec(rule)?.[1];
    return good ? t('accounts:limitOf', { good: t(`accounts:good.${good}`) }) : t(`accounts:ruleOf.${rule}`);
  };
}

/** A year, a month, or a day that stands for itself or begins a week. */
function periodText({ locale }: Context, period: string): string {
  if (isLocalDate(period)) return formatDay(period, locale);
  return /^\d{4}-\d{2}$/.test(period) ? formatMonth(period, locale) : period;
}
