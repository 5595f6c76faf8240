import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import { formatDay } from '../platform/views/format';
import { divisionFullName } from '../regions';
import type { Restriction } from './restrictions';

/** What money is for: "因病救助 · 安宁镇 · 用到2026年12月31日". */
export function restrictionWords(ctx: Pick<Context, 'locale'>, t: Translate, { purpose, area, lastDay }: Restriction): string {
  return [
    t(`donations:purpose.${purpose}`),
    area && divisionFullName(area, ctx.locale),
    lastDay && t('funds:until', { day: formatDay(lastDay, ctx.locale) }),
  ]
    .filter(Boolean)
    .join(' · ');
}
