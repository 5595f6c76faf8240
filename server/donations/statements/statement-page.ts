import type { Context } from '../../kernel/context';
import { localDate, shanghaiDay, yearOf } from '../../kernel/local-date';
import type { Translate } from '../../platform/i18n/translator';
import { formatSum } from '../../platform/views/format';
import { restrictionText } from '../gift-words';
import type { DonorStatement } from './find-statement';
import { type StatementSums, sumNames } from './statement-row';
import { paidByVillage, taxOfPeriod } from './statement-words';

const mostShown = 300; // rows of the page; the files hold all
const yearsOffered = 4;

/** The columns that a statement needs: what is nowhere more than nothing stays away, but never what came, was paid and is left. */
export function shownColumns(total: StatementSums): (keyof StatementSums)[] {
  const always: (keyof StatementSums)[] = ['came', 'paid', 'back', 'left'];
  return sumNames.filter((name) => always.includes(name) || total[name] !== 0);
}

/** The statement as a page. */
export async function statementPage(ctx: Context, t: Translate, statement: DonorStatement) {
  const { period, lines, total, agrees } = statement;
  const columns = shownColumns(total);
  const query = `from=${period.from}&to=${period.to}`;
  const year = yearOf(shanghaiDay(ctx.clock.now()));
  return {
    period,
    years: Array.from({ length: yearsOffered }, (_, ago) => {
      const [from, to] = [localDate(`${year - ago}-01-01`), localDate(`${year - ago}-12-31`)];
      const isNow = period.from === from && (period.to === to || (ago === 0 && period.to === shanghaiDay(ctx.clock.now())));
      return { href: `/my/statement?from=${from}&to=${to}`, label: t('donations:myReceipts.year', { year: year - ago }), current: isNow };
    }),
    heads: columns.map((name) => t(`donations:statement.column.${name}`)),
    rows: lines.slice(0, mostShown).map(({ gift, sums }) => ({
      number: gift.number,
      href: `/my/gifts/${gift.number}`,
      receivedOn: gift.received?.on,
      restriction: restrictionText(ctx, t, gift),
      figures: columns.map((name) => sums[name]),
      onPhone: t('donations:statement.onPhone', { came: formatSum(gift.amountFen), paid: formatSum(sums.paid) }),
    })),
    count: lines.length,
    more: Math.max(0, lines.length - mostShown),
    totals: columns.map((name) => total[name]),
    totalOnPhone: t('donations:statement.totalOnPhone', { came: formatSum(total.came), paid: formatSum(total.paid) }),
    stats: [
      ...(total.opening === 0 ? [] : [{ label: t('donations:statement.column.opening'), fen: total.opening, sign: '' }]),
      { label: t('donations:statement.column.came'), fen: total.came, sign: total.opening === 0 ? '' : '+' },
      { label: t('donations:statement.column.paid'), fen: total.paid, sign: '−' },
      { label: t('donations:my.back'), fen: total.back + total.fees, sign: '−' },
      { label: t('donations:statement.column.closing'), fen: total.closing, sign: '=' },
    ],
    villages: paidByVillage(ctx, t, statement),
    paidFen: total.paid,
    tax: await taxOfPeriod(ctx, t, statement),
    agrees,
    files: { excel: `/my/statement.xlsx?${query}`, pdf: `/my/statement.pdf?${query}` },
  };
}
