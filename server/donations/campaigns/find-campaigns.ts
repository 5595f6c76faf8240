import { type Papers, papersNamed } from '../../funds';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { anyOf, operator } from '../../platform/mongo/operators';
import { type Page, pageOf } from '../../platform/mongo/page-of';
import type { PageRequest } from '../../platform/validation/types';
import { Gift } from '../gift.model';
import { Campaign } from './campaign.model';
import { campaignFaults, phaseOf } from './campaign-rules';

export async function findCampaign(ctx: Pick<Context, 'ledger'>, number: string): Promise<Campaign | undefined> {
  return (await Campaign.findOne({ ledger: ctx.ledger, number: number.toUpperCase() }).lean<Campaign>()) ?? undefined;
}

export async function findCampaignOrThrow(ctx: Pick<Context, 'ledger'>, number: string): Promise<Campaign> {
  return (await findCampaign(ctx, number)) ?? fail('not-found');
}

/** All campaigns, the newest first, for staff. */
export async function findCampaigns(ctx: Context, page: PageRequest): Promise<Page<Campaign>> {
  return pageOf(Campaign, { filter: { ledger: ctx.ledger }, order: { draftedAt: -1 } }, page);
}

const publicMost = 60;

/** What everybody may see: campaigns that were opened, the ones that end first before all. */
export async function findPublicCampaigns(ctx: Pick<Context, 'ledger'>): Promise<Campaign[]> {
  return Campaign.find({ ledger: ctx.ledger, 'state.name': anyOf(['opened', 'ended', 'stopped']) })
    .sort({ to: -1 })
    .limit(publicMost)
    .lean<Campaign[]>();
}

/** Campaigns whose last day is over. */
export async function findOverdue(ctx: Pick<Context, 'ledger'>, today: LocalDate): Promise<Campaign[]> {
  return Campaign.find({ ledger: ctx.ledger, 'state.name': 'opened', to: operator({ $lt: today }) }).lean<Campaign[]>();
}

export async function papersOf(ctx: Pick<Context, 'ledger'>, campaign: Pick<Campaign, 'certificate' | 'plan'>): Promise<Papers> {
  const [papers = {}] = await papersNamed(ctx, [campaign]);
  return papers;
}

/** The campaign of a gift, if it was given to one. */
export async function findCampaignOfGift(ctx: Pick<Context, 'ledger'>, gift: Pick<Gift, 'campaign'>): Promise<Campaign | undefined> {
  if (gift.campaign === undefined) return undefined;
  return (await Campaign.findOne({ _id: gift.campaign, ledger: ctx.ledger }).lean<Campaign>()) ?? undefined;
}

/** The papers on which a campaign may be given to on this day, by its own days and by theirs; nothing where it may not. */
export async function groundOfCampaign(ctx: Context, campaign: Campaign): Promise<Required<Papers> | undefined> {
  const today = shanghaiDay(ctx.clock.now());
  if (phaseOf(campaign, today) !== 'running') return undefined;
  const papers = await papersOf(ctx, campaign);
  const { certificate, plan } = papers;
  const faults = campaignFaults({ _id: campaign._id, from: today, to: today }, papers, today);
  return faults.length === 0 && certificate && plan ? { certificate, plan } : undefined;
}

export interface Raised {
  fen: number;
  /** What had arrived and went back to payers; not in `fen`. */
  returnedFen: number;
  gifts: number;
}

/** What has arrived for each campaign, less what went back; nothing that was only announced. */
export async function raisedBy(ctx: Pick<Context, 'ledger'>, campaigns: readonly string[]): Promise<Map<string, Raised>> {
  const returned = { $ifNull: ['$returnedFen', 0] };
  const found = await Gift.aggregate<{ _id: string } & Raised>([
    { $match: { ledger: ctx.ledger, campaign: { $in: [...campaigns] }, 'received.on': { $exists: true } } },
    {
      $group: {
        _id: '$campaign',
        fen: { $sum: { $subtract: ['$amountFen', returned] } },
        returnedFen: { $sum: returned },
        gifts: { $sum: 1 },
      },
    },
  ]);
  return new Map(found.map(({ _id, ...raised }) => [_id, raised]));
}

/** How many drafts and proposals of others wait for this person. */
export async function countCampaignWork(ctx: Context): Promise<number> {
  const others = operator({ $ne: ctx.actor.id });
  const [drafts, proposals] = await Promise.all([
    Campaign.countDocuments({ ledger: ctx.ledger, 'state.name': 'draft', 'state.by': others }),
    Campaign.countDocuments({ ledger: ctx.ledger, 'state.name': 'opened', 'proposal.by': operator({ $exists: true, $ne: ctx.actor.id }) }),
  ]);
  return drafts + proposals;
}
