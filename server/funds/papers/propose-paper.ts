import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { AppError, type FieldIssue, failField } from '../../kernel/errors';
import { type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { post } from '../../ledger';
import { hashOfAsked } from '../../platform/crypto/hash-of-asked';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { insertion } from '../../platform/mongo/document-writes';
import { papersNoted } from '../funds.kinds';
import { Certificate } from './certificate.model';
import { FiledPlan } from './filed-plan.model';
import { filedBeforeDays, firstLawfulDay, isFiledInTime } from './filing-rules';
import { findProposalOrThrow } from './find-papers';
import { type CertificateSaid, type FiledPlanSaid, PaperProposal } from './paper-proposal.model';
import type { CertificateInput, FiledPlanInput } from './papers.inputs';
import { proposalStates } from './papers.states';

/**
 * Enters a fundraising certificate; it counts when another person has confirmed it (FU1).
 * @throws `input.invalid` at `validTo` when it is over, at `number` when it is on record from that day.
 */
export async function proposeCertificate(ctx: Context, { requestKey, ...certificate }: CertificateInput): Promise<PaperProposal> {
  if (certificate.validTo < shanghaiDay(ctx.clock.now())) failField('validTo', 'day-is-over');
  return propose(ctx, requestKey, { certificate });
}

/**
 * Enters a fundraising plan that was filed with civil affairs; it counts when another person has confirmed it.
 * @throws `input.invalid` at `from` when it was filed too late for it, at `to` when it is over, at `filedOn` when that is still to come, at
 * `number` when it is on record from that day.
 */
export async function proposeFiledPlan(ctx: Context, input: FiledPlanInput): Promise<PaperProposal> {
  const { requestKey, accountHolder: holder, accountBank: bank, accountNumber: number, ...said } = input;
  const plan: FiledPlanSaid = { ...said, bankAccount: { holder, bank, number } };
  const faults = faultsOfPlan(plan, shanghaiDay(ctx.clock.now()));
  if (faults.length > 0) throw new AppError('input.invalid', {}, faults);
  return propose(ctx, requestKey, { plan });
}

/** The day of filing is on the plan's own receipt: who reads that it was filed too late has misread a day, or may not ask so soon (FU1). */
function faultsOfPlan(plan: FiledPlanSaid, today: LocalDate): FieldIssue[] {
  const { from, to, filedOn } = plan;
  return [
    ...(isFiledInTime(plan, from)
      ? []
      : [{ path: 'from', code: 'filed-too-late', params: { days: filedBeforeDays, day: firstLawfulDay(filedOn) } }]),
    ...(to < today ? [{ path: 'to', code: 'day-is-over' }] : []),
    ...(filedOn > today ? [{ path: 'filedOn', code: 'in-the-future' }] : []),
  ];
}

async function propose(
  ctx: Context,
  requestKey: string,
  said: { certificate: CertificateSaid } | { plan: FiledPlanSaid },
): Promise<PaperProposal> {
  const id = idOfRequest(ctx, 'pap', requestKey);
  if (await isOnRecord(ctx, id, said)) failField('number', 'paper-known');
  await post(ctx, {
    key: `paper:${id}:proposed`,
    kind: papersNoted,
    source: { type: 'paperProposal', id },
    facts: { asked: hashOfAsked(said) },
    writes: () => [
      insertion(ctx, PaperProposal, {
        _id: id,
        ...said,
        proposedBy: ctx.actor.id,
        proposedAt: ctx.clock.now(),
        state: proposalStates.begin('proposed', ctx),
      }),
      recorded(ctx, 'paper.proposed', { type: 'paperProposal', id }, { until: 'plan' in said ? said.plan.to : said.certificate.validTo }),
    ],
  });
  return findProposalOrThrow(ctx, id);
}

/** Whether another proposal has brought this paper in already; the one of this request, sent again, is no other. */
async function isOnRecord(ctx: Context, proposal: string, said: Pick<PaperProposal, 'certificate' | 'plan'>): Promise<boolean> {
  const { ledger } = ctx;
  if (await PaperProposal.exists({ _id: proposal, ledger })) return false;
  const { certificate, plan } = said;
  if (certificate) return (await Certificate.exists({ ledger, number: certificate.number, validFrom: certificate.validFrom })) !== null;
  return plan !== undefined && (await FiledPlan.exists({ ledger, number: plan.number, from: plan.from })) !== null;
}
