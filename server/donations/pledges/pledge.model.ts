import mongoose, { type Model } from 'mongoose';
import type { Restriction } from '../../funds';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { type OrganisationKind, organisationKinds } from '../donor-kinds';
import { restrictionSchema } from '../gift.model';
import { type KeptGiver, keptGiver } from '../kept-giver.model';
import { type PledgeState, pledgeStates } from './pledge.states';

/** How it was promised: by a written agreement, or before the public. Both bind where they are for poverty relief (DO5). */
export const pledgeKinds = ['agreement', 'publicPromise'] as const;
type PledgeKind = (typeof pledgeKinds)[number];

/** What may be promised besides money: noted in its own unit, in no book and in no sum (DO3). */
export const inKindKinds = ['goods', 'labour'] as const;

export interface PromisedInKind {
  kind: (typeof inKindKinds)[number];
  item: string;
  quantity: number;
  unit: string;
  /** What the paper says it is worth: a note, never added to anything. */
  valueFen?: Fen;
}

/** That goods of a promise were accepted, or that its work was done: how much of which instalment, and who of the staff confirmed it. */
export interface KeptInKind {
  id: string;
  rank: number;
  quantity: number;
  on: LocalDate;
  by: string;
  at: Date;
  /** The accepted offer, and the line of it. */
  offer?: { id: string; number: string; line: number };
}

/** A part of the promise with its day: money, or something in kind. */
export interface Instalment {
  rank: number;
  dueOn: LocalDate;
  /** 0 where it is in kind, so that no sum of money counts it. */
  amountFen: Fen;
  inKind?: PromisedInKind;
  /** What the giver was told of it, once each. */
  reminded: ('before' | 'after')[];
}

/**
 * What an organisation has promised to give. Not money and in no book (DOMAIN 8): what comes is a gift of its own that names the pledge,
 * and how the pledge stands is computed from those gifts and from what was kept in kind. Sealed parts stand for the place `gift/<_id>/…`.
 */
export interface Pledge extends CountyDocument, KeptGiver {
  /** `P-2026-000003` */
  number: string;
  donor: string;
  donorKind: OrganisationKind;
  payerName: string;
  kind: PledgeKind;
  /** The number on the paper. */
  paper?: string;
  signedOn: LocalDate;
  restriction: Restriction;
  totalFen: Fen;
  instalments: Instalment[];
  keptInKind?: KeptInKind[];
  state: StateRecord<PledgeState>;
  /** The day of the earliest instalment that is open; of the last one when none is. */
  nextDueOn: LocalDate;
  recordedBy: string;
  recordedAt: Date;
  /** That the giver is asked to be let off for hardship: why, where it was reported and disclosed (DO5), and who asked. */
  release?: { reason: string; report: string; by: string; at: Date } | undefined;
}

const text = { type: String, required: true };
const moment = { type: Date, required: true };
const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });

const inKind = part({ kind: { ...text, enum: inKindKinds }, item: text, quantity: Number, unit: text, valueFen: Number });
const keptOffer = part({ id: text, number: text, line: Number });
const kept = part({ id: text, rank: Number, quantity: Number, on: text, by: text, at: moment, offer: keptOffer });

const schema = countySchema<Pledge>({
  number: text,
  ...keptGiver,
  donor: text,
  donorKind: { ...text, enum: organisationKinds },
  payerName: text,
  kind: { ...text, enum: pledgeKinds },
  paper: String,
  signedOn: text,
  restriction: restrictionSchema,
  totalFen: { type: Number, required: true },
  instalments: { type: [part({ rank: Number, dueOn: String, amountFen: Number, inKind, reminded: [String] })], required: true },
  keptInKind: { type: [kept], default: undefined },
  state: part({ name: { ...text, enum: pledgeStates.states }, by: text, at: moment }),
  nextDueOn: text,
  recordedBy: text,
  recordedAt: moment,
  release: part({ reason: String, report: String, by: String, at: Date }),
});
schema.index({ ledger: 1, 'state.name': 1, nextDueOn: 1, _id: 1 });
schema.index({ ledger: 1, nextDueOn: 1, _id: 1 });
schema.index({ ledger: 1, donor: 1, nextDueOn: 1, _id: 1 });
schema.index({ ledger: 1, number: 1 });

export const Pledge: Model<Pledge> = mongoose.model<Pledge>('Pledge', schema, 'pledges');
