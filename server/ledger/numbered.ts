import type { Context } from '../kernel/context';
import { halfWidth } from '../kernel/half-width';
import { documentLabels } from './names';

/** The document that bears a number, and the entry that booked it where the document knows it. */
interface Numbered {
  id: string;
  seq?: number;
}

/** The document with this number, of those that the actor may open or reads in the ledger; undefined also for all others. */
type ByNumber = (ctx: Context, number: string) => Promise<Numbered | undefined>;

const byType = new Map<string, ByNumber>();
const shape = /^[A-Z][A-Z0-9]{0,5}-(?:\d{4}-)?\d{6,15}$/;

/** Lets the room that owns a type of business document find one by the number on its paper. */
export function numberDocuments(type: string, find: ByNumber): void {
  byType.set(type, find);
}

/** A number as it stands on papers (`D-2026-000123`, `S01-000418`), read as people type it; undefined for anything else. */
export function readNumber(typed: string): string | undefined {
  const number = halfWidth(typed).replace(/\s/g, '').toUpperCase();
  return shape.test(number) ? number : undefined;
}

/** All documents that bear a number as it was typed, of those that the actor may open or reads in the ledger. */
export async function documentsNumbered(ctx: Context, typed: string): Promise<{ type: string; id: string }[]> {
  const number = readNumber(typed);
  if (number === undefined) return [];
  const asked = [...byType].map(async ([type, find]) => ({ type, id: (await find(ctx, number))?.id }));
  return (await Promise.all(asked)).flatMap(({ type, id }) => (id === undefined ? [] : [{ type, id }]));
}

/** What a number leads this actor to: the page of its document, if they may open it, and the entry that booked it. */
export async function findByNumber(ctx: Context, number: string): Promise<{ href?: string; seq?: number } | undefined> {
  const asked = [...byType].map(async ([type, find]) => ({ type, found: await find(ctx, number) }));
  for (const { type, found } of await Promise.all(asked)) {
    if (!found) continue;
    const href = (await documentLabels(ctx, [{ type, id: found.id }])).get(`${type}/${found.id}`)?.href;
    return { ...(href !== undefined && { href }), ...(found.seq !== undefined && { seq: found.seq }) };
  }
  return undefined;
}
