import type { Context } from '../../kernel/context';
import type { LocalDate } from '../../kernel/local-date';
import { operator } from '../../platform/mongo/operators';
import { Certificate } from './certificate.model';
import { FiledPlan } from './filed-plan.model';
import { asksFrom, generalPlanOn, isGeneral } from './filing-rules';

/** On what ground the county may ask the public for gifts on a day, or what is missing for it (FU1). */
export type GivingBasis =
  | { open: true; certificate: Certificate; plan: FiledPlan }
  | { open: false; missing: 'certificate' | 'filedPlan'; opensOn?: LocalDate };

/**
 * The certificate and the general filed plan in force on a day, both days included; the give page shows both and is closed without either
 * (Charity Law 2023 arts 22-27, DOMAIN FU1). A plan of one campaign opens that campaign only, and a plan that was filed too late nothing
 * before its first lawful day. `opensOn` is the day from which recorded papers would allow it again.
 */
export async function givingBasis(ctx: Context, day: LocalDate): Promise<GivingBasis> {
  const { ledger } = ctx;
  const [certificates, recorded] = await Promise.all([
    Certificate.find({ ledger, validTo: operator({ $gte: day }) })
      .sort({ validTo: 1 })
      .lean<Certificate[]>(),
    FiledPlan.find({ ledger, to: operator({ $gte: day }) }).lean<FiledPlan[]>(),
  ]);
  const plans = recorded.filter(isGeneral);
  const certificate = certificates.find(({ validFrom }) => validFrom <= day);
  const plan = generalPlanOn(plans, day);
  if (certificate && plan) return { open: true, certificate, plan };
  const opensOn = firstDayWithBoth(certificates, plans);
  return { open: false, missing: certificate ? 'filedPlan' : 'certificate', ...(opensOn && { opensOn }) };
}

/** The first day on which gifts could be taken at all, to a campaign or otherwise, by the papers recorded; nothing while either is missing. */
export async function firstDayOfGiving({ ledger }: Pick<Context, 'ledger'>): Promise<LocalDate | undefined> {
  const [certificate, plans] = await Promise.all([
    Certificate.findOne({ ledger }).sort({ validFrom: 1 }).lean<Certificate>(),
    FiledPlan.find({ ledger }).lean<FiledPlan[]>(),
  ]);
  const [first] = plans.map(asksFrom).sort();
  if (!certificate || !first) return undefined;
  const [, later] = [certificate.validFrom, first].sort();
  return later;
}

function firstDayWithBoth(certificates: readonly Certificate[], plans: readonly FiledPlan[]): LocalDate | undefined {
  const overlaps = certificates.flatMap(({ validFrom, validTo }) =>
    plans
      .map((plan) => ({ first: [asksFrom(plan), validFrom].sort().at(-1) ?? validFrom, last: [plan.to, validTo].sort().at(0) ?? validTo }))
      .filter(({ first, last }) => first <= last)
      .map(({ first }) => first),
  );
  return overlaps.sort().at(0);
}
