import mongoose, { type Model } from 'mongoose';
import type { NameKeys } from '../kernel/pinyin';
import { type Role, roles } from '../kernel/roles';
import type { StateRecord } from '../kernel/state-table';
import { countySchema } from '../platform/mongo/county-schema';
import type { CountyDocument } from '../platform/mongo/document-writes';
import type { UserState } from './user.states';

/** One right of a person, from a day to a day (both included). It is ended, never removed: who could do what, and when, stays known. */
export interface HeldGrant {
  id: string;
  role: Role;
  /** As in kernel/roles: a division code, or the id of an organisation, shop or household. */
  scope: string;
  from: string;
  until?: string;
  /** Who gave it; for a role by two (`rolesByTwo`) who proposed it: it counts when another person has confirmed it. */
  grantedBy: string;
  grantedAt: Date;
  confirmedBy?: string;
  confirmedAt?: Date;
  endedBy?: string;
  endedAt?: Date;
  /** Ended because who was to confirm it refused. */
  refused?: boolean;
}

export type LinkPurpose = 'invitation' | 'password';

/** What is kept of a link: the keyed hash of its secret, so that who reads the person cannot become them. */
export interface AccessLink {
  hash: string;
  purpose: LinkPurpose;
  until: Date;
}

/** What a person shows besides the password. */
export interface SecondFactor {
  secretSealed: string;
  /** The last half minute whose code was accepted: it and all before are used up. */
  lastStep: number;
  enrolledAt: Date;
  /** Hashes of recovery codes that are left. */
  recovery: string[];
  /** Wrong codes in a row; enough of them stop the guessing for a while. */
  misses: number;
  missedAt?: Date;
}

/** A person who signs in. */
export interface User extends CountyDocument {
  state: StateRecord<UserState>;
  nameSealed: string;
  nameMasked: string;
  nameKeys: NameKeys;
  mobileSealed?: string;
  mobileMasked?: string;
  mobileTail?: string;
  /** Of the ID number, to know the person's own family by; the number itself is not kept. */
  idNumberHash?: string;
  /** Keyed hashes of the login names taken by this person; the claims stand in `loginNames`. */
  logins: string[];
  passwordHash?: string;
  passwordSetAt?: Date;
  secondFactor?: SecondFactor;
  /** The one link that is open to this person, for an invitation or a lost password; a newer one replaces it. */
  link?: AccessLink;
  /** Who ever made a link while no authenticator was bound: each could have opened it and be this person. */
  linkedBy?: string[];
  /** Somebody asked that the lost second factor be taken away; another person confirms. */
  factorReset?: { askedBy: string; askedAt: Date };
  grants: HeldGrant[];
  /** Raised to end all sessions at once. */
  epoch: number;
  createdAt: Date;
  lastSignInAt?: Date;
}

const grant = {
  _id: false,
  id: { type: String, required: true },
  role: { type: String, required: true, enum: roles },
  scope: { type: String, required: true },
  from: { type: String, required: true },
  until: String,
  grantedBy: { type: String, required: true },
  grantedAt: { type: Date, required: true },
  confirmedBy: String,
  confirmedAt: Date,
  endedBy: String,
  endedAt: Date,
  refused: Boolean,
};

const schema = countySchema<User>({
  state: { type: Object, required: true },
  nameSealed: { type: String, required: true },
  nameMasked: { type: String, required: true },
  nameKeys: { type: Object, required: true },
  mobileSealed: String,
  mobileMasked: String,
  mobileTail: String,
  idNumberHash: String,
  logins: { type: [String], required: true },
  passwordHash: String,
  passwordSetAt: Date,
  secondFactor: Object,
  link: Object,
  linkedBy: { type: [String], default: undefined },
  factorReset: Object,
  grants: { type: [grant], required: true },
  epoch: { type: Number, required: true },
  createdAt: { type: Date, required: true },
  lastSignInAt: Date,
});
schema.index({ ledger: 1, 'nameKeys.sortKey': 1, _id: 1 });
schema.index({ ledger: 1, 'state.name': 1, 'nameKeys.sortKey': 1, _id: 1 });
schema.index({ ledger: 1, 'grants.role': 1, 'nameKeys.sortKey': 1, _id: 1 });
schema.index({ ledger: 1, mobileTail: 1 });
schema.index({ ledger: 1, 'link.hash': 1 });
schema.index(
  { ledger: 1, idNumberHash: 1 },
  { unique: true, partialFilterExpression: { idNumberHash: { $exists: true }, 'state.name': { $in: ['invited', 'active'] } } },
); // one person, one account: two would sign twice

export const User: Model<User> = mongoose.model<User>('User', schema, 'users');
