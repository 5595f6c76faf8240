import { isFiledInTime, isGeneral, type Papers } from '../../funds';
import type { LocalDate } from '../../kernel/local-date';
import type { Campaign, CampaignTerms } from './campaign.model';
import type { CampaignState } from './campaign.states';

interface Dates {
  from: LocalDate;
  to: LocalDate;
}

/** Why a campaign cannot be opened; each is told by name. */
export type CampaignFault =
  | 'no-certificate'
  | 'no-plan'
  | 'certificate-misses-days'
  | 'plan-is-general'
  | 'plan-of-another'
  | 'plan-misses-days'
  | 'filed-too-late'
  | 'is-over';

/**
 * What keeps an appeal from being opened (Charity Law 2023 arts 22-27, FU1): it needs a certificate and a filed plan of its own that hold on
 * all of its days, and the plan must have been filed ten days before the first of them.
 */
export function campaignFaults(
  { _id, from, to }: Dates & { _id?: string },
  { certificate, plan }: Papers,
  today: LocalDate,
): CampaignFault[] {
  const faults: CampaignFault[] = [];
  if (!certificate) faults.push('no-certificate');
  else if (from < certificate.validFrom || certificate.validTo < to) faults.push('certificate-misses-days');
  if (!plan) faults.push('no-plan');
  else {
    if (isGeneral(plan)) faults.push('plan-is-general');
    if (plan.campaign !== undefined && plan.campaign !== _id) faults.push('plan-of-another');
    if (from < plan.from || plan.to < to) faults.push('plan-misses-days');
    if (!isFiledInTime(plan, from)) faults.push('filed-too-late');
  }
  if (to < today) faults.push('is-over');
  return faults;
}

export type CampaignPhase = 'draft' | 'coming' | 'running' | 'ended' | 'stopped' | 'dropped';

/** How a campaign stands on a day; both its days are included, whether or not a job has ended it. */
export function phaseOf({ state, from, to }: Dates & { state: { name: CampaignState } }, day: LocalDate): CampaignPhase {
  if (state.name !== 'opened') return state.name;
  if (day < from) return 'coming';
  return day <= to ? 'running' : 'ended';
}

/** What of a campaign may change once it is open, in the order in which pages say it. */
export const changeable = ['title', 'titleEn', 'story', 'storyEn', 'goalFen', 'to'] as const satisfies readonly (keyof CampaignTerms)[];

/** How often its draft was written anew: which version somebody has read. */
export function revisionOf({ edits = [] }: Pick<Campaign, 'edits'>): number {
  return edits.length;
}

/** The terms of a campaign alone. */
export function termsOf({ title, titleEn, story, storyEn, goalFen, to }: CampaignTerms): CampaignTerms {
  return { title, ...(titleEn !== undefined && { titleEn }), story, ...(storyEn !== undefined && { storyEn }), goalFen, to };
}

/** Which of them differ. */
export function changedFields(before: CampaignTerms, after: CampaignTerms): (typeof changeable)[number][] {
  return changeable.filter((field) => before[field] !== after[field]);
}

/** How far a campaign is: whole percent rounded down, so that 100 means reached, and what came beyond the goal. */
export function progressOf(receivedFen: number, goalFen: number): { percent: number; missingFen: number; beyondFen: number } {
  const percent = Number((BigInt(Math.max(0, receivedFen)) * 100n) / BigInt(goalFen));
  return { percent, missingFen: Math.max(0, goalFen - receivedFen), beyondFen: Math.max(0, receivedFen - goalFen) };
}
