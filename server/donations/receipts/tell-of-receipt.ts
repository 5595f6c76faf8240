import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { addDays, shanghaiDay, startOfDay } from '../../kernel/local-date';
import { formatYuan } from '../../kernel/money-text';
import { post } from '../../ledger';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { readToken, signToken } from '../../platform/crypto/signed-token';
import { outboxed } from '../../platform/outbox/outboxed';
import { findDonor } from '../donors';
import { findGiftById } from '../find-gifts';
import { languageOf } from '../language-of';
import { phoneOfSpeaker } from '../speaker-of';
import { phoneOf, type Thanking } from '../thank-donor';
import { findReceiptOrThrow } from './find-receipts';
import type { Receipt } from './receipt.model';
import type { ResendInput } from './receipts.inputs';
import { receiptSent } from './receipts.kinds';
import { receiptToSend } from './receipts.topics';

const linkDays = 90;
const linkFor = 'receipt-file';

/** Sends a giver the link to his receipt, once per `sending`: at its issue, and as often as somebody asks for it again. */
export async function tellOfReceipt(
  ctx: Context,
  { messenger, translator, publicBaseUrl }: Thanking,
  { receiptId, sending }: { receiptId: string; sending: string },
): Promise<void> {
  const receipt = await findReceiptOrThrow(ctx, receiptId);
  const to = await phoneOfPayer(ctx, receipt);
  if (!to || receipt.state.name === 'voided') return; // nobody to tell, or no longer true
  const gift = await findGiftById(ctx, receipt.gift);
  const until = startOfDay(addDays(shanghaiDay(ctx.clock.now()), linkDays + 1));
  const text = translator.in(languageOf(gift))('donations:message.receipt', {
    number: receipt.number,
    gift: receipt.giftNumber,
    sum: formatYuan(receipt.amountFen),
    days: linkDays,
    address: `${publicBaseUrl}/receipts/files?link=${signToken(linkFor, receipt._id, until)}`,
  });
  await messenger.send({ key: `receipt-${receipt._id}-${sending}`, by: 'sms', to, text });
}

/** Sends it again: to the phone of the gift, or of the person who speaks for the organisation. @throws `receipt.nobody-to-tell` */
export async function resendReceipt(ctx: Context, { id, requestKey }: ResendInput): Promise<Receipt> {
  const receipt = await findReceiptOrThrow(ctx, id);
  if (receipt.state.name === 'voided') fail('state.not-allowed', { from: 'voided', to: 'sent' });
  if (!(await phoneOfPayer(ctx, receipt))) fail('receipt.nobody-to-tell');
  const sending = idOfRequest(ctx, 'snd', requestKey);
  await post(ctx, {
    key: `receipt:${id}:sent:${sending}`,
    kind: receiptSent,
    source: { type: 'receipt', id },
    writes: () => [outboxed(ctx, receiptToSend, { receiptId: id, sending }), recorded(ctx, 'receipt.sent', { type: 'receipt', id })],
  });
  return receipt;
}

/** The receipt behind the link of a message; undefined for a link that we did not make or that has ended. */
export function receiptOfLink(ctx: Context, token: string): string | undefined {
  return readToken(linkFor, token, ctx.clock);
}

async function phoneOfPayer(ctx: Context, receipt: Receipt): Promise<string | undefined> {
  const given = await phoneOf(ctx, await findGiftById(ctx, receipt.gift));
  if (given || receipt.donor === undefined) return given;
  const registeredAt = (await findDonor(ctx, receipt.donor))?.registeredAt;
  // Who registered later need not be who gave then: of such a gift he is not told, as he does not see it.
  return registeredAt && registeredAt <= receipt.giftOpenedAt ? phoneOfSpeaker(ctx, receipt.donor) : undefined;
}
