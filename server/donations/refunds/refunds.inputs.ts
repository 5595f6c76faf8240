import { zSigningCode } from '../../identity';
import { fen } from '../../kernel/money';
import { zId, zNfcText, zPage, zRequestKey, zYuan } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { refundReasons } from './refund.model';

/** What a finance officer asks for, and why. */
export const askRefundInput = z.object({
  requestKey: zRequestKey,
  number: zId(),
  amount: zYuan({ min: fen(1), max: fen(1_000_000_000_00) }),
  reason: z.enum(refundReasons, { error: 'required' }),
  note: zNfcText(200),
});
export type AskRefundInput = z.output<typeof askRefundInput>;

export const refundRef = z.object({ id: zId('rfd') });

/** The sum as the signer saw it, and the code that signs. */
export const approveRefundInput = refundRef.extend({ code: zSigningCode });
export type ApproveRefundInput = z.output<typeof approveRefundInput>;

export const declineRefundInput = refundRef.extend({ reason: zNfcText(200) });
export type DeclineRefundInput = z.output<typeof declineRefundInput>;

/** A transfer back to the payer that stands on the bank's statement. */
export const refundTransferInput = refundRef.extend({
  bankSerial: z
    .string()
    .trim()
    .min(1, 'required')
    .regex(/^[A-Za-z0-9-]{4,40}$/, 'bank-serial')
    .transform((serial) => serial.toUpperCase()),
});
export type RefundTransferInput = z.output<typeof refundTransferInput>;

export const refundViews = ['open', 'done', 'ended'] as const;
export const refundFilters = z.object({ view: z.enum(refundViews).default('open'), ...zPage.shape });
export type RefundFilters = z.output<typeof refundFilters>;
