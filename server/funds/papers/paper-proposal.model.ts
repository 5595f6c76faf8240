import mongoose, { type Model } from 'mongoose';
import type { StateRecord } from '../../kernel/state-table';
import { countySchema } from '../../platform/mongo/county-schema';
import type { CountyDocument } from '../../platform/mongo/document-writes';
import { type Certificate, certificateFields } from './certificate.model';
import { type FiledPlan, filedPlanFields } from './filed-plan.model';
import { type ProposalState, proposalStates } from './papers.states';

type Said<Paper extends CountyDocument> = Omit<Paper, keyof CountyDocument | 'recordedBy' | 'recordedAt' | 'scan' | 'campaign'> & {
  scan: string;
};
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
  certificate: part({ ...certificateFields, scan: text }),
  plan: part({ ...filedPlanFields, scan: text }),
  proposedBy: text,
  proposedAt: moment,
  state: part({ name: { ...text, enum: proposalStates.states }, by: text, at: moment }),
});
schema.index({ ledger: 1, 'certificate.number': 1 });
schema.index({ ledger: 1, 'plan.number': 1 });
schema.index({ ledger: 1, 'state.name': 1, proposedAt: 1 });

export const PaperProposal: Model<PaperProposal> = mongoose.model<PaperProposal>('PaperProposal', schema, 'paperProposals');
