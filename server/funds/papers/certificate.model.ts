import mongoose, { type Model } from 'mongoose';
import type { LocalDate } from '../../kernel/local-date';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';

/** The public fundraising certificate (公开募捐资格证书) of the charity that holds the fund (FU1). Never edited: a new one follows. */
export interface Certificate extends CountyDocument {
  number: string;
  /** The charity. */
  holder: string;
  /** The civil-affairs department that issued it. */
  authority: string;
  validFrom: LocalDate;
  validTo: LocalDate;
  /** Where the scan lies: a number of the file. Papers of the first counties have none. */
  scan?: string;
  recordedBy: string;
  recordedAt: Date;
}

const text = { type: String, required: true };
/** What a certificate says, for itself and for the proposal that brings it in. */
export const certificateFields = {
  number: text,
  holder: text,
  authority: text,
  validFrom: text,
  validTo: text,
} satisfies mongoose.SchemaDefinition;

const schema = countySchema<Certificate>({
  ...certificateFields,
  scan: String,
  recordedBy: text,
  recordedAt: { type: Date, required: true },
});
schema.index({ ledger: 1, validTo: 1 });

export const Certificate: Model<Certificate> = mongoose.model<Certificate>('Certificate', schema, 'certificates');
