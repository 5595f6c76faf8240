import { givingBasis, type Papers, placesIn } from '../funds';
import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { fenToYuanText } from '../kernel/money-text';
import { randomId } from '../kernel/random';
import type { Translate } from '../platform/i18n/translator';
import { formatSum } from '../platform/views/format';
import { findCampaign, groundOfCampaign } from './campaigns/find-campaigns';
import { planInWords, publicCampaigns } from './campaigns/public-campaign-pages';
import { givingAdvice } from './donations.settings';
import { findDonor } from './donors';
import { givenFor, givers, offeredFen, payMethods, rhythms, usualFen } from './give.inputs';
import { ownDonorIds } from './own-donor';

const campaignsBeside = 3;
const icons = { transfer: 'building-bank', alipay: 'brand-alipay', wechat: 'brand-wechat', card: 'credit-card' } as const;

/** What the give page shows: four questions, or why it is closed (FU1). A campaign has papers and ways of its own. */
export async function givePage(ctx: Context, t: Translate, takesOnline: boolean, asked?: string) {
  const day = shanghaiDay(ctx.clock.now());
  const campaigns = (await publicCampaigns(ctx, t)).filter(({ phase }) => phase === 'running');
  const named = campaigns.find(({ number }) => number === asked?.toUpperCase());
  const own = named && (await papersToGiveBy(ctx, named.number));
  const basis = own ? { open: true as const, ...own } : await givingBasis(ctx, day);
  if (!basis.open) return { closed: basis, campaigns: await thoseOpen(ctx, campaigns) };
  const { certificate, plan } = basis;
  const campaign = own && named;
  const methods = payMethods.filter((method) => isOffered(method, basis, takesOnline));
  return {
    campaign,
    campaigns: campaign ? [] : campaigns.slice(0, campaignsBeside),
    certificate,
    plan: planInWords(ctx, t, plan),
    advice: await givingAdvice(ctx, { day, place: plan.area }),
    own: await ownOrganisation(ctx),
    requestKey: randomId(ctx.random, 'req'),
    offered: offeredFen.map((amountFen) => ({ value: fenToYuanText(amountFen), label: formatSum(amountFen, 'whole') })),
    usualFen,
    usual: fenToYuanText(usualFen),
    rhythms:
      !campaign && methods.includes('card') ? rhythms.map((value) => ({ value, label: t(`donations:give.rhythm.${value}`) })) : undefined,
    purposes: givenFor.map((value) => ({
      value,
      label: value === 'place' ? t('donations:give.placeCard') : t(`donations:purpose.${value}`),
      hint: t(`donations:give.purposeHint.${value}`),
    })),
    places: placesIn(ctx, plan.area),
    givers: givers.map((value) => ({ value, label: t(`donations:give.${value}`) })),
    usualMethod: methods[0],
    methods: methods.map((value) => ({
      value,
      icon: icons[value],
      label: t(`donations:give.way.${value}`),
      hint: t(`donations:give.wayHint.${value}`),
    })),
  };
}

/** The campaigns that take gifts by their own papers. */
async function thoseOpen<Card extends { number: string }>(ctx: Context, cards: readonly Card[]): Promise<Card[]> {
  const grounds = await Promise.all(cards.map(({ number }) => papersToGiveBy(ctx, number)));
  return cards.filter((_, at) => grounds[at] !== undefined);
}

async function papersToGiveBy(ctx: Context, number: string): Promise<Required<Papers> | undefined> {
  const campaign = await findCampaign(ctx, number);
  return campaign && groundOfCampaign(ctx, campaign);
}

function isOffered(method: (typeof payMethods)[number], { plan }: Required<Papers>, takesOnline: boolean): boolean {
  return method === 'transfer' ? plan.ways.includes('bankTransfer') : takesOnline && plan.ways.includes('online');
}

/** The organisation of a signed-in member: nothing about it has to be typed. */
async function ownOrganisation(ctx: Context) {
  const [own] = ownDonorIds(ctx.actor, 'gift.give');
  return own ? findDonor(ctx, own) : undefined;
}
