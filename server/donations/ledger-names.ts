import { restriction, restrictionOf } from '../funds';
import { may, nameScopes } from '../identity';
import type { Context } from '../kernel/context';
import { parseSeriesNumber } from '../kernel/number-series';
import {
  type AccountCode,
  type Label,
  nameAccounts,
  nameDocuments,
  nameOrigins,
  numberDocuments,
  readForeignNumber,
  readNumber,
} from '../ledger';
import { sharedTranslator } from '../platform/i18n/translator';
import { anyOf } from '../platform/mongo/operators';
import { formatDay } from '../platform/views/format';
import { gift as giftLot, giftNumbers } from './donations.accounts';
import { Donor } from './donor.model';
import { findGiftByNumber, findGiftOfTransfer } from './find-gifts';
import { Gift } from './gift.model';
import { restrictionText } from './gift-words';
import { MonthlyGift } from './monthly/monthly-gift.model';
import { memberRoles } from './own-donor';
import { Pledge } from './pledges/pledge.model';
import { GiftRefund } from './refunds/refund.model';

const words = async (ctx: Context) => {
  return (await sharedTranslator()).in(ctx.locale);
};

const pageOfGift = (number: string) => `/donations/gifts/${number}`;

/** A gift's account bears its number; who gave is not in the ledger. */
nameAccounts(giftLot.className, async (ctx, codes) => {
  const t = await words(ctx);
  return labelled(codes, (code) => ({ text: `${t('accounts:gift')} ${code.slice(giftLot.className.length + 1)}` }));
});

nameOrigins(async (ctx, origins) => {
  const t = await words(ctx);
  const gifts = origins.filter((origin) => parseSeriesNumber(origin)?.series === giftNumbers.prefix);
  const mayOpen = may(ctx.actor, 'gift.read');
  return new Map(
    gifts.map((number): [string, Label] => [
      number,
      { text: `${t('accounts:gift')} ${number}`, ...(mayOpen && { href: pageOfGift(number) }) },
    ]),
  );
});

nameAccounts(restriction.className, async (ctx, codes) => {
  const t = await words(ctx);
  return labelled(codes, (code) => {
    const tied = restrictionOf(code);
    return {
      text: [t('accounts:restriction'), restrictionText(ctx, t, { restriction: tied }), tied.lastDay && formatDay(tied.lastDay, ctx.locale)]
        .filter(Boolean)
        .join(' · '),
    };
  });
});

nameDocuments('gift', async (ctx, ids) => {
  const t = await words(ctx);
  const gifts = await Gift.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { number: 1 }).lean<Pick<Gift, '_id' | 'number'>[]>();
  const mayOpen = may(ctx.actor, 'gift.read');
  return new Map(
    gifts.map(({ _id, number }): [string, Label] => [
      _id,
      { text: `${t('accounts:gift')} ${number}`, ...(mayOpen && { href: pageOfGift(number) }) },
    ]),
  );
});

nameDocuments('monthlyGift', async (ctx, ids) => {
  const t = await words(ctx);
  const found = await MonthlyGift.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { number: 1 }).lean<
    Pick<MonthlyGift, '_id' | 'number'>[]
  >();
  return new Map(found.map(({ _id, number }) => [_id, { text: `${t('donations:monthly.one')} ${number}` }]));
});

nameDocuments('pledge', async (ctx, ids) => {
  const t = await words(ctx);
  const found = await Pledge.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { number: 1 }).lean<Pick<Pledge, '_id' | 'number'>[]>();
  const mayOpen = may(ctx.actor, 'gift.read');
  return new Map(
    found.map(({ _id, number }): [string, Label] => [
      _id,
      { text: `${t('donations:pledge.one')} ${number}`, ...(mayOpen && { href: `/donations/pledges/${_id}` }) },
    ]),
  );
});

numberDocuments('monthlyGift', async (ctx, number) => {
  const found = may(ctx.actor, 'gift.read') ? await MonthlyGift.findOne({ ledger: ctx.ledger, number }, { _id: 1 }).lean() : undefined;
  return found ? { id: found._id } : undefined;
});

numberDocuments('pledge', async (ctx, number) => {
  const found = may(ctx.actor, 'gift.read') ? await Pledge.findOne({ ledger: ctx.ledger, number }, { _id: 1 }).lean() : undefined;
  return found ? { id: found._id } : undefined;
});

numberDocuments('gift', giftNumbered, readForeignNumber);

/** By its own number, or by the bank's of the transfer that brought it. */
async function giftNumbered(ctx: Context, typed: string): Promise<{ id: string } | undefined> {
  if (!may(ctx.actor, 'gift.read')) return undefined;
  const number = readNumber(typed);
  const found = (number === undefined ? undefined : await findGiftByNumber(ctx, number)) ?? (await findGiftOfTransfer(ctx, typed));
  return found && { id: found._id };
}

nameDocuments('refund', async (ctx, ids) => {
  const found = await GiftRefund.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { number: 1 }).lean<Pick<GiftRefund, '_id' | 'number'>[]>();
  const mayOpen = may(ctx.actor, 'gift.read');
  return new Map(
    found.map(({ _id, number = '' }): [string, Label] => [_id, { text: number, ...(mayOpen && { href: `/donations/refunds/${_id}` }) }]),
  );
});

numberDocuments('refund', async (ctx, number) => {
  if (!may(ctx.actor, 'gift.read')) return undefined;
  const found = await GiftRefund.findOne({ ledger: ctx.ledger, number }, { gift: 1 }).lean<Pick<GiftRefund, '_id' | 'gift'>>();
  return found ? { id: found._id, toldOf: { type: 'gift', id: found.gift } } : undefined;
});

/** Names of organisations, public by law. */
async function donorNames(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const donors = await Donor.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { name: 1 }).lean<Pick<Donor, '_id' | 'name'>[]>();
  return new Map(donors.map(({ _id, name }) => [_id, name]));
}

nameScopes({ roles: memberRoles, names: donorNames });
nameDocuments('donor', async (ctx, ids) => new Map([...(await donorNames(ctx, ids))].map(([id, text]) => [id, { text }])));

function labelled(codes: readonly AccountCode[], label: (code: AccountCode) => Label): Map<AccountCode, Label> {
  return new Map(codes.map((code) => [code, label(code)]));
}
