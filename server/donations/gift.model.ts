import mongoose, { type Model } from 'mongoose';
import type { Restriction } from '../funds';
import { purposes } from '../funds';
import type { Locale } from '../kernel/context';
import type { LocalDate } from '../kernel/local-date';
import type { Fen } from '../kernel/money';
import type { StateRecord } from '../kernel/state-table';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import type { OnlineMethod } from '../platform/stripe/checkout-sessions';
import { type GiftState, giftStates } from './gift.states';
import { type KeptGiver, keptGiver } from './kept-giver.model';

/** By which way a gift is to come; `online` is a card or wallet at the payment provider. */
const giftChannels = ['online', 'bankTransfer', 'cash', 'goods'] as const;
export type GiftChannel = (typeof giftChannels)[number];

/** One session at the provider. Its key is kept before the provider is first asked, so that asking again finds the same session. */
export interface PayAttempt {
  rank: number;
  key: string;
  startedAt: Date;
  /** Language of the provider's page: part of the request, which must be the same each time. */
  locale: Locale;
  /** The way that the giver chose, offered first; part of the request, too. Absent in tries from before it was kept. */
  method?: OnlineMethod;
  sessionId?: string;
  endedAt?: Date;
}

/** Why money at the provider was not booked: somebody must look. */
export const giftProblems = ['amount', 'currency', 'reference', 'livemode', 'mode', 'unknown-state', 'paid-twice'] as const;
export type GiftProblem = (typeof giftProblems)[number];

/** One kind of goods of a gift in kind, as it was found good. */
export interface GiftItem {
  name: string;
  unit: string;
  quantity: number;
  /** The price of one by its evidence, and what all are worth; absent for what has no price. */
  unitFen?: Fen;
  valueFen?: Fen;
}

export interface Gift extends CountyDocument, KeptGiver {
  /** `D-2026-000123`: said aloud, written on transfers, the name of its lot. */
  number: string;
  /** Unguessable: whoever has the link may see the gift's way, and nothing of the giver that is not to be shown. */
  code: string;
  amountFen: Fen;
  restriction: Restriction;
  channel: GiftChannel;
  state: StateRecord<GiftState>;
  openedAt: Date;
  /** Who took it down: a visitor, a member of the organisation, or a finance officer. */
  openedBy: string;
  attempts: PayAttempt[];
  /** The line of the bank's statement that a finance officer has recorded for it; booked at once, or by the sweep after a crash. */
  transfer?: { serial: string; on: LocalDate };
  /** When, where and by what proof (session id, bank serial number) the money arrived. */
  received?: { on: LocalDate; at: Date; into: GiftChannel; proof: string } | undefined;
  /** The campaign that it was given to. */
  campaign?: string;
  /** The roster of the members whose parts it is, handed in or booked. */
  roster?: string | undefined;
  /** Its latest receipt, and how many it has had: voided ones count. */
  receipt?: { id: string; rank: number };
  /** What has gone back to the payer of it, by refunds and disputes. */
  returnedFen?: number;
  /** What the provider has taken for the payer beyond that: more than was given, and a loss. */
  beyondFen?: number;
  /** The monthly gift of which it is a month. */
  monthly?: string;
  /** The pledge that it fulfils, and the instalment that it names. */
  pledge?: { id: string; rank?: number };
  problem?: { code: GiftProblem; at: Date } | undefined;
  /** What a gift in kind consists of. */
  items?: GiftItem[];
}

const day = { type: String, required: true };
const restriction = { purpose: { type: String, required: true, enum: purposes }, area: String, lastDay: String };
const attempt = { rank: Number, key: String, startedAt: Date, locale: String, method: String, sessionId: String, endedAt: Date };
const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });

/** How the use that a giver wants is kept, and the tries to pay. */
export const restrictionSchema = { type: part(restriction), required: true };
export const attemptsSchema = { type: [part(attempt)], required: true };

/** How items are kept, here and on a receipt. */
export const itemsSchema = {
  type: [part({ name: day, unit: day, quantity: { type: Number, required: true }, unitFen: Number, valueFen: Number })],
  default: undefined,
};

const schema = countySchema<Gift>({
  number: { type: String, required: true },
  code: { type: String, required: true },
  ...keptGiver,
  amountFen: { type: Number, required: true },
  restriction: restrictionSchema,
  channel: { type: String, required: true, enum: giftChannels },
  state: part({ name: { type: String, required: true, enum: giftStates.states }, by: day, at: { type: Date, required: true } }),
  openedAt: { type: Date, required: true },
  openedBy: day,
  attempts: attemptsSchema,
  transfer: part({ serial: String, on: String }),
  received: part({ on: day, at: Date, into: String, proof: String }),
  campaign: String,
  roster: String,
  receipt: part({ id: String, rank: Number }),
  returnedFen: Number,
  beyondFen: Number,
  monthly: String,
  pledge: part({ id: String, rank: Number }),
  problem: part({ code: String, at: Date }),
  items: itemsSchema,
});
schema.index({ ledger: 1, openedAt: -1, _id: -1 });
schema.index({ ledger: 1, 'state.name': 1, openedAt: -1, _id: -1 });
schema.index({ ledger: 1, donor: 1, openedAt: -1, _id: -1 });
schema.index({ ledger: 1, monthly: 1, openedAt: -1, _id: -1 });
schema.index({ ledger: 1, 'pledge.id': 1, openedAt: 1, _id: 1 });
schema.index({ ledger: 1, number: 1 });
schema.index({ ledger: 1, campaign: 1, 'received.on': 1 });
schema.index({ ledger: 1, code: 1 });
schema.index({ ledger: 1, 'received.on': 1 });
schema.index({ ledger: 1, 'received.at': 1 });
schema.index({ ledger: 1, 'received.proof': 1 });

export const Gift: Model<Gift> = mongoose.model<Gift>('Gift', schema, 'gifts');
