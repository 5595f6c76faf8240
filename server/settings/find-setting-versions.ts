import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { anyOf } from '../platform/mongo/operators';
import { SettingBook } from './setting-book.model';
import { SettingVersion } from './setting-version.model';

/** The confirmed versions of some numbers. */
export async function findConfirmedVersions(ctx: Pick<Context, 'ledger'>, names: readonly string[]): Promise<SettingVersion[]> {
  return await SettingVersion.find({ ledger: ctx.ledger, name: anyOf(names), 'state.name': 'confirmed' }).lean();
}

/** Every version of a number, newest first: proposals, past, declined and replaced ones too. */
export async function findVersionsOf(ctx: Pick<Context, 'ledger'>, name: string): Promise<SettingVersion[]> {
  return await SettingVersion.find({ ledger: ctx.ledger, name }).sort({ effectiveFrom: -1, proposedAt: -1 }).lean();
}

/** Every confirmed version and open proposal of the county: a few hundred at most. */
export async function findStandingVersions(ctx: Pick<Context, 'ledger'>): Promise<SettingVersion[]> {
  return await SettingVersion.find({ ledger: ctx.ledger, 'state.name': anyOf(['proposed', 'confirmed']) }).lean();
}

/** Open proposals that wait for this person: those of others. For the navigation. */
export async function countProposalsToConfirm(ctx: Pick<Context, 'ledger' | 'actor'>): Promise<number> {
  const open = await SettingVersion.find({ ledger: ctx.ledger, 'state.name': 'proposed' }, { proposedBy: 1 }).lean();
  return open.filter(({ proposedBy }) => proposedBy !== ctx.actor.id).length;
}

/** The version that a decision names. @throws AppError `not-found` */
export async function findSettingVersionOrThrow(ctx: Pick<Context, 'ledger'>, id: string): Promise<SettingVersion> {
  return (await SettingVersion.findOne({ _id: id, ledger: ctx.ledger }).lean()) ?? fail('not-found');
}

/** The county's revision of all numbers; undefined before the first proposal. */
export async function findBook(ctx: Pick<Context, 'ledger'>): Promise<SettingBook | undefined> {
  return (await SettingBook.findOne({ _id: ctx.ledger }).lean()) ?? undefined;
}
