import mongoose, { type Model } from 'mongoose';
import { type Cause, causes } from '../kernel/causes';
import type { DivisionCode } from '../kernel/division-code';
import type { LocalDate } from '../kernel/local-date';
import type { NameKeys } from '../kernel/pinyin';
import type { StateRecord } from '../kernel/state-table';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import { type BankAccountState, type HouseholdState, householdStates } from './household.states';

export const relations = ['head', 'spouse', 'child', 'parent', 'grandchild', 'grandparent', 'sibling', 'other'] as const;
type Relation = (typeof relations)[number];

export const labourAbilities = ['full', 'part', 'none'] as const;
type LabourAbility = (typeof labourAbilities)[number];

/** The monitored groups of the plan (DOMAIN 3, MO1). */
export const monitoredGroups = ['marginal', 'unstable', 'suddenHardship'] as const;
export type MonitoredGroup = (typeof monitoredGroups)[number];

/** One who lives in the household. The ID number is sealed with the place `household/<id>/<member id>/idNumber`. */
export interface Member {
  id: string;
  name: string;
  relation: Relation;
  birth: LocalDate;
  sex: 'male' | 'female';
  idSealed: string;
  labour: LabourAbility;
  student: boolean;
  /** 1 (gravest) to 4, as on the disability card. */
  disabilityLevel?: number;
}

/** Sealed with the place `household/<id>/bankAccount/<account id>`; each change is a new id, so an old text cannot come back. */
interface HouseholdBankAccount {
  id: string;
  bank: string;
  holder: string;
  sealed: string;
  hash: string;
  tail: string;
  state: StateRecord<BankAccountState>;
  enteredBy: string;
  /** The bank's own words when it sent a payment back. */
  failure?: string;
}

interface Monitored {
  group: MonitoredGroup;
  cause: Cause;
  since: LocalDate;
  by: string;
}

export interface Household extends CountyDocument {
  /** Readable number, `H-2026-000001`: on papers, never in the ledger. */
  number: string;
  /** What the ledger knows the household by; erasing a person erases this link (LEDGER 7). */
  surrogate: string;
  village: DivisionCode;
  state: StateRecord<HouseholdState>;
  members: Member[];
  /** Of the head: for lists and search by sound or first letters. */
  headName: string;
  headKeys: NameKeys;
  headId: string;
  phoneSealed?: string;
  phoneHash?: string;
  bankAccount?: HouseholdBankAccount;
  monitored?: Monitored;
  /** The income statement that counts: one for all who sign at once, and who relies on it sees a newer one by this document's version. */
  signedStatement?: string;
}

const state = { name: { type: String, required: true }, by: { type: String, required: true }, at: { type: Date, required: true } };
const member = {
  id: { type: String, required: true },
  name: { type: String, required: true },
  relation: { type: String, required: true, enum: relations },
  birth: { type: String, required: true },
  sex: { type: String, required: true },
  idSealed: { type: String, required: true },
  labour: { type: String, required: true, enum: labourAbilities },
  student: { type: Boolean, required: true },
  disabilityLevel: Number,
};
const bankAccount = {
  id: { type: String, required: true },
  bank: { type: String, required: true },
  holder: { type: String, required: true },
  sealed: { type: String, required: true },
  hash: { type: String, required: true },
  tail: { type: String, required: true },
  state,
  enteredBy: { type: String, required: true },
  failure: String,
};
const monitored = {
  group: { type: String, required: true, enum: monitoredGroups },
  cause: { type: String, required: true, enum: causes },
  since: { type: String, required: true },
  by: { type: String, required: true },
};

const schema = countySchema<Household>({
  number: { type: String, required: true },
  surrogate: { type: String, required: true },
  village: { type: String, required: true },
  state: { ...state, name: { type: String, required: true, enum: householdStates.states } },
  members: { type: [new mongoose.Schema(member, { _id: false })], required: true },
  headName: { type: String, required: true },
  headKeys: { sortKey: String, spelling: String, initials: String },
  headId: { type: String, required: true },
  phoneSealed: String,
  phoneHash: String,
  bankAccount: new mongoose.Schema(bankAccount, { _id: false }),
  monitored: new mongoose.Schema(monitored, { _id: false }),
  signedStatement: String,
});
schema.index({ ledger: 1, village: 1, 'headKeys.sortKey': 1, _id: 1 });
schema.index({ ledger: 1, number: 1 });
schema.index({ ledger: 1, surrogate: 1 });
schema.index({ ledger: 1, phoneHash: 1 }, { sparse: true });

export const Household: Model<Household> = mongoose.model<Household>('Household', schema, 'households');
