import type { Context } from '../../kernel/context';
import { bareCode } from '../../kernel/half-width';
import { sameSecret } from '../../platform/crypto/same-secret';
import { findReceiptOnPaper } from './find-receipts';
import type { Receipt } from './receipt.model';
import type { ReceiptCheckInput } from './receipts.inputs';

/** What anybody may know who holds the paper: whether we issued it and whether it still counts. Never who gave. */
export type ReceiptCheck =
  | { verdict: 'genuine' | 'voided'; code: string; number: string; issuedOn: string; amountFen: number }
  | { verdict: 'unknown' };

/**
 * Compares code, number and check code of a paper with what was issued. A wrong check code answers the same as a number that does not
 * exist, so that nothing is learnt by counting through the numbers.
 */
export async function checkReceipt(ctx: Context, typed: ReceiptCheckInput): Promise<ReceiptCheck> {
  const receipt = await findReceiptOnPaper(ctx, { code: bareCode(typed.code), number: bareCode(typed.number) });
  if (!receipt || !sameSecret(typed.check.trim().toLowerCase(), receipt.checkCode)) return { verdict: 'unknown' };
  const { code, number, issuedOn, amountFen, state } = receipt;
  return { verdict: state.name === 'issued' ? 'genuine' : 'voided', code, number, issuedOn, amountFen };
}

/** The address that the receipt's QR code opens. */
export function checkAddress(publicBaseUrl: string, { code, number, checkCode }: Pick<Receipt, 'code' | 'number' | 'checkCode'>): string {
  return `${publicBaseUrl}/receipts/verification?${new URLSearchParams({ code, number, check: checkCode }).toString()}`;
}
