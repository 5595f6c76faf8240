import type { Context } from '../../kernel/context';

/** Which of these entries stand in the bank's statement: the line's page by the entry's key. */
export type BankLines = (ctx: Context, entryKeys: readonly string[]) => Promise<ReadonlyMap<string, string>>;

const readers: BankLines[] = [];

/** Lets the room that reads the bank's statements, which lies above this one, say what stands in them. */
export function nameBankLines(read: BankLines): void {
  readers.splice(0, readers.length, read); // an app made twice in one process (tests)
}

export async function bankLinesOf(ctx: Context, entryKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const [read] = readers;
  return read ? read(ctx, entryKeys) : new Map();
}
