import mongoose, { type Model } from 'mongoose';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import type { Certificate } from './certificate.model';
import type { FiledPlan } from './filed-plan.model';
import { type ProposalState, proposalStates } from './papers.states';

type Said<Paper extends CountyDocument> = Omit<Paper, keyof CountyDocument | 'recordedBy' | 'recordedAt' | 'scan'> & { scan: string };
export type CertificateSaid = Said<Certificate>;
export type FiledPlanSaid = Said<FiledPlan>;

/** A certificate or a filed plan as one person has typed it; nobody may be asked for gifts on its ground before another has confirmed it. */
export interface PaperProposal extends CountyDocument {
  /** One of the two. */
  certificate?: CertificateSaid;
  plan?: FiledPlanSaid;
  proposedBy: string;
  proposedAt: Date;
  state: StateRecord<ProposalState>;
}

const text = { type: String, required: true };
const moment = { type: Date, required: true };
const part = (fields: mongoose.SchemaDefinition) => new mongoose.Schema(fields, { _id: false });
const schema = countySchema<PaperProposal>({
  certificate: part({ number: text, holder: text, authority: text, validFrom: text, validTo: text, scan: text }),
  plan: part({
    number: text,
    name: text,
    purpose: text,
    from: text,
    to: text,
    area: text,
    person: text,
    ways: { type: [String], required: true },
    bankAccount: part({ holder: text, bank: text, number: text }),
    beneficiaries: text,
    use: text,
    cost: text,
    surplus: text,
    filedOn: text,
    scan: text,
  }),
  proposedBy: text,
  proposedAt: moment,
  state: part({ name: { ...text, enum: proposalStates.states }, by: text, at: moment }),
});
schema.index({ ledger: 1, 'state.name': 1, proposedAt: 1 });

export const PaperProposal: Model<PaperProposal> = mongoose.model<PaperProposal>('PaperProposal', schema, 'paperProposals');
