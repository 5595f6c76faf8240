import { recorded } from '../../audit';
import { provenUnlessSigned, proveSignature } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail, invariant } from '../../kernel/errors';
import { post } from '../../ledger';
import { absent, change, insertion, unchanged } from '../../platform/mongo/document-writes';
import { papersNoted, papersRecorded } from '../funds.kinds';
import { Certificate } from './certificate.model';
import { FiledPlan } from './filed-plan.model';
import { findProposalOrThrow, paperId } from './find-papers';
import { PaperProposal } from './paper-proposal.model';
import type { ConfirmPaperInput, ProposalRef } from './papers.inputs';
import { proposalStates } from './papers.states';

/**
 * Confirms with a fresh code that a paper was entered as its original says; from its first day on, the public may be asked on its ground.
 * @throws `rule.same-person`, `state.stale` when the same paper was confirmed meanwhile, `input.invalid` at `code`.
 */
export async function confirmPaper(ctx: Context, { id, code }: ConfirmPaperInput): Promise<PaperProposal> {
  const proposal = await findProposalOrThrow(ctx, id);
  const isDone = ({ state }: PaperProposal) => state.name === 'confirmed' && state.by === ctx.actor.id;
  if (isDone(proposal)) return proposal; // a second click
  if (proposal.proposedBy === ctx.actor.id) fail('rule.same-person', {});
  const state = proposalStates.enter(proposal.state, 'confirmed', ctx);
  const proof = await provenUnlessSigned(
    () => proveSignature(ctx, code),
    async () => isDone(await findProposalOrThrow(ctx, id)),
  );
  if (!proof) return findProposalOrThrow(ctx, id);
  const paper = paperOf(ctx, proposal);
  await post(ctx, {
    key: `paper:${id}:confirmed`,
    kind: papersRecorded,
    source: { type: 'paperProposal', id },
    guards: [unchanged(PaperProposal, proposal), paper.guard, ...proof.guards],
    writes: () => [
      change(PaperProposal, proposal, { state }),
      paper.write,
      recorded(ctx, 'paper.confirmed', { type: 'paperProposal', id }, { until: paper.until }),
      ...proof.writes,
    ],
  });
  return findProposalOrThrow(ctx, id);
}

function paperOf(ctx: Context, proposal: PaperProposal) {
  const _id = paperId(ctx, proposal);
  const entered = { _id, recordedBy: proposal.proposedBy, recordedAt: ctx.clock.now() };
  const { certificate, plan } = proposal;
  if (certificate) {
    const write = insertion(ctx, Certificate, { ...certificate, ...entered });
    return { guard: absent(Certificate, _id), write, until: certificate.validTo };
  }
  invariant(plan, 'paper.is-one-of-two', { proposal: proposal._id });
  return { guard: absent(FiledPlan, _id), write: insertion(ctx, FiledPlan, { ...plan, ...entered }), until: plan.to };
}

/** Lets a paper go that was typed wrongly: whoever entered it takes it back, another person declines it. */
export async function declinePaper(ctx: Context, { id }: ProposalRef): Promise<PaperProposal> {
  const proposal = await findProposalOrThrow(ctx, id);
  if (proposal.state.name === 'declined') return proposal;
  const state = proposalStates.enter(proposal.state, 'declined', ctx);
  await post(ctx, {
    key: `paper:${id}:declined`,
    kind: papersNoted,
    source: { type: 'paperProposal', id },
    guards: [unchanged(PaperProposal, proposal)],
    writes: () => [change(PaperProposal, proposal, { state }), recorded(ctx, 'paper.declined', { type: 'paperProposal', id })],
  });
  return findProposalOrThrow(ctx, id);
}
