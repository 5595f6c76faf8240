import { labelsByHousehold } from '../households';
import { may } from '../identity';
import { nameDocuments } from '../ledger';
import { anyOf } from '../platform/mongo/operators';
import { ReliefRecord } from './relief-record.model';

/** What the pages of ledger and audit call a referral: the household's number, never a name. */
export function nameReliefInLedger(): void {
  nameDocuments('relief', async (ctx, ids) => {
    const found = ReliefRecord.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { household: 1 });
    const href = may(ctx.actor, 'relief.read') ? (household: string) => `/households/${household}/relief` : undefined;
    return labelsByHousehold(ctx, await found.lean<Pick<ReliefRecord, '_id' | 'household'>[]>(), href);
  });
}
