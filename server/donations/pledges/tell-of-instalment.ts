import type { Context } from '../../kernel/context';
import { formatYuan } from '../../kernel/money-text';
import { decryptField } from '../../platform/crypto/encrypt-field';
import { formatDay } from '../../platform/views/format';
import { languageOf } from '../language-of';
import { phoneOfSpeaker } from '../speaker-of';
import type { Thanking } from '../thank-donor';
import { awaitInstalment } from './await-instalment';
import { accountFrom, findGiftsOfPledge, findPledgeOrThrow } from './find-pledges';
import { inKindText } from './in-kind/in-kind-words';
import type { Pledge, PromisedInKind } from './pledge.model';
import { isEndedPledge } from './pledge.states';
import { type InstalmentAccount, isOpenRow } from './pledge-account';

/**
 * Tells a giver of an instalment, once: sum, day, and the number to write on the transfer; of what is in kind, where goods are announced, or
 * that work is to be agreed on. What has come meanwhile needs no reminder.
 */
export async function tellOfInstalment(
  ctx: Context,
  thanking: Thanking,
  { pledgeId, rank, when }: { pledgeId: string; rank: number; when: When },
): Promise<void> {
  const pledge = await findPledgeOrThrow(ctx, pledgeId);
  const row = accountFrom(ctx, pledge, await findGiftsOfPledge(ctx, pledgeId)).rows.find((one) => one.rank === rank);
  const to = await phoneOf(ctx, pledge);
  if (!row || !isOpenRow(row) || isEndedPledge(pledge) || !to) return;
  const { inKind } = pledge.instalments.find((part) => part.rank === rank) ?? {};
  const text = inKind ? inKindMessage(thanking, pledge, row, inKind, when) : await moneyMessage(ctx, thanking, pledge, row, when);
  await thanking.messenger.send({ key: `pledge-${pledgeId}-${rank}-${when}`, by: 'sms', to, text });
}

type When = 'before' | 'after';

async function moneyMessage(
  ctx: Context,
  { translator, publicBaseUrl }: Thanking,
  pledge: Pledge,
  row: InstalmentAccount,
  when: When,
): Promise<string> {
  const gift = await awaitInstalment(ctx, pledge, row.rank);
  const language = languageOf(pledge);
  return translator.in(language)(`donations:pledge.message.${when}`, {
    number: pledge.number,
    sum: formatYuan(row.openFen as Parameters<typeof formatYuan>[0]),
    day: formatDay(row.dueOn, language),
    reference: gift.number,
    address: `${publicBaseUrl}/gifts/${gift.code}`,
  });
}

function inKindMessage(
  { translator, publicBaseUrl }: Thanking,
  pledge: Pledge,
  { openQuantity, dueOn }: InstalmentAccount,
  inKind: PromisedInKind,
  when: When,
): string {
  const language = languageOf(pledge);
  const t = translator.in(language);
  return t(`donations:pledge.message.${inKind.kind}.${when}`, {
    number: pledge.number,
    what: inKindText(t, inKind, openQuantity),
    day: formatDay(dueOn, language),
    address: `${publicBaseUrl}/goods-offers/new`,
  });
}

async function phoneOf(ctx: Context, pledge: Pledge): Promise<string | undefined> {
  if (pledge.contact) return decryptField(pledge.contact.phoneSealed, `gift/${pledge._id}/contactPhone`);
  return phoneOfSpeaker(ctx, pledge.donor);
}
