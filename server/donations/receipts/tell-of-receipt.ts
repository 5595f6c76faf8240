import { recorded } from '../../audit';
import { findPerson, fullMobile, type User } from '../../identity';
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
import { belongsTo, memberToTell, speakerOf } from '../speaker-of';
import { phoneOfContact, type Thanking } from '../thank-donor';
import { findReceiptOrThrow } from './find-receipts';
import type { Receipt } from './receipt.model';
import type { ResendInput } from './receipts.inputs';
import { receiptSent } from './receipts.kinds';
import { receiptToSend } from './receipts.topics';

const linkDays = 90;
const linkFor = 'receipt-file';
const boundTo = '~';

/** Sends a giver the link to his receipt, once per `sending`: at its issue, and as often as somebody asks for it again. */
export async function tellOfReceipt(
  ctx: Context,
  { messenger, translator, publicBaseUrl }: Thanking,
  { receiptId, sending }: { receiptId: string; sending: string },
): Promise<void> {
  const receipt = await findReceiptOrThrow(ctx, receiptId);
  const reader = await readerOf(ctx, receipt);
  if (!reader || receipt.state.name === 'voided') return; // nobody to tell, or no longer true
  const gift = await findGiftById(ctx, receipt.gift);
  const until = startOfDay(addDays(shanghaiDay(ctx.clock.now()), linkDays + 1));
  const text = translator.in(languageOf(gift))('donations:message.receipt', {
    number: receipt.number,
    gift: receipt.giftNumber,
    sum: formatYuan(receipt.amountFen),
    days: linkDays,
    address: `${publicBaseUrl}/receipts/files?link=${signToken(linkFor, reader.member ? `${receipt._id}${boundTo}${reader.member}` : receipt._id, until)}`,
  });
  await messenger.send({ key: `receipt-${receipt._id}-${sending}`, by: 'sms', to: reader.phone, text });
}

/** Sends it again: to the phone of the gift, or of the person who speaks for the organisation. @throws `receipt.nobody-to-tell` */
export async function resendReceipt(ctx: Context, { id, requestKey }: ResendInput): Promise<Receipt> {
  const receipt = await findReceiptOrThrow(ctx, id);
  if (receipt.state.name === 'voided') fail('state.not-allowed', { from: 'voided', to: 'sent' });
  if (!(await readerOf(ctx, receipt))) fail('receipt.nobody-to-tell');
  const sending = idOfRequest(ctx, 'snd', requestKey);
  await post(ctx, {
    key: `receipt:${id}:sent:${sending}`,
    kind: receiptSent,
    source: { type: 'receipt', id },
    writes: () => [outboxed(ctx, receiptToSend, { receiptId: id, sending }), recorded(ctx, 'receipt.sent', { type: 'receipt', id })],
  });
  return receipt;
}

/**
 * The receipt behind the link of a message: for the giver himself, or for a member of the organisation as long as he belongs to it.
 * @throws `not-found` for a link that we did not make or that has ended
 */
export async function receiptOfLink(ctx: Context, token: string): Promise<Receipt> {
  const [id = '', member] = (readToken(linkFor, token, ctx.clock) ?? fail('not-found')).split(boundTo);
  const receipt = await findReceiptOrThrow(ctx, id);
  const mayRead = member ? await isMember(ctx, receipt, member) : (await findGiftById(ctx, receipt.gift)).contact !== undefined;
  return mayRead ? receipt : fail('not-found');
}

async function isMember(ctx: Context, { donor }: Receipt, id: string): Promise<boolean> {
  const person = await findPerson(ctx, id);
  return person !== undefined && donor !== undefined && belongsTo(ctx, person, donor);
}

/** Whom a receipt is told: the phone of its gift, or a member of the organisation. */
async function readerOf(ctx: Context, receipt: Receipt): Promise<{ phone: string; member?: string } | undefined> {
  const gift = await findGiftById(ctx, receipt.gift);
  if (gift.contact) return { phone: phoneOfContact(gift._id, gift.contact) };
  const member = (await memberToTell(ctx, gift)) ?? (await speakerOfEarlier(ctx, receipt));
  const phone = member && fullMobile(member);
  return phone && member ? { phone, member: member._id } : undefined;
}

async function speakerOfEarlier(ctx: Context, receipt: Receipt): Promise<User | undefined> {
  if (receipt.donor === undefined) return undefined;
  const registeredAt = (await findDonor(ctx, receipt.donor))?.registeredAt;
  // Who registered later need not be who gave then: of such a gift he is not told, as he does not see it.
  return registeredAt && registeredAt <= receipt.giftOpenedAt ? speakerOf(ctx, receipt.donor) : undefined;
}
