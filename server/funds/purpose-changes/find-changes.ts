import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { type Page, pageOf } from '../../platform/mongo/page-of';
import type { ChangeFilters } from '../funds.inputs';
import { PurposeChange } from './purpose-change.model';

/** One change, or 404. Changes belong to the county: the guard says who sees them. */
export async function findChangeOrThrow(ctx: Context, id: string): Promise<PurposeChange> {
  return (await PurposeChange.findOne({ _id: id, ledger: ctx.ledger }).lean<PurposeChange>()) ?? fail('not-found');
}

/** Changes newest first, of one state or all. */
export async function findChanges(ctx: Context, { state, ...page }: ChangeFilters): Promise<Page<PurposeChange>> {
  const filter = { ledger: ctx.ledger, ...(state && { 'state.name': state }) };
  return pageOf(PurposeChange, { filter, order: { askedAt: -1 } }, page);
}

/** What was changed of the money of one origin, the first first: only what two persons have confirmed. */
export async function findConfirmedChangesOf(ctx: Pick<Context, 'ledger'>, origin: string): Promise<PurposeChange[]> {
  return PurposeChange.find({ ledger: ctx.ledger, origin, 'state.name': 'confirmed' })
    .sort({ 'state.at': 1, _id: 1 })
    .lean<PurposeChange[]>();
}

/** How many changes wait for a second person. */
export async function countChangesAsked(ctx: Pick<Context, 'ledger'>): Promise<number> {
  return PurposeChange.countDocuments({ ledger: ctx.ledger, 'state.name': 'asked' });
}
