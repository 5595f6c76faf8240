import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { DonorMerge } from './donor-merge.model';

type County = Pick<Context, 'ledger'>;
const most = 50;

/** @throws `not-found` */
export async function findMergeOrThrow(ctx: County, id: string): Promise<DonorMerge> {
  return (await DonorMerge.findOne({ _id: id, ledger: ctx.ledger }).lean<DonorMerge>()) ?? fail('not-found');
}

/** Proposals about a record, the newest first. */
export async function findMergesOf(ctx: County, donor: string): Promise<DonorMerge[]> {
  return DonorMerge.find({ ledger: ctx.ledger, $or: [{ from: donor }, { into: donor }] })
    .sort({ askedAt: -1, _id: -1 })
    .limit(most)
    .lean<DonorMerge[]>();
}

export async function countMergesToDecide(ctx: County): Promise<number> {
  return DonorMerge.countDocuments({ ledger: ctx.ledger, 'state.name': 'proposed' });
}

/** Proposals that wait for their second person, the oldest first. */
export async function findMergesToDecide(ctx: County): Promise<DonorMerge[]> {
  return DonorMerge.find({ ledger: ctx.ledger, 'state.name': 'proposed' }).sort({ askedAt: 1, _id: 1 }).limit(most).lean<DonorMerge[]>();
}
