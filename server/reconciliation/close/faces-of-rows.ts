import { giftFaces } from '../../donations';
import type { Context } from '../../kernel/context';
import { documentLabels, findEntryOrThrow } from '../../ledger';
import type { Translate } from '../../platform/i18n/translator';
import { anyOf } from '../../platform/mongo/operators';
import { counterpart } from '../queue/line-words';
import { nameOf, StatementLine } from '../statements/statement-line.model';
import type { Break, Explained } from './day-close.model';

/** Who paid or was paid, as staff see it, and the number by which it is found. */
export interface Face {
  who?: string;
  number: string;
}

type Row = Pick<Break | Explained, 'kind' | 'ref'>;
const ofLines: readonly string[] = ['bankOnly', 'putAside', 'bankFee', 'lineLate'];
const ofEntries: readonly string[] = ['bookOnly', 'providerMissing', 'income'];
const ofGifts: readonly string[] = ['providerOnly', 'providerWaits', 'toldLate'];

/** The faces of the rows of a close, by their `ref`. What has neither payer nor number of ours is left out. */
export async function facesOf(ctx: Context, t: Translate, rows: readonly Row[]): Promise<Map<string, Face>> {
  const refsOf = (kinds: readonly string[]) => rows.filter(({ kind }) => kinds.includes(kind)).map(({ ref }) => ref);
  const [lines, entries, gifts] = await Promise.all([
    facesOfLines(ctx, t, refsOf(ofLines)),
    facesOfEntries(ctx, t, refsOf(ofEntries)),
    giftFaces(ctx, t, refsOf(ofGifts)),
  ]);
  return new Map<string, Face>([
    ...lines,
    ...entries,
    ...[...gifts].map(([ref, { giver: who, number }]) => [ref, { who, number }] as const),
  ]);
}

async function facesOfLines(ctx: Context, t: Translate, ids: readonly string[]): Promise<[string, Face][]> {
  const found = await StatementLine.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { serial: 1, nameSealed: 1 }).lean<StatementLine[]>();
  return found.map((line) => [line._id, { who: counterpart(nameOf(line)) || t('reconciliation:line.nobody'), number: line.serial }]);
}

/** An entry of a gift has its giver; another says of what it is. */
async function facesOfEntries(ctx: Context, t: Translate, seqs: readonly string[]): Promise<[string, Face][]> {
  const entries = await Promise.all(seqs.map((seq) => findEntryOrThrow(ctx, Number(seq))));
  const sources = entries.map(({ source }) => source);
  const [labels, gifts] = await Promise.all([
    documentLabels(ctx, sources),
    giftFaces(
      ctx,
      t,
      sources.map(({ id }) => id),
    ),
  ]);
  return entries.map(({ seq, source: { type, id } }) => {
    const gift = gifts.get(id);
    const text = gift?.number ?? labels.get(`${type}/${id}`)?.text ?? t('reconciliation:entry.number', { seq });
    return [String(seq), { ...(gift && { who: gift.giver }), number: text }];
  });
}
