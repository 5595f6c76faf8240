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

const schema = countySchema<Certificate>({
  number: { type: String, required: true },
  holder: { type: String, required: true },
  authority: { type: String, required: true },
  validFrom: { type: String, required: true },
  validTo: { type: String, required: true },
  scan: String,
  recordedBy: { type: String, required: true },
  recordedAt: { type: Date, required: true },
});
schema.index({ ledger: 1, validTo: 1 });

export const Certificate: Model<Certificate> = mongoose.model<Certificate>('Certificate', schema, 'certificates');
