import type { Response } from 'express';
import type { Context } from '../../kernel/context';
import type { Receipt } from './receipt.model';
import { printReceipts } from './receipt-paper';

/** Answers with receipts as one PDF. It holds names and sums, so that no cache may keep it. */
export async function sendReceipts(
  ctx: Context,
  res: Response,
  publicBaseUrl: string,
  receipts: readonly Receipt[],
  name: string,
): Promise<void> {
  const { demo, footer } = res.locals as { demo: boolean; footer?: { phone: string } };
  const pdf = await printReceipts(ctx, { publicBaseUrl, demo, phone: footer?.phone }, receipts);
  res.attachment(`receipt-${name}.pdf`).type('application/pdf').set('Cache-Control', 'no-store').send(pdf);
}
