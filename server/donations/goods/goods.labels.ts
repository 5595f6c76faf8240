import { may } from '../../identity';
import { type AccountCode, type Label, nameAccounts, nameDocuments, numberDocuments } from '../../ledger';
import { sharedTranslator } from '../../platform/i18n/translator';
import { anyOf } from '../../platform/mongo/operators';
import { divisionFullName } from '../../regions';
import { givenGoods, goodsGift, goodsHeld } from './goods.accounts';
import { GoodsOffer } from './goods-offer.model';

nameAccounts(goodsHeld.className, async (ctx, codes) => {
  const t = (await sharedTranslator()).in(ctx.locale);
  return new Map(codes.map((code): [AccountCode, Label] => [code, { text: t('accounts:goodsHeld') }]));
});

nameAccounts(goodsGift.className, async (ctx, codes) => {
  const t = (await sharedTranslator()).in(ctx.locale);
  return new Map(codes.map((code): [AccountCode, Label] => [code, { text: `${t('accounts:goodsGift')} ${code.split(':')[1] ?? ''}` }]));
});

nameAccounts(givenGoods.className, async (ctx, codes) => {
  const t = (await sharedTranslator()).in(ctx.locale);
  return new Map(
    codes.map((code): [AccountCode, Label] => {
      const [, , area] = code.split(':');
      return [code, { text: [t('accounts:givenGoods'), area && divisionFullName(area, ctx.locale)].filter(Boolean).join(' · ') }];
    }),
  );
});

nameDocuments('goodsOffer', async (ctx, ids) => {
  const found = await GoodsOffer.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { number: 1 }).lean<Pick<GoodsOffer, '_id' | 'number'>[]>();
  const mayOpen = may(ctx.actor, 'goods.read');
  return new Map(
    found.map(({ _id, number }): [string, Label] => [_id, { text: number, ...(mayOpen && { href: `/donations/goods-offers/${_id}` }) }]),
  );
});

numberDocuments('goodsOffer', async (ctx, number) => {
  if (!may(ctx.actor, 'goods.read')) return undefined;
  const offer = await GoodsOffer.findOne({ ledger: ctx.ledger, number }, { _id: 1 }).lean<Pick<GoodsOffer, '_id'>>();
  return offer ? { id: offer._id } : undefined;
});
