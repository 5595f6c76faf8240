import { may } from '../../identity';
import type { Context } from '../../kernel/context';
import { documentLabels, type Label, nameDocuments } from '../../ledger';
import { sharedTranslator } from '../../platform/i18n/translator';
import { anyOf } from '../../platform/mongo/operators';
import { formatDay } from '../../platform/views/format';
import { GiftDispute } from '../disputes/dispute.model';
import { GiftRefund } from '../refunds/refund.model';
import { ProviderMatter } from './provider-matter.model';
import { ProviderPayout } from './provider-payout.model';

// What the ledger's pages call the documents by which money goes back and comes from the provider.

const words = async (ctx: Context) => (await sharedTranslator()).in(ctx.locale);
const among = (ctx: Context, ids: readonly string[]) => ({ ledger: ctx.ledger, _id: anyOf(ids) });

nameDocuments('giftRefund', async (ctx, ids) => {
  const t = await words(ctx);
  const found = await GiftRefund.find(among(ctx, ids)).lean<GiftRefund[]>();
  const mayOpen = may(ctx.actor, 'gift.read');
  return new Map(
    found.map(({ _id, number }): [string, Label] => [
      _id,
      { text: [t('donations:refund.one'), number].filter(Boolean).join(' '), ...(mayOpen && { href: `/donations/refunds/${_id}` }) },
    ]),
  );
});

nameDocuments('giftDispute', async (ctx, ids) => {
  const t = await words(ctx);
  const found = await GiftDispute.find(among(ctx, ids)).lean<GiftDispute[]>();
  const gifts = await documentLabels(
    ctx,
    found.map(({ gift }) => ({ type: 'gift', id: gift })),
  );
  return new Map(
    found.map(({ _id, gift }): [string, Label] => {
      const { text = '', ...opens } = gifts.get(`gift/${gift}`) ?? {};
      return [_id, { ...opens, text: [t('donations:state.disputed'), text].filter(Boolean).join(' · ') }];
    }),
  );
});

nameDocuments('providerPayout', async (ctx, ids) => {
  const t = await words(ctx);
  const found = await ProviderPayout.find(among(ctx, ids)).lean<ProviderPayout[]>();
  return new Map(
    found.map(({ _id, arrivesOn }) => [_id, { text: `${t('donations:payout.title')} · ${formatDay(arrivesOn, ctx.locale)}` }]),
  );
});

nameDocuments('providerMatter', async (ctx, ids) => {
  const t = await words(ctx);
  const found = await ProviderMatter.find(among(ctx, ids)).lean<ProviderMatter[]>();
  return new Map(found.map(({ _id, kind }) => [_id, { text: t(`donations:matter.kind.${kind}`) }]));
});

nameDocuments('uncovered', async (ctx, accounts) => {
  const t = await words(ctx);
  return new Map(accounts.map((account) => [account, { text: t('accounts:uncovered') }]));
});
