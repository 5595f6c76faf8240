import { type GivingBasis, givingBasis, placesIn } from '../funds';
import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { fenToYuanText } from '../kernel/money-text';
import { randomId } from '../kernel/random';
import type { Translate } from '../platform/i18n/translator';
import { formatSum } from '../platform/views/format';
import { divisionFullName } from '../regions';
import { publicCampaigns } from './campaigns/public-campaign-pages';
import { givingAdvice } from './donations.settings';
import { findDonor } from './donors';
import { givenFor, givers, offeredFen, payMethods, rhythms, usualFen } from './give.inputs';
import { ownDonorIds } from './own-donor';

const campaignsBeside = 3;
const icons = { transfer: 'building-bank', alipay: 'brand-alipay', wechat: 'brand-wechat', card: 'credit-card' } as const;

/** What the give page shows: four questions, or why it is closed (FU1). */
export async function givePage(ctx: Context, t: Translate, takesOnline: boolean, asked?: string) {
  const day = shanghaiDay(ctx.clock.now());
  const basis = await givingBasis(ctx, day);
  if (!basis.open) return { closed: basis };
  const { certificate, plan } = basis;
  const campaigns = (await publicCampaigns(ctx, t)).filter(({ phase }) => phase === 'running');
  const campaign = campaigns.find(({ number }) => number === asked?.toUpperCase());
  return {
    campaign,
    campaigns: campaign ? [] : campaigns.slice(0, campaignsBeside),
    certificate,
    plan: {
      ...plan,
      areaName: divisionFullName(plan.area, ctx.locale),
      waysText: plan.ways.map((way) => t(`donations:papers.way.${way}`)).join(' · '),
    },
    advice: await givingAdvice(ctx, { day, place: plan.area }),
    own: await ownOrganisation(ctx),
    requestKey: randomId(ctx.random, 'req'),
    offered: offeredFen.map((amountFen) => ({ value: fenToYuanText(amountFen), label: formatSum(amountFen, 'whole') })),
    usualFen,
    usual: fenToYuanText(usualFen),
    rhythms:
      !campaign && isOffered('card', basis, takesOnline)
        ? rhythms.map((value) => ({ value, label: t(`donations:give.rhythm.${value}`) }))
        : undefined,
    purposes: givenFor.map((value) => ({
      value,
      label: value === 'place' ? t('donations:give.placeCard') : t(`donations:purpose.${value}`),
      hint: t(`donations:give.purposeHint.${value}`),
    })),
    places: placesIn(ctx, plan.area),
    givers: givers.map((value) => ({ value, label: t(`donations:give.${value}`) })),
    methods: payMethods
      .filter((method) => isOffered(method, basis, takesOnline))
      .map((value) => ({ value, icon: icons[value], label: t(`donations:give.way.${value}`), hint: t(`donations:give.wayHint.${value}`) })),
  };
}

function isOffered(method: (typeof payMethods)[number], { plan }: Extract<GivingBasis, { open: true }>, takesOnline: boolean): boolean {
  return method === 'transfer' ? plan.ways.includes('bankTransfer') : takesOnline && plan.ways.includes('online');
}

/** The organisation of a signed-in member: nothing about it has to be typed. */
async function ownOrganisation(ctx: Context) {
  const [own] = ownDonorIds(ctx.actor, 'gift.give');
  return own ? findDonor(ctx, own) : undefined;
}
