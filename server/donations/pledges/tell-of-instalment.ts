import type { Context } from '../../kernel/context';
import { formatYuan } from '../../kernel/money-text';
import { decryptField } from '../../platform/crypto/encrypt-field';
import { formatDay } from '../../platform/views/format';
import { languageOf } from '../language-of';
import { phoneOfSpeaker } from '../speaker-of';
import type { Thanking } from '../thank-donor';
import { awaitInstalment } from './await-instalment';
import { accountFrom, findGiftsOfPledge, findPledgeOrThrow } from './find-pledges';
import type { Pledge } from './pledge.model';

/** Tells a giver of an instalment, once: sum, day, and the number to write on the transfer. What has come meanwhile needs no reminder. */
export async function tellOfInstalment(
  ctx: Context,
  { messenger, translator, publicBaseUrl }: Thanking,
  { pledgeId, rank, when }: { pledgeId: string; rank: number; when: 'before' | 'after' },
): Promise<void> {
  const pledge = await findPledgeOrThrow(ctx, pledgeId);
  const row = accountFrom(ctx, pledge, await findGiftsOfPledge(ctx, pledgeId)).rows.find((one) => one.rank === rank);
  const to = await phoneOf(ctx, pledge);
  if (!row || row.openFen === 0 || pledge.state.name === 'released' || !to) return;
  const gift = await awaitInstalment(ctx, pledge, rank);
  const language = languageOf(pledge);
  const text = translator.in(language)(`donations:pledge.message.${when}`, {
    number: pledge.number,
    sum: formatYuan(row.openFen as Parameters<typeof formatYuan>[0]),
    day: formatDay(row.dueOn, language),
    reference: gift.number,
    address: `${publicBaseUrl}/gifts/${gift.code}`,
  });
  await messenger.send({ key: `pledge-${pledgeId}-${rank}-${when}`, by: 'sms', to, text });
}

async function phoneOf(ctx: Context, pledge: Pledge): Promise<string | undefined> {
  if (pledge.contact) return decryptField(pledge.contact.phoneSealed, `gift/${pledge._id}/contactPhone`);
  return phoneOfSpeaker(ctx, pledge.donor);
}
