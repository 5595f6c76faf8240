import mongoose, { type Model } from 'mongoose';
import type { MonitoredGroup } from '../households';
import type { Cause } from '../kernel/causes';
import type { LocalDate } from '../kernel/local-date';
import type { NameKeys } from '../kernel/pinyin';
import type { StateRecord } from '../kernel/state-table';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import type { ReliefKind } from '../relief';
import { type AidCaseState, aidCaseStates } from './aid-case.states';
import type { ApprovalPolicy } from './approvals-needed';
import type { WorkingSheet } from './working-sheet';

/** A step that was taken, newest last. Notes are the officers' own words; they stay on staff pages. */
export interface CaseStep {
  what: AidCaseState | 'requested' | 'noticeEnded' | 'signed' | 'returned' | 'withdrawn';
  by: string;
  at: Date;
  round: number;
  note?: string;
}

/** An approver's signature. One of an earlier round stays on file and no longer counts. */
export interface Approval {
  by: string;
  at: Date;
  round: number;
  opinion: string;
}

export interface AidCase extends CountyDocument {
  number: string;
  household: string;
  /** The household in the ledger. */
  surrogate: string;
  headName: string;
  headKeys: NameKeys;
  village: string;
  cause: Cause;
  group: MonitoredGroup;
  members: number;
  submittedAt: Date;
  submittedOn: LocalDate;
  requester: string;
  reviewer?: string | undefined;
  round: number;
  sheet: WorkingSheet;
  gapFen: number;
  /** What is proposed, later what was decided; never more than the sheet's sum. */
  amountFen: number;
  policy: ApprovalPolicy;
  approvals: Approval[];
  visit?: { on: LocalDate; people: number; finding: string };
  appraisal?: { on: LocalDate; present: number; minutes: string };
  notice?: string | undefined;
  /** The day after the notice's last day: from then on the township may review. */
  reviewFrom?: LocalDate;
  /** Kinds of relief that the reviewer let pass though overdue. */
  waived: { kind: ReliefKind; reason: string; by: string }[];
  /** Of the meeting that sums above `approval.meeting` need. */
  meetingMinutes?: string;
  /** Key of the entry that reserved the sum. */
  reservedBy?: string;
  state: StateRecord<AidCaseState>;
  /** The day by which the next step should be done. */
  dueOn: LocalDate;
  steps: CaseStep[];
}

const text = { type: String, required: true };
const whole = { type: Number, required: true };
const instant = { type: Date, required: true };
const inner = (definition: Record<string, unknown>) => new mongoose.Schema(definition, { _id: false });

const schema = countySchema<AidCase>({
  number: text,
  household: text,
  surrogate: text,
  headName: text,
  headKeys: { sortKey: String, spelling: String, initials: String },
  village: text,
  cause: text,
  group: text,
  members: whole,
  submittedAt: instant,
  submittedOn: text,
  requester: text,
  reviewer: String,
  round: whole,
  sheet: { type: mongoose.Schema.Types.Mixed, required: true },
  gapFen: whole,
  amountFen: whole,
  policy: { approvals: whole, minutes: { type: Boolean, required: true } },
  approvals: { type: [inner({ by: text, at: instant, round: whole, opinion: String })], required: true },
  visit: inner({ on: text, people: whole, finding: text }),
  appraisal: inner({ on: text, present: whole, minutes: text }),
  notice: String,
  reviewFrom: String,
  waived: { type: [inner({ kind: text, reason: text, by: text })], required: true },
  meetingMinutes: String,
  reservedBy: String,
  state: { name: { type: String, required: true, enum: aidCaseStates.states }, by: text, at: instant },
  dueOn: text,
  steps: { type: [inner({ what: text, by: text, at: instant, round: whole, note: String })], required: true },
});
schema.index({ ledger: 1, 'state.name': 1, dueOn: 1, submittedAt: 1, _id: 1 });
schema.index({ ledger: 1, dueOn: 1, submittedAt: 1, _id: 1 });
schema.index({ ledger: 1, village: 1, 'state.name': 1 });
schema.index({ ledger: 1, household: 1, submittedAt: -1 });
schema.index({ ledger: 1, number: 1 });

export const AidCase: Model<AidCase> = mongoose.model<AidCase>('AidCase', schema, 'aidCases');
