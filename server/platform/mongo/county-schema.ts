import { Schema, type SchemaDefinition } from 'mongoose';
import type { CountyDocument } from './document-writes';

/**
 * A schema whose documents carry county and version. Ids are strings that we make; indexes are built at boot by
 * `ensureIndexes`, never by a first write; unknown fields are an error, since input was parsed before.
 */
export function countySchema<T extends CountyDocument>(definition: SchemaDefinition): Schema<T> {
  return new Schema<T>(
    {
      ...definition,
      _id: { type: String, required: true },
      ledger: { type: String, required: true, immutable: true },
      version: { type: Number, required: true },
    } as unknown as SchemaDefinition<T>,
    { autoIndex: false, autoCreate: false, versionKey: false, strict: 'throw', minimize: false, id: false },
  );
}
