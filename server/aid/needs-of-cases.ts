import type { Need } from '../funds';
import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { anyOf } from '../platform/mongo/operators';
import { AidCase } from './aid-case.model';

const waitingStates = ['screened', 'surveyed', 'appraised', 'posted', 'townshipReviewed', 'waiting'] as const;
const most = 5_000;

/** What families have asked for and no money is reserved for yet, in the order of asking: number, village and cause, never who. */
export async function needsOfCases(ctx: Context): Promise<Need[]> {
  const day = shanghaiDay(ctx.clock.now());
  const cases = await AidCase.find({ ledger: ctx.ledger, 'state.name': anyOf(waitingStates) })
    .sort({ submittedAt: 1, _id: 1 })
    .limit(most)
    .lean<AidCase[]>();
  return cases
    .filter(({ amountFen }) => amountFen > 0)
    .map(({ _id, number, village, cause, amountFen }) => ({ number, href: `/aid/cases/${_id}`, village, cause, day, amountFen }));
}
