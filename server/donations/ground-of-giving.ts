import { type GivingWay, givingBasis, type Papers } from '../funds';
import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import type { Campaign } from './campaigns/campaign.model';
import { groundOfCampaign } from './campaigns/find-campaigns';

/**
 * The papers on which a gift is asked for today (FU1). A campaign stands on its own filed plan, also where the county has no general one;
 * any other gift needs the general one. @throws `campaign.closed`, `state.not-allowed` when nobody may be asked today.
 */
export async function groundOfGiving(ctx: Context, campaign?: Campaign): Promise<Required<Papers>> {
  if (campaign) return (await groundOfCampaign(ctx, campaign)) ?? fail('campaign.closed', { number: campaign.number });
  const basis = await givingBasis(ctx, shanghaiDay(ctx.clock.now()));
  return basis.open ? basis : fail('state.not-allowed', { giving: 'closed' });
}

/** Gifts come only by the ways that the filed plan lists. @throws `input.invalid` at the field by which the way was chosen. */
export function assertFiledWay({ plan }: Required<Papers>, way: GivingWay, field: 'method' | 'rhythm'): void {
  if (!plan.ways.includes(way)) failField(field, 'way-not-filed');
}
