import type { Context } from '../../kernel/context';
import type { LocalDate } from '../../kernel/local-date';
import type { Translate } from '../../platform/i18n/translator';
import { divisionFullName } from '../../regions';
import { taxAdvice } from '../receipts/tax-advice';
import type { DonorStatement } from './find-statement';

export interface PaidInVillage {
  village: string;
  payments: number;
  fen: number;
}

/** What the gifts of a statement paid, by village, the largest sum first; goods for the shops' shelves are a row of their own. */
export function paidByVillage(ctx: Context, t: Translate, { lines }: Pick<DonorStatement, 'lines'>): PaidInVillage[] {
  const found = new Map<string, { seqs: Set<number>; fen: number }>();
  for (const { kind, village, seq, amountFen } of lines.flatMap(({ paid }) => paid)) {
    const name = village ? divisionFullName(village, ctx.locale) : t(`donations:part.${kind}`);
    const row = found.get(name) ?? { seqs: new Set(), fen: 0 };
    found.set(name, { seqs: row.seqs.add(seq), fen: row.fen + amountFen });
  }
  return [...found].map(([village, { seqs, fen }]) => ({ village, payments: seqs.size, fen })).sort((a, b) => b.fen - a.fen);
}

/** What may be deducted of the gifts that came in the period, by the numbers of their days: one sentence for each range of days. */
export async function taxOfPeriod(ctx: Context, t: Translate, { lines }: Pick<DonorStatement, 'lines'>) {
  const texts: { from: LocalDate; to: LocalDate; text: string; fen: number }[] = [];
  let asked: { day?: LocalDate; text?: string | undefined } = {};
  for (const { gift, sums } of lines) {
    const day = gift.received?.on;
    if (!day || sums.came === 0) continue;
    if (asked.day !== day) asked = { day, text: await taxAdvice(ctx, t, { donorKind: gift.donorKind, day }) };
    if (asked.text === undefined) continue;
    const last = texts.at(-1);
    if (last?.text === asked.text) Object.assign(last, { to: day, fen: last.fen + sums.came - sums.back });
    else texts.push({ from: day, to: day, text: asked.text, fen: sums.came - sums.back });
  }
  return texts;
}
