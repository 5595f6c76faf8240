import mongoose, { type Model } from 'mongoose';
import type { StateRecord } from '../kernel/state-table';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import { type OrganisationKind, organisationKinds } from './donor-kinds';
import { type NamingChoice, namingChoices } from './naming/naming';

/** An organisation that gives. Its name and credit code are public by law; whoever speaks for it is a person of `identity`. */
export interface Donor extends CountyDocument {
  kind: OrganisationKind;
  name: string;
  /** Absent for a village or workplace branch that has none; then its name and kind tell it apart. */
  creditCode?: string;
  /** When a contact person got access; absent for an organisation that has only given. */
  registeredAt?: Date;
  registeredBy?: string;
  /** What an owner decided about its name in public, and when; absent as long as each gift says it. */
  naming?: StateRecord<NamingChoice>;
  /** The record that it has become one with, by two persons; it is kept as it was. */
  mergedInto?: string;
  /** Records that have become one with this: their gifts are this one's, too. */
  absorbed?: string[];
  /** Of those, the ones that did so when it had people of its own here: two persons gave them all that was given before, too. */
  absorbedWhole?: string[];
  /** When an owner last went: each such change relies on the one before, so that one always stays. */
  ownersChangedAt?: Date;
}

/** One donor per credit code, or per name and kind where there is none: the id says which. */
export interface DonorClaim extends CountyDocument {
  donor: string;
}

const schema = countySchema<Donor>({
  kind: { type: String, required: true, enum: organisationKinds },
  name: { type: String, required: true },
  creditCode: String,
  registeredAt: Date,
  registeredBy: String,
  naming: new mongoose.Schema({ name: { type: String, enum: namingChoices }, by: String, at: Date }, { _id: false }),
  mergedInto: String,
  absorbed: { type: [String], default: undefined },
  absorbedWhole: { type: [String], default: undefined },
  ownersChangedAt: Date,
});
schema.index({ ledger: 1, name: 1, _id: 1 });
schema.index({ ledger: 1, kind: 1, name: 1, _id: 1 });

export const Donor: Model<Donor> = mongoose.model<Donor>('Donor', schema, 'donors');
export const DonorClaim: Model<DonorClaim> = mongoose.model<DonorClaim>(
  'DonorClaim',
  countySchema<DonorClaim>({ donor: { type: String, required: true } }),
  'donorClaims',
);
