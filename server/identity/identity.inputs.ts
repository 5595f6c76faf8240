import { parseMobile } from '../kernel/mobile';
import { roles } from '../kernel/roles';
import { alongside, zId, zLocalDate, zNfcText, zPage, zRequestKey, zWhole } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { readAccount } from './login-names';
import { longest, shortest, weaknessOf } from './password-rules';

const zPassword = z.string().min(1, 'required').max(400, 'too-long');

/** A password that somebody chooses. Whether it holds the own account is for the act, which knows the account. */
export const zNewPassword = zPassword.superRefine((typed, context) => {
  const code = weaknessOf(typed, []);
  if (code) context.addIssue({ code: 'custom', message: code, params: { min: shortest, max: longest }, input: undefined });
});

/** A mobile number as people type it. */
export const zMobile = z
  .string()
  .trim()
  .min(1, 'required')
  .transform((text, context) => {
    const number = parseMobile(text);
    if (number !== undefined) return number;
    context.addIssue({ code: 'custom', message: 'phone', input: undefined });
    return z.NEVER;
  })
  .openapi({ type: 'string', example: '139 0000 5821' });

/** The account and password of the sign-in form. An account that could be none is answered like a wrong one. */
export const signInInput = z.object({
  account: z
    .string()
    .min(1, 'required')
    .max(60, 'too-long')
    .transform((typed) => readAccount(typed) ?? ''),
  password: zPassword,
});

export const codeInput = z.object({ code: zNfcText(20) });

/** The six digits with which somebody signs, as typed: for the `code` field of an act that calls `proveSignature`. */
export const zSigningCode = zNfcText(20).openapi({ description: 'Six digits of the signer’s authenticator; each works once' });

export const linkInput = z.object({ link: z.string().min(1, 'required').max(200, 'too-long') });

export const setPasswordInput = linkInput
  .extend({ newPassword: zNewPassword, again: zPassword })
  .refine((typed) => typed.newPassword === typed.again, { path: ['again'], error: 'password-differs', ...alongside });

export const changePasswordInput = z
  .object({ password: zPassword, newPassword: zNewPassword, again: zPassword })
  .refine((typed) => typed.newPassword === typed.again, { path: ['again'], error: 'password-differs', ...alongside });

const grantFields = {
  role: z.enum(roles, 'not-a-choice'),
  scope: z.string().min(1, 'required').max(40, 'too-long'),
  until: z
    .union([z.literal('').transform(() => undefined), zLocalDate])
    .optional()
    .openapi({ type: 'string', format: 'date' }),
};

export const invitationInput = z.object({ name: zNfcText(40), mobile: zMobile, ...grantFields, requestKey: zRequestKey });
export type InvitationInput = z.output<typeof invitationInput>;

export const personInput = z.object({ id: zId('usr') });
export const confirmFactorResetInput = personInput.extend({ code: zSigningCode });
export const grantInput = personInput.extend({ ...grantFields, requestKey: zRequestKey });
export type GrantInput = z.output<typeof grantInput>;

export const endGrantInput = personInput.extend({ grant: zId('gra') });
export const confirmGrantInput = endGrantInput.extend({ code: zSigningCode });
export type ConfirmGrantInput = z.output<typeof confirmGrantInput>;
export const refuseGrantInput = endGrantInput.extend({ reason: zNfcText(200, { min: 2 }) });
export type RefuseGrantInput = z.output<typeof refuseGrantInput>;
export const reasonInput = personInput.extend({ reason: zNfcText(200, { min: 2 }) });
export const recordIdNumberInput = personInput.extend({ idNumber: zNfcText(30), requestKey: zRequestKey });
export type RecordIdNumberInput = z.output<typeof recordIdNumberInput>;
export const requestInput = personInput.extend({ requestKey: zRequestKey });

const emptyAsNone = <Schema extends z.ZodType>(schema: Schema) => z.union([z.literal('').transform(() => undefined), schema]).optional();

export const peopleViews = ['all', 'active', 'ending', 'noFactor', 'away', 'invited', 'waiting', 'deactivated'] as const;
export type PeopleView = (typeof peopleViews)[number];

/** Filters of the list of people, from its URL. */
export const peopleFilters = z.object({
  view: z.enum(peopleViews).default('all'),
  role: emptyAsNone(z.enum(roles)),
  scope: emptyAsNone(z.string().regex(/^[a-z0-9_]{2,40}$/)),
  q: emptyAsNone(z.string().trim().min(1).max(20)),
  /** Rows on the pages before, for the line under the table. */
  seen: zWhole(0, 1_000_000).default(0),
  ...zPage.shape,
});
export type PeopleFilters = z.output<typeof peopleFilters>;
