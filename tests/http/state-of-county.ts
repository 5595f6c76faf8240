import mongoose from 'mongoose';

/** A digest of each collection. */
export async function stateOfCounty(): Promise<Record<string, string>> {
  const answer = await mongoose.connection.db?.command({ dbHash: 1 });
  const { writers, heads, ...collections } = (answer?.['collections'] ?? {}) as Record<string, string>;
  return collections; // without the ledger's machinery: processes sign in, and an empty commit bumps the head
}

/** The collections that are no longer as they were. */
export function changedSince(before: Record<string, string>, now: Record<string, string>): string[] {
  return Object.keys({ ...before, ...now }).filter((name) => before[name] !== now[name]);
}
