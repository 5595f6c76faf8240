import type { Context } from '../../kernel/context';
import { fail, invariant } from '../../kernel/errors';
import type { LocalDate } from '../../kernel/local-date';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { anyOf, operator } from '../../platform/mongo/operators';
import { Certificate } from './certificate.model';
import { FiledPlan } from './filed-plan.model';
import { PaperProposal } from './paper-proposal.model';

/** The papers without which nobody may ask the public (FU1). */
export interface Papers {
  certificate?: Certificate;
  plan?: FiledPlan;
}

/** Certificates and filed plans that are not over on a day, for who chooses. */
export async function papersFrom(
  ctx: Pick<Context, 'ledger'>,
  day: LocalDate,
): Promise<{ certificates: Certificate[]; plans: FiledPlan[] }> {
  const [certificates, plans] = await Promise.all([
    Certificate.find({ ledger: ctx.ledger, validTo: operator({ $gte: day }) })
      .sort({ validTo: 1 })
      .lean<Certificate[]>(),
    FiledPlan.find({ ledger: ctx.ledger, to: operator({ $gte: day }) })
      .sort({ to: 1 })
      .lean<FiledPlan[]>(),
  ]);
  return { certificates, plans };
}

/** The papers that somebody has named, by their ids; what is not there is left out. */
export async function papersNamed(
  ctx: Pick<Context, 'ledger'>,
  named: readonly { certificate?: string | undefined; plan?: string | undefined }[],
): Promise<Papers[]> {
  const ids = (of: 'certificate' | 'plan') => anyOf([...new Set(named.flatMap((one) => one[of] ?? []))]);
  const [certificates, plans] = await Promise.all([
    Certificate.find({ ledger: ctx.ledger, _id: ids('certificate') }).lean<Certificate[]>(),
    FiledPlan.find({ ledger: ctx.ledger, _id: ids('plan') }).lean<FiledPlan[]>(),
  ]);
  return named.map((one) => {
    const certificate = certificates.find(({ _id }) => _id === one.certificate);
    const plan = plans.find(({ _id }) => _id === one.plan);
    return { ...(certificate && { certificate }), ...(plan && { plan }) };
  });
}

/** Every certificate and filed plan, the one that lasts longest first. */
export async function allPapers(ctx: Pick<Context, 'ledger'>): Promise<{ certificates: Certificate[]; plans: FiledPlan[] }> {
  const { ledger } = ctx;
  const [certificates, plans] = await Promise.all([
    Certificate.find({ ledger }).sort({ validTo: -1 }).lean<Certificate[]>(),
    FiledPlan.find({ ledger }).sort({ to: -1 }).lean<FiledPlan[]>(),
  ]);
  return { certificates, plans };
}

/** @throws `not-found` */
export async function findProposalOrThrow(ctx: Pick<Context, 'ledger'>, id: string): Promise<PaperProposal> {
  return (await PaperProposal.findOne({ _id: id, ledger: ctx.ledger }).lean<PaperProposal>()) ?? fail('not-found');
}

/** Papers that wait for a second person, the oldest first. */
export async function proposedPapers(ctx: Pick<Context, 'ledger'>): Promise<PaperProposal[]> {
  return PaperProposal.find({ ledger: ctx.ledger, 'state.name': 'proposed' }).sort({ proposedAt: 1 }).limit(50).lean<PaperProposal[]>();
}

/** A paper is one, whoever enters it: its number and its first day. A renewed one may keep its number. */
export function paperId(ctx: Pick<Context, 'ledger'>, { certificate, plan }: Pick<PaperProposal, 'certificate' | 'plan'>): string {
  if (certificate) return idOfFact(ctx, 'crt', `${certificate.number}/${certificate.validFrom}`);
  invariant(plan, 'paper.is-one-of-two');
  return idOfFact(ctx, 'pln', `${plan.number}/${plan.from}`);
}
