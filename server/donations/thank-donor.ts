import { join } from 'node:path';
import type { Context } from '../kernel/context';
import { formatYuan } from '../kernel/money-text';
import type { Config } from '../platform/config/config';
import { decryptField } from '../platform/crypto/encrypt-field';
import { sharedTranslator, type Translator } from '../platform/i18n/translator';
import { folderMessenger } from '../platform/messages/folder-messenger';
import type { Messenger } from '../platform/messages/messenger';
import { findGiftById } from './find-gifts';
import type { Gift } from './gift.model';
import { languageOf } from './language-of';
import { phoneOfMember } from './speaker-of';

/** What a message to a giver needs. */
export interface Thanking {
  messenger: Messenger;
  translator: Translator;
  publicBaseUrl: string;
}

/** Messages as this process sends them: into a folder, where a gateway of the county picks them up. */
export async function prepareThanking(config: Pick<Config, 'dataDir' | 'publicBaseUrl'>): Promise<Thanking> {
  const messenger = folderMessenger(join(config.dataDir, 'outgoing'));
  return { messenger, translator: await sharedTranslator(), publicBaseUrl: config.publicBaseUrl };
}

/** Tells the giver that the money has arrived, once: number, sum, where to see its way, and that this is not the tax receipt. */
export async function thankDonor(ctx: Context, { messenger, translator, publicBaseUrl }: Thanking, giftId: string): Promise<void> {
  const gift = await findGiftById(ctx, giftId);
  const to = await phoneOf(ctx, gift);
  if (!to) return; // a bank gift, or one who wants no name kept
  const t = translator.in(languageOf(gift));
  const text = t(gift.channel === 'goods' ? 'given:message.valued' : 'donations:message.arrived', {
    number: gift.number,
    sum: formatYuan(gift.amountFen),
    address: `${publicBaseUrl}/gifts/${gift.code}`,
  });
  await messenger.send({ key: `gift-${gift._id}-arrived`, by: 'sms', to, text });
}

/** Read only where the message is made: a queue's payload must not hold it. */
async function phoneOf(ctx: Context, gift: Gift): Promise<string | undefined> {
  return gift.contact ? phoneOfContact(gift._id, gift.contact) : phoneOfMember(ctx, gift);
}

export function phoneOfContact(giftId: string, { phoneSealed }: NonNullable<Gift['contact']>): string {
  return decryptField(phoneSealed, `gift/${giftId}/contactPhone`);
}
