import type { Context } from '../kernel/context';
import type { LocalDate } from '../kernel/local-date';
import { anyOf, operator } from '../platform/mongo/operators';
import { Certificate } from './certificate.model';
import { FiledPlan } from './filed-plan.model';

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
