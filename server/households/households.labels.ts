import { actingBy, may } from '../identity';
import type { Context } from '../kernel/context';
import { nameDocuments, numberDocuments } from '../ledger';
import { anyOf } from '../platform/mongo/operators';
import { Household } from './household.model';
import { withinReach } from './household-reach';
import { IncomeStatement } from './income-statement.model';
import { labelsByHousehold } from './labels-by-household';

/** What the pages of ledger and audit call a household and its statements of income: its number, never a name. */
export function nameHouseholdsInLedger(): void {
  nameDocuments('household', (ctx, ids) =>
    labelsByHousehold(
      ctx,
      ids.map((id) => ({ _id: id, household: id })),
      hrefFor(ctx),
    ),
  );
  nameDocuments('incomeStatement', async (ctx, ids) => {
    const found = IncomeStatement.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { household: 1 });
    return labelsByHousehold(ctx, await found.lean<Pick<IncomeStatement, '_id' | 'household'>[]>(), hrefFor(ctx));
  });
  numberDocuments('household', async (ctx, number) => {
    const reached = withinReach(actingBy(ctx, 'household.read'));
    const found = await Household.findOne({ ledger: ctx.ledger, number, $and: [reached] }, { _id: 1 }).lean<Pick<Household, '_id'>>();
    return found ? { id: found._id } : undefined;
  });
}

function hrefFor({ actor }: Context) {
  return may(actor, 'household.read') ? (household: string) => `/households/${household}` : undefined;
}
