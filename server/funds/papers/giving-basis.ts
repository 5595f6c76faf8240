import type { Context } from '../../kernel/context';
import type { LocalDate } from '../../kernel/local-date';
import { operator } from '../../platform/mongo/operators';
import { Certificate } from './certificate.model';
import { FiledPlan, type GivingWay } from './filed-plan.model';

/** On what ground the county may ask the public for gifts on a day, or what is missing for it (FU1). */
export type GivingBasis =
  | { open: true; certificate: Certificate; plan: FiledPlan }
  | { open: false; missing: 'certificate' | 'filedPlan'; opensOn?: LocalDate };

/**
 * The certificate and the filed plan in force on a day, both days included; the give page shows both and is closed without either
 * (Charity Law 2023 arts 22-27, DOMAIN FU1). `opensOn` is the day from which recorded papers would allow it again.
 */
export async function givingBasis(ctx: Context, day: LocalDate): Promise<GivingBasis> {
  const { ledger } = ctx;
  const [certificates, plans] = await Promise.all([
    Certificate.find({ ledger, validTo: operator({ $gte: day }) })
      .sort({ validTo: 1 })
      .lean(),
    FiledPlan.find({ ledger, to: operator({ $gte: day }) })
      .sort({ from: 1, to: 1 }) // what is in force stays until it ends, also when a plan for one campaign comes beside it
      .lean(),
  ]);
  const certificate = certificates.find(({ validFrom }) => validFrom <= day);
  const plan = plans.find(({ from }) => from <= day);
  if (certificate && plan) return { open: true, certificate, plan };
  const opensOn = firstDayWithBoth(certificates, plans);
  return { open: false, missing: certificate ? 'filedPlan' : 'certificate', ...(opensOn && { opensOn }) };
}

/** The first day on which gifts could be taken at all, by the papers recorded; nothing while either is missing. */
export async function firstDayOfGiving({ ledger }: Pick<Context, 'ledger'>): Promise<LocalDate | undefined> {
  const [certificate, plan] = await Promise.all([
    Certificate.findOne({ ledger }).sort({ validFrom: 1 }).lean<Certificate>(),
    FiledPlan.findOne({ ledger }).sort({ from: 1 }).lean<FiledPlan>(),
  ]);
  if (!certificate || !plan) return undefined;
  const [, later] = [certificate.validFrom, plan.from].sort();
  return later;
}

/** Whether the public may be asked for gifts on a day, by any way or by this one. */
export async function givingIsOpen(ctx: Context, day: LocalDate, way?: GivingWay): Promise<boolean> {
  const basis = await givingBasis(ctx, day);
  return basis.open && (way === undefined || basis.plan.ways.includes(way));
}

function firstDayWithBoth(certificates: readonly Certificate[], plans: readonly FiledPlan[]): LocalDate | undefined {
  const overlaps = certificates.flatMap((certificate) =>
    plans
      .filter((plan) => plan.from <= certificate.validTo && certificate.validFrom <= plan.to)
      .map((plan) => [plan.from, certificate.validFrom].sort()),
  );
  return overlaps
    .flatMap(([, later]) => (later ? [later] : []))
    .sort()
    .at(0);
}
