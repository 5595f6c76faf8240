import { actingBy, may } from '../identity';
import type { Context } from '../kernel/context';
import { type Label, nameDocuments, numberDocuments } from '../ledger';
import { householdsById } from './find-households';
import { Household } from './household.model';
import { withinReach } from './household-reach';

/** What the ledger's pages call a household: its number, never a name. */
export function nameHouseholdsInLedger(): void {
  nameDocuments('household', async (ctx: Context, ids: readonly string[]) => {
    const households = await householdsById(ctx, ids);
    const mayOpen = may(ctx.actor, 'household.read');
    return new Map(
      [...households].map(([id, { number }]): [string, Label] => [id, { text: number, ...(mayOpen && { href: `/households/${id}` }) }]),
    );
  });
  numberDocuments('household', async (ctx, number) => {
    const reached = withinReach(actingBy(ctx, 'household.read'));
    const found = await Household.findOne({ ledger: ctx.ledger, number, $and: [reached] }, { _id: 1 }).lean<Pick<Household, '_id'>>();
    return found ? { id: found._id } : undefined;
  });
}
