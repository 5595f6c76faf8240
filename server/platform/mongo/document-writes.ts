import type { Model } from 'mongoose';
import type { Context } from '../../kernel/context';
import { invariant } from '../../kernel/errors';

/** Every business document has these: the county, and a version that each write raises by one. */
export interface CountyDocument {
  _id: string;
  ledger: string;
  version: number;
}

/** What a commit relies on: the document is at this version, or is not there. */
export interface DocumentGuard {
  in: string;
  id: string;
  is: number | 'absent';
}

/** A change to one business document. An update or removal needs a guard on the same document, so that the commit has loaded it. */
export type DocumentWrite =
  | { insert: string; document: CountyDocument & Record<string, unknown> }
  | { update: string; id: string; set: Record<string, unknown>; unset?: readonly string[] }
  | { remove: string; id: string };

/** Relies on the document being as it was read. */
export function unchanged<T extends CountyDocument>(model: Model<T>, document: Pick<T, '_id' | 'version'>): DocumentGuard {
  return { in: model.collection.name, id: document._id, is: document.version };
}

/** Relies on no document having this id: how a claim is taken (the id is the thing claimed). */
export function absent<T extends CountyDocument>(model: Model<T>, id: string): DocumentGuard {
  return { in: model.collection.name, id, is: 'absent' };
}

/** A new document at version 1, checked by the model's schema; a misfit is a fault of ours, since input was parsed before. */
export function insertion<T extends CountyDocument>(
  ctx: Pick<Context, 'ledger'>,
  model: Model<T>,
  fields: Omit<T, 'ledger' | 'version'>,
): DocumentWrite {
  const document = new model({ ...fields, ledger: ctx.ledger, version: 1 });
  // `validate()` is asynchronous and a commit's writes are not; `validateSync()` is this with a warning each time (Mongoose 9.12).
  const misfit = (document as unknown as { $__validateSync(): { errors: object } | null }).$__validateSync();
  invariant(!misfit, 'document.fits-schema', { model: model.modelName, misfit: misfit ? Object.keys(misfit.errors).join(' ') : '' });
  return { insert: model.collection.name, document: document.toObject() as unknown as CountyDocument & Record<string, unknown> };
}

/** Sets fields of a document that the same posting guards; `undefined` unsets a field. */
export function change<T extends CountyDocument>(model: Model<T>, document: Pick<T, '_id'>, fields: Partial<T>): DocumentWrite {
  const entries = Object.entries(fields);
  const unset = entries.filter(([, value]) => value === undefined).map(([key]) => key);
  const set = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  return unset.length > 0
    ? { update: model.collection.name, id: document._id, set, unset }
    : { update: model.collection.name, id: document._id, set };
}

/** Removes a document that the same posting guards: only for claims that move (a card number, a login name), never for history. */
export function removal<T extends CountyDocument>(model: Model<T>, document: Pick<T, '_id'>): DocumentWrite {
  return { remove: model.collection.name, id: document._id };
}
