import type { Context } from '../kernel/context';
import { absent, change, type DocumentGuard, type DocumentWrite, insertion, unchanged } from '../platform/mongo/document-writes';
import { findBook } from './find-setting-versions';
import { SettingBook } from './setting-book.model';

/** Guard and write that let one change of the county's numbers through at a time. Take it before reading what the change relies on. */
export interface Page {
  guard: DocumentGuard;
  write: DocumentWrite;
}

/** The book at its present revision, and its next one. */
export async function turnPage(ctx: Context): Promise<Page> {
  const book = await findBook(ctx);
  return book
    ? { guard: unchanged(SettingBook, book), write: change(SettingBook, book, {}) }
    : { guard: absent(SettingBook, ctx.ledger), write: insertion(ctx, SettingBook, { _id: ctx.ledger }) };
}
