import mongoose, { type Model } from 'mongoose';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';

/**
 * One document a county, raised by every change of a setting: two changes at once meet here, so that no overlap and no broken rule
 * between two numbers can slip through. `_id` is the ledger, `version` the county's revision of all numbers.
 */
export type SettingBook = CountyDocument;

export const SettingBook: Model<SettingBook> = mongoose.model<SettingBook>('SettingBook', countySchema<SettingBook>({}), 'settingBooks');
