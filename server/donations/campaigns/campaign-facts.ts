import type { AuditFacts } from '../../audit';
import type { Papers } from '../../funds';
import type { Campaign, CampaignTerms } from './campaign.model';

/** All that a draft says, its words as they are published; its papers by number and days, since a renewed one may keep its number. */
export function draftFacts(draft: CampaignTerms & Pick<Campaign, 'from' | 'restriction'>, { certificate, plan }: Papers): AuditFacts {
  const { purpose, area } = draft.restriction;
  return {
    ...termFacts(draft),
    effectiveFrom: draft.from,
    purpose,
    ...(area !== undefined && { scope: area }),
    ...(certificate && { certificate: `${certificate.number} ${certificate.validFrom} – ${certificate.validTo}` }),
    ...(plan && { plan: `${plan.number} ${plan.from} – ${plan.to}` }),
  };
}

/** Goal and last day as figures, words as they are published. */
export function termFacts({ title, titleEn, story, storyEn, goalFen, to }: CampaignTerms): AuditFacts {
  return {
    title,
    ...(titleEn !== undefined && { titleEn }),
    story,
    ...(storyEn !== undefined && { storyEn }),
    amountFen: goalFen,
    until: to,
  };
}

/** What two versions tell differently. */
export function differingFacts(before: AuditFacts, after: AuditFacts): { before: AuditFacts; after: AuditFacts } {
  const differs = <Facts extends AuditFacts>(facts: Facts, other: AuditFacts) =>
    Object.fromEntries(Object.entries(facts).filter(([name, value]) => other[name as keyof AuditFacts] !== value)) as AuditFacts;
  return { before: differs(before, after), after: differs(after, before) };
}
