import { change, type DocumentGuard, type DocumentWrite, unchanged } from '../../platform/mongo/document-writes';
import { FiledPlan } from './filed-plan.model';

/** What the opening of a campaign adds to its commit, so that of two that name one filed plan only one can be opened. */
export function claimPlan(plan: FiledPlan, campaign: string): { guards: DocumentGuard[]; writes: DocumentWrite[] } {
  return { guards: [unchanged(FiledPlan, plan)], writes: [change(FiledPlan, plan, { campaign })] };
}
