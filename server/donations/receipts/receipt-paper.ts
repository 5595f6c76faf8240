import { maskedNames } from '../../identity';
import type { Context } from '../../kernel/context';
import { maskName } from '../../kernel/mask';
import { findEntryByKey } from '../../ledger';
import { decryptField } from '../../platform/crypto/encrypt-field';
import { sharedTranslator } from '../../platform/i18n/translator';
import { makePdf, type PrintedPage } from '../../platform/pdf/make-pdf';
import { checkAddress } from './check-receipt';
import type { Receipt } from './receipt.model';
import { type PaperFacts, receiptSheet } from './receipt-sheet';
import { taxAdvice } from './tax-advice';

/** What the paper takes from the process beside the receipt itself. */
export interface Printing {
  publicBaseUrl: string;
  /** Whether the county is a demonstration: its papers say that they are none. */
  demo: boolean;
  /** Phone for questions, at the foot. */
  phone?: string | undefined;
}

/** Receipts as one A4 file, each on a page of its own. The paper is Chinese whatever the reader's language: the law says its words. */
export async function printReceipts(ctx: Context, printing: Printing, receipts: readonly Receipt[]): Promise<Buffer> {
  const t = (await sharedTranslator()).in('zh-CN');
  const names = await maskedNames(
    ctx,
    receipts.flatMap(({ cashier, reviewer }) => [cashier, reviewer]),
  );
  const [{ payee = '' } = {}] = receipts;
  const content: PrintedPage['content'] = [];
  for (const receipt of receipts) {
    const facts: PaperFacts = {
      payer: payerName(receipt),
      cashier: names.get(receipt.cashier) ?? '',
      reviewer: names.get(receipt.reviewer) ?? '',
      entrySeq: (await findEntryByKey(ctx, `gift:${receipt.gift}:received`))?.seq,
      tax: await taxAdvice({ ...ctx, locale: 'zh-CN' }, t, { donorKind: receipt.donorKind, day: receipt.receivedOn }),
      checkAddress: checkAddress(printing.publicBaseUrl, receipt),
      giftAddress: `${printing.publicBaseUrl}/gifts/${receipt.giftCode}`,
      demo: printing.demo,
    };
    content.push(...receiptSheet(ctx, t, receipt, facts, content.length > 0));
  }
  const [one, ...others] = receipts;
  return makePdf({
    title: others.length === 0 && one ? t('donations:paper.fileTitle', { number: one.number }) : t('donations:paper.title'),
    author: payee,
    content,
    foot: [payee, printing.phone].filter(Boolean).join('　'),
    pageOf: (page, pages) => t('donations:paper.page', { page, pages }),
  });
}

/** The payer in full, as the paper must say it: for himself, or for an officer whose fetching is on record. */
function payerName({ _id, payerName: organisation, payerSealed }: Receipt): string {
  return organisation ?? (payerSealed === undefined ? '' : decryptField(payerSealed, `receipt/${_id}/payerName`));
}

/** The payer for the pages of staff: an organisation by name, a person masked (PR5). */
export function shownPayer(receipt: Receipt): string {
  const name = payerName(receipt);
  return receipt.payerName === undefined ? maskName(name) : name;
}
