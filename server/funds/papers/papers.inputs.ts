import { zSigningCode } from '../../identity';
import { type DivisionCode, isDivisionCode } from '../../kernel/division-code';
import { alongside, inOrder, zId, zLocalDate, zNfcText, zRequestKey } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { divisionsWithin } from '../../regions';
import { givingWays, planServes } from './filed-plan.model';

const zScan = zNfcText(60);

export const certificateInput = z
  .object({
    requestKey: zRequestKey,
    number: zNfcText(60),
    holder: zNfcText(80),
    authority: zNfcText(80),
    validFrom: zLocalDate,
    validTo: zLocalDate,
    scan: zScan,
  })
  .refine(({ validFrom, validTo }) => validFrom <= validTo, { path: ['validTo'], error: 'ends-before-it-begins', ...alongside });
export type CertificateInput = z.output<typeof certificateInput>;

/** One ticked box of a form comes as text, several as a list. */
const zWays = z.preprocess(
  (typed) => (typed === undefined ? [] : Array.isArray(typed) ? typed : [typed]),
  z
    .array(z.enum(givingWays, { error: 'not-a-choice' }))
    .min(1, 'required')
    .max(givingWays.length, 'not-a-choice'),
);

export const filedPlanInput = z
  .object({
    requestKey: zRequestKey,
    number: zNfcText(60),
    name: zNfcText(80),
    serves: z.enum(planServes),
    purpose: zNfcText(200),
    from: zLocalDate,
    to: zLocalDate,
    area: z
      .string()
      .refine((code) => isDivisionCode(code) && divisionsWithin(code).length > 0, 'not-a-choice')
      .transform((code) => code as DivisionCode)
      .openapi({ type: 'string', example: '130499' }),
    person: zNfcText(40),
    ways: zWays,
    accountHolder: zNfcText(80),
    accountBank: zNfcText(80),
    accountNumber: z
      .string()
      .trim()
      .min(1, 'required')
      .regex(/^\d{6,30}$/, 'account-number'),
    beneficiaries: zNfcText(200),
    use: zNfcText(200),
    cost: zNfcText(200),
    surplus: zNfcText(200),
    filedOn: zLocalDate,
    scan: zScan,
  })
  .refine(...inOrder);
export type FiledPlanInput = z.output<typeof filedPlanInput>;

export const proposalRef = z.object({ id: zId('pap') });
export type ProposalRef = z.output<typeof proposalRef>;
export const confirmPaperInput = proposalRef.extend({ code: zSigningCode });
export type ConfirmPaperInput = z.output<typeof confirmPaperInput>;
