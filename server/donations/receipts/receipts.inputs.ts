import { alongside, inOrder, zId, zLocalDate, zNfcText, zPage, zRequestKey, zWhole } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { donorKinds } from '../donor-kinds';

/** A form sends every field; one that was left empty counts as not sent. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((typed) => (typeof typed === 'string' && typed.trim() === '' ? undefined : typed), schema.optional());

const zDigits = (least: number, most: number, example: string) =>
  z
    .string()
    .trim()
    .min(1, 'required')
    .regex(new RegExp(`^\\d{${least},${most}}$`), 'receipt.digits')
    .openapi({ type: 'string', example });

/** `first` and `last` have the same number of digits, and the first is not behind the last: a range as its paper says it. */
const rangeFields = z.object({
  requestKey: zRequestKey,
  code: zDigits(8, 12, '1304990126'),
  first: zDigits(6, 10, '0000000001'),
  last: zDigits(6, 10, '0000000500'),
  payee: zNfcText(60),
  itemCode: zDigits(4, 12, '501010'),
  sourceDoc: zNfcText(80),
});

type Typed = Partial<z.output<typeof rangeFields>>;
const areTyped = ({ first, last }: Typed) => /^\d+$/.test(first ?? '') && /^\d+$/.test(last ?? '');

export const enterRangeInput = rangeFields
  .refine((typed) => !areTyped(typed) || typed.first.length === typed.last.length, {
    path: ['last'],
    error: 'receipt.other-length',
    ...alongside,
  })
  .refine((typed) => !areTyped(typed) || typed.first.length !== typed.last.length || Number(typed.first) <= Number(typed.last), {
    path: ['last'],
    error: 'receipt.last-before-first',
    ...alongside,
  });
export type EnterRangeInput = z.output<typeof enterRangeInput>;

export const rangeRef = z.object({ id: zId('rng') });
export const declineRangeInput = z.object({ id: zId('rng'), reason: zNfcText(200) });
export type DeclineRangeInput = z.output<typeof declineRangeInput>;

export const issueReceiptInput = z.object({ gift: zId('gft') });
export const receiptRef = z.object({ id: zId('rct') });
export const askVoidingInput = z.object({ id: zId('rct'), reason: zNfcText(200), payerName: optional(zNfcText(80)) });
export type AskVoidingInput = z.output<typeof askVoidingInput>;
export const resendInput = z.object({ id: zId('rct'), requestKey: zRequestKey });
export type ResendInput = z.output<typeof resendInput>;

/** What the staff's list shows: gifts that wait for a receipt, then receipts by what became of them. */
export const receiptViews = ['waiting', 'issued', 'voiding', 'voided'] as const;
const zYear = optional(zWhole(2000, 2199));

export const receiptFilters = z.object({
  view: z.enum(receiptViews).default('waiting'),
  kind: optional(z.enum(donorKinds)),
  year: zYear,
  q: optional(z.string().trim().max(20)),
  ...zPage.shape,
});
export type ReceiptFilters = z.output<typeof receiptFilters>;

export const ownReceiptFilters = z.object({ year: zYear, ...zPage.shape });
/** Which receipts go into one file: those issued on these days. */
export const daysFileInput = z.object({ from: zLocalDate, to: zLocalDate }).refine(...inOrder);

/** What stands on a paper that somebody holds. */
export const receiptCheckInput = z.object({
  code: z.string().trim().max(20).default(''),
  number: z.string().trim().max(20).default(''),
  check: z.string().trim().toLowerCase().max(20).default(''),
});
export type ReceiptCheckInput = z.output<typeof receiptCheckInput>;

/** The key in the link of a message. */
export const receiptLinkInput = z.object({ link: z.string().max(120).default('') });
