import type { Context } from '../kernel/context';
import { type DivisionCode, isDivisionCode } from '../kernel/division-code';
import { failField } from '../kernel/errors';
import { post } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { insertion } from '../platform/mongo/document-writes';
import { zLocalDate, zNfcText, zRequestKey } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { Certificate } from './certificate.model';
import { FiledPlan, givingWays } from './filed-plan.model';
import { papersRecorded } from './funds.kinds';

const certificateInput = z.object({
  requestKey: zRequestKey,
  number: zNfcText(60),
  holder: zNfcText(80),
  authority: zNfcText(80),
  validFrom: zLocalDate,
  validTo: zLocalDate,
});

const filedPlanInput = z.object({
  requestKey: zRequestKey,
  number: zNfcText(60),
  name: zNfcText(80),
  purpose: zNfcText(200),
  from: zLocalDate,
  to: zLocalDate,
  area: z
    .string()
    .refine(isDivisionCode, 'not-an-id')
    .transform((code) => code as DivisionCode),
  person: zNfcText(40),
  ways: z.array(z.enum(givingWays)).min(1, 'required'),
  bankAccount: z.object({ holder: zNfcText(80), bank: zNfcText(80), number: z.string().regex(/^\d{6,30}$/, 'card-number') }),
  beneficiaries: zNfcText(200),
  use: zNfcText(200),
  cost: zNfcText(200),
  surplus: zNfcText(200),
  filedOn: zLocalDate,
});

/** Enters a fundraising certificate; giving is open while it and a filed plan are in force (FU1). */
export async function recordCertificate(ctx: Context, { requestKey, ...certificate }: z.output<typeof certificateInput>): Promise<void> {
  if (certificate.validTo < certificate.validFrom) failField('validTo', 'ends-before-it-begins');
  const id = idOfRequest(ctx, 'crt', requestKey);
  await post(ctx, {
    key: `certificate:${id}:recorded`,
    kind: papersRecorded,
    source: { type: 'certificate', id },
    facts: { number: certificate.number, validTo: certificate.validTo },
    writes: () => [insertion(ctx, Certificate, { _id: id, ...certificate, ...recordedNow(ctx) })],
  });
}

/** Enters a fundraising plan that was filed with civil affairs. */
export async function recordFiledPlan(ctx: Context, { requestKey, ...plan }: z.output<typeof filedPlanInput>): Promise<void> {
  if (plan.to < plan.from) failField('to', 'ends-before-it-begins');
  const id = idOfRequest(ctx, 'pln', requestKey);
  await post(ctx, {
    key: `filed-plan:${id}:recorded`,
    kind: papersRecorded,
    source: { type: 'filedPlan', id },
    facts: { number: plan.number, to: plan.to },
    writes: () => [insertion(ctx, FiledPlan, { _id: id, ...plan, ...recordedNow(ctx) })],
  });
}

function recordedNow(ctx: Context) {
  return { recordedBy: ctx.actor.id, recordedAt: ctx.clock.now() };
}
