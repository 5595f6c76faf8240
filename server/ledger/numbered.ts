import type { Context } from '../kernel/context';
import { halfWidth } from '../kernel/half-width';
import { isLocalDate } from '../kernel/local-date';
import { documentLabels } from './names';
import type { DocumentRef } from './posting';

/** A document that bears a number, and the entry that booked it where the document knows it. */
interface Numbered {
  id: string;
  seq?: number;
  /** The document under which the audit tells of it, where it is not itself: a refund is told of at its gift. */
  toldOf?: DocumentRef;
}

/** The documents with this number, of those that the actor may open or reads in the ledger; nothing also for all others. */
type ByNumber = (ctx: Context, number: string) => Promise<Numbered | readonly Numbered[] | undefined>;

const byType = new Map<string, (ctx: Context, typed: string) => Promise<readonly Numbered[]>>();
const shape = /^[A-Z][A-Z0-9]{0,5}-(?:\d{4}-)?\d{6,15}$/;
const dayShape = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const longestNumber = 60;

/** Lets the room that owns a type of business document find it by what stands on its paper; `reads` says which texts may be that. */
export function numberDocuments(type: string, find: ByNumber, reads: (typed: string) => string | undefined = readNumber): void {
  byType.set(type, async (ctx, typed) => {
    const number = reads(typed);
    const found = number === undefined ? undefined : await find(ctx, number);
    return found === undefined ? [] : [found].flat();
  });
}

/** A number as it stands on papers (`D-2026-000123`, `S01-000418`), read as people type it; undefined for anything else. */
export function readNumber(typed: string): string | undefined {
  const number = plain(typed).replace(/\s/g, '').toUpperCase();
  return shape.test(number) ? number : undefined;
}

/** A number that others gave, a bank, an office or a printer: any short text. */
export function readForeignNumber(typed: string): string | undefined {
  const number = plain(typed);
  return number !== '' && number.length <= longestNumber ? number : undefined;
}

/** A day as pages print it and as people type it: `2026-11-30`, `2026年11月30日`. */
export function readDay(typed: string): string | undefined {
  const [, year = '', month = '', day = ''] = dayShape.exec(plain(typed).replace(/\s/g, '')) ?? [];
  const read = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(read) ? read : undefined;
}

/** What the audit tells of whatever bears a number as it was typed, of what the actor may open or reads in the ledger. */
export async function documentsNumbered(ctx: Context, typed: string): Promise<DocumentRef[]> {
  const found = await allNumbered(ctx, typed);
  const told = found.map(({ type, id, toldOf }) => toldOf ?? { type, id });
  return [...new Map(told.map((one) => [`${one.type}/${one.id}`, one])).values()];
}

/** What a number leads this actor to: the page of its document, if they may open it, and the entry that booked it. */
export async function findByNumber(ctx: Context, typed: string): Promise<{ href?: string; seq?: number } | undefined> {
  const [first] = await allNumbered(ctx, typed);
  if (!first) return undefined;
  const href = (await documentLabels(ctx, [first])).get(`${first.type}/${first.id}`)?.href;
  return { ...(href !== undefined && { href }), ...(first.seq !== undefined && { seq: first.seq }) };
}

async function allNumbered(ctx: Context, typed: string): Promise<(Numbered & { type: string })[]> {
  const asked = [...byType].map(async ([type, find]) => (await find(ctx, typed)).map((found) => ({ type, ...found })));
  return (await Promise.all(asked)).flat();
}

const plain = (typed: string) => halfWidth(typed).trim();
