import { householdsById } from '../households';
import { may } from '../identity';
import type { Context } from '../kernel/context';
import { type Label, nameDocuments } from '../ledger';
import { anyOf } from '../platform/mongo/operators';
import { ReliefRecord } from './relief-record.model';

/** What the pages of ledger and audit call a referral: the household's number, never a name. */
export function nameReliefInLedger(): void {
  nameDocuments('relief', async (ctx: Context, ids: readonly string[]) => {
    const records = await ReliefRecord.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { household: 1 }).lean<
      Pick<ReliefRecord, '_id' | 'household'>[]
    >();
    const households = await householdsById(
      ctx,
      records.map(({ household }) => household),
    );
    const mayOpen = may(ctx.actor, 'relief.read');
    return new Map(
      records.map(({ _id, household }): [string, Label] => [
        _id,
        { text: households.get(household)?.number ?? '', ...(mayOpen && { href: `/households/${household}/relief` }) },
      ]),
    );
  });
}
