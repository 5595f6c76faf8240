import { actingBy, may } from '../identity';
import type { Context } from '../kernel/context';
import { type Label, nameDocuments, numberDocuments } from '../ledger';
import { anyOf } from '../platform/mongo/operators';
import { householdsById } from './find-households';
import { Household } from './household.model';
import { withinReach } from './household-reach';
import { IncomeStatement } from './income-statement.model';

/** What the pages of ledger and audit call a household and its statements of income: its number, never a name. */
export function nameHouseholdsInLedger(): void {
  nameDocuments('household', async (ctx: Context, ids: readonly string[]) => {
    const households = await householdsById(ctx, ids);
    const mayOpen = may(ctx.actor, 'household.read');
    return new Map(
      [...households].map(([id, { number }]): [string, Label] => [id, { text: number, ...(mayOpen && { href: `/households/${id}` }) }]),
    );
  });
  nameDocuments('incomeStatement', async (ctx: Context, ids: readonly string[]) => {
    const statements = await IncomeStatement.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { household: 1 }).lean<
      Pick<IncomeStatement, '_id' | 'household'>[]
    >();
    const households = await householdsById(
      ctx,
      statements.map(({ household }) => household),
    );
    const mayOpen = may(ctx.actor, 'household.read');
    return new Map(
      statements.map(({ _id, household }): [string, Label] => [
        _id,
        { text: households.get(household)?.number ?? '', ...(mayOpen && { href: `/households/${household}` }) },
      ]),
    );
  });
  numberDocuments('household', async (ctx, number) => {
    const reached = withinReach(actingBy(ctx, 'household.read'));
    const found = await Household.findOne({ ledger: ctx.ledger, number, $and: [reached] }, { _id: 1 }).lean<Pick<Household, '_id'>>();
    return found ? { id: found._id } : undefined;
  });
}
