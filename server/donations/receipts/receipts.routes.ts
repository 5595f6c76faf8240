import type { Limiter } from '../../platform/http/rate-limit';
import type { Routes } from '../../platform/http/routes';
import { donorReceiptRoutes } from './donor-receipt.routes';
import { receiptCheckRoutes } from './receipt-check.routes';
import { receiptRangeRoutes } from './receipt-range.routes';
import './receipts.labels';
import { staffReceiptRoutes } from './staff-receipt.routes';

/** All pages of receipts. */
export function receiptRoutes(setup: { publicBaseUrl: string; limiter: Limiter }): readonly Routes[] {
  return [staffReceiptRoutes(setup), receiptRangeRoutes(), donorReceiptRoutes(setup), receiptCheckRoutes(setup)];
}
