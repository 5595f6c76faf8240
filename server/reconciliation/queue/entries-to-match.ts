import { mainBank } from '../../funds';
import type { Context } from '../../kernel/context';
import { addDays, type LocalDate } from '../../kernel/local-date';
import { type StatementLine as EntryLine, findLinesOfDays } from '../../ledger';
import { payeesOfLines } from '../../payments';
import { anyOf } from '../../platform/mongo/operators';
import { type OpenEntry, windowDays } from './choose-entries';
import { claimId, EntryClaim } from './entry-claim.model';

const most = 100_000;

/** Entries of the charity's account that no line is yet, by what they move. Whoever matches one takes it out. */
export class EntriesToMatch {
  readonly #byChange = new Map<number, OpenEntry[]>();
  readonly #byBatch = new Map<string, OpenEntry[]>();

  constructor(entries: readonly OpenEntry[]) {
    for (const entry of entries) {
      put(this.#byChange, entry.change, entry);
      if (entry.payee) put(this.#byBatch, entry.payee.batch, entry);
    }
  }

  /** What can be a line of this sum, or one that names these batches. */
  around(amountFen: number, batches: readonly string[] = []): OpenEntry[] {
    const all = [...(this.#byChange.get(amountFen) ?? []), ...batches.flatMap((batch) => this.#byBatch.get(batch) ?? [])];
    return [...new Set(all)];
  }

  take(entries: readonly OpenEntry[]): void {
    for (const entry of entries) {
      drop(this.#byChange.get(entry.change), entry);
      if (entry.payee) drop(this.#byBatch.get(entry.payee.batch), entry);
    }
  }
}

function put<Key>(map: Map<Key, OpenEntry[]>, key: Key, entry: OpenEntry): void {
  map.set(key, [...(map.get(key) ?? []), entry]);
}

function drop(list: OpenEntry[] | undefined, entry: OpenEntry): void {
  const at = list?.indexOf(entry) ?? -1;
  if (at >= 0) list?.splice(at, 1);
}

/** The entries that lines of these days may be. */
export async function entriesToMatch(ctx: Context, days: { from: LocalDate; to: LocalDate }): Promise<EntriesToMatch> {
  const around = { from: addDays(days.from, -windowDays.before), to: addDays(days.to, windowDays.after) };
  const lines = await findLinesOfDays(ctx, mainBank, around, most);
  return new EntriesToMatch(await unclaimed(ctx, lines));
}

/** Those of these lines of the account that no line of a statement is. */
export async function unclaimed(ctx: Context, lines: readonly EntryLine[]): Promise<OpenEntry[]> {
  const byClaim = new Map(lines.map((line) => [claimId(ctx, line.key), line]));
  const claims = await EntryClaim.find({ ledger: ctx.ledger, _id: anyOf([...byClaim.keys()]) }, { _id: 1 }).lean<{ _id: string }[]>();
  for (const { _id } of claims) byClaim.delete(_id);
  const open = [...byClaim.values()];
  const payments = open.filter(({ source }) => source.type === 'paymentLine').map(({ source }) => source.id);
  const payees = await payeesOfLines(ctx, payments);
  return open.map(({ key, seq, effectiveOn: day, change, kind, source }) => {
    const payee = payees.get(source.id);
    return { key, seq, day, change, kind, source, ...(payee && { payee }) };
  });
}
