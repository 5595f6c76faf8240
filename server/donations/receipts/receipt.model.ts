import mongoose, { type Model } from 'mongoose';
import type { Restriction } from '../../funds';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { type DonorKind, donorKinds } from '../donor-kinds';
import { type GiftChannel, type GiftItem, itemsSchema, restrictionSchema } from '../gift.model';
import { type ReceiptState, receiptStates } from './receipt.states';

/** What one finance officer asked for and a second one decides. */
export interface VoidingAsked {
  reason: string;
  /** The organisation's right name, for the receipt that follows. */
  payerName?: string;
  askedBy: string;
  askedAt: Date;
}

/** A lawful receipt (公益事业捐赠统一票据) as it was issued: a snapshot, whatever is known of the giver later. The id follows from code and number. */
export interface Receipt extends CountyDocument {
  code: string;
  /** With its zeros, as on paper. */
  number: string;
  /** Six signs that only the paper tells: with code and number they answer whether it is genuine. */
  checkCode: string;
  range: string;
  gift: string;
  giftNumber: string;
  giftCode: string;
  /** When the gift was taken down: an organisation sees its own from its registration on. */
  giftOpenedAt: Date;
  receivedOn: LocalDate;
  receivedAt: Date;
  channel: GiftChannel;
  restriction: Restriction;
  donorKind: DonorKind;
  donor?: string;
  payerName?: string;
  /** A person's name, with the place `receipt/<id>/payerName`. */
  payerSealed?: string;
  payerCreditCode?: string;
  amountFen: Fen;
  itemCode: string;
  /** Of a gift in kind: name, unit, quantity, standard and amount of each. */
  items?: GiftItem[];
  payee: string;
  /** People whose (masked) names stand on the paper: who took the money down, who compared. */
  cashier: string;
  reviewer: string;
  issuedOn: LocalDate;
  issuedAt: Date;
  /** The year of `issuedOn`: for the file of a year. */
  year: number;
  state: StateRecord<ReceiptState>;
  voiding?: VoidingAsked | undefined;
  /** Why it was voided, and who asked for it; nobody did when the payer's bank or the provider took the money. */
  voidReason?: string;
  voidAskedBy?: string;
  /** The receipt before and after it, where one was voided and issued anew. */
  replaces?: string;
  replacedBy?: string;
}

const text = { type: String, required: true };
const count = { type: Number, required: true };
const instant = { type: Date, required: true };
const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });

const schema = countySchema<Receipt>({
  code: text,
  number: text,
  checkCode: text,
  range: text,
  gift: text,
  giftNumber: text,
  giftCode: text,
  giftOpenedAt: instant,
  receivedOn: text,
  receivedAt: instant,
  channel: text,
  restriction: restrictionSchema,
  donorKind: { ...text, enum: donorKinds },
  donor: String,
  payerName: String,
  payerSealed: String,
  payerCreditCode: String,
  amountFen: count,
  itemCode: text,
  items: itemsSchema,
  payee: text,
  cashier: text,
  reviewer: text,
  issuedOn: text,
  issuedAt: instant,
  year: count,
  state: part({ name: { ...text, enum: receiptStates.states }, by: text, at: instant }),
  voiding: part({ reason: String, payerName: String, askedBy: String, askedAt: Date }),
  voidReason: String,
  voidAskedBy: String,
  replaces: String,
  replacedBy: String,
});
schema.index({ ledger: 1, issuedAt: -1, _id: -1 });
schema.index({ ledger: 1, 'state.name': 1, issuedAt: -1, _id: -1 });
schema.index({ ledger: 1, donor: 1, issuedAt: -1, _id: -1 });
schema.index({ ledger: 1, 'voiding.askedBy': 1 });
schema.index({ ledger: 1, gift: 1 });
schema.index({ ledger: 1, range: 1, number: 1 });
schema.index({ ledger: 1, number: 1 });

export const Receipt: Model<Receipt> = mongoose.model<Receipt>('Receipt', schema, 'receipts');
