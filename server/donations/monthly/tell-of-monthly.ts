import type { Context } from '../../kernel/context';
import { formatYuan } from '../../kernel/money-text';
import { decryptField } from '../../platform/crypto/encrypt-field';
import { formatDay } from '../../platform/views/format';
import { phoneOfMember } from '../speaker-of';
import type { Thanking } from '../thank-donor';
import { findMonthlyGift } from './find-monthly-gifts';
import type { MonthlyNews } from './monthly.topics';
import type { MonthlyGift } from './monthly-gift.model';

/** Tells the giver of a monthly gift what has happened to it, once, with the link to where he changes, pauses or ends it. */
export async function tellOfMonthly(
  ctx: Context,
  { messenger, translator, publicBaseUrl }: Thanking,
  { monthlyId, news, about }: { monthlyId: string; news: MonthlyNews; about: string },
): Promise<void> {
  const monthly = await findMonthlyGift(ctx, monthlyId);
  const to = await phoneOf(ctx, monthly);
  if (!to) return; // one who wants no name kept has the link alone
  const refused = monthly.missed.find(({ invoice, tries }) => `${invoice}-${tries}` === about);
  const text = translator.in(monthly.locale)(`donations:monthly.message.${news}`, {
    number: monthly.number,
    sum: formatYuan(refused?.amountFen ?? monthly.amountFen),
    day: refused?.nextTryAt
      ? formatDay(refused.nextTryAt, monthly.locale)
      : monthly.nextOn
        ? formatDay(monthly.nextOn, monthly.locale)
        : '',
    address: `${publicBaseUrl}/monthly/${monthly.code}`,
  });
  await messenger.send({ key: `monthly-${monthlyId}-${news}-${about}`, by: 'sms', to, text });
}

async function phoneOf(ctx: Context, monthly: MonthlyGift): Promise<string | undefined> {
  if (monthly.contact) return decryptField(monthly.contact.phoneSealed, `gift/${monthly._id}/contactPhone`);
  return phoneOfMember(ctx, monthly);
}
