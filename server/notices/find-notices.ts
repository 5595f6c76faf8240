import { reachOf, within } from '../identity';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { anyOf, operator } from '../platform/mongo/operators';
import { type Page, pageOf } from '../platform/mongo/page-of';
import type { PageRequest } from '../platform/validation/types';
import { Notice } from './notice.model';

/** A notice that hangs: for everybody, until the end of its last day; after that it is not there (DOMAIN 6, NO1; 16, case). */
export async function findHangingNoticeOrThrow(ctx: Context, id: string): Promise<Notice> {
  const hanging = { _id: id, ledger: ctx.ledger, lastDay: operator({ $gte: shanghaiDay(ctx.clock.now()) }) };
  return (await Notice.findOne(hanging).lean<Notice>()) ?? fail('not-found');
}

/** All notices that hang today, the newest first: they are public. */
export async function findHangingNotices(ctx: Context): Promise<Notice[]> {
  const hanging = { ledger: ctx.ledger, lastDay: operator({ $gte: shanghaiDay(ctx.clock.now()) }) };
  return Notice.find(hanging).sort({ postedAt: -1, _id: -1 }).limit(100).lean<Notice[]>();
}

/** A notice by id, also when it has ended: for rooms that hold its number. */
export async function findNoticeOrThrow(ctx: Context, id: string): Promise<Notice> {
  return (await Notice.findOne({ _id: id, ledger: ctx.ledger }).lean<Notice>()) ?? fail('not-found');
}

/** Notices by id, for pages that name them. */
export async function noticesById(ctx: Context, ids: readonly string[]): Promise<Map<string, Notice>> {
  const found = await Notice.find({ ledger: ctx.ledger, _id: anyOf(ids) }).lean<Notice[]>();
  return new Map(found.map((notice) => [notice._id, notice]));
}

/** A notice of all times within the actor's region, or 404. */
export async function findReachedNoticeOrThrow(ctx: Context, id: string): Promise<Notice> {
  return (await Notice.findOne({ _id: id, ledger: ctx.ledger, $and: [overlapping(ctx)] }).lean<Notice>()) ?? fail('not-found');
}

/** A notice of all times within the actor's region by the number on its paper, or undefined. */
export async function findReachedByNumber(ctx: Context, number: string): Promise<Notice | undefined> {
  return (await Notice.findOne({ ledger: ctx.ledger, number, $and: [overlapping(ctx)] }).lean<Notice>()) ?? undefined;
}

/** Notices of all times within the actor's region, the newest first: staff may look back. */
export async function findNoticesInReach(ctx: Context, page: PageRequest): Promise<Page<Notice>> {
  return pageOf(Notice, { filter: { ledger: ctx.ledger, $and: [overlapping(ctx)] }, order: { postedAt: -1 } }, page);
}

/** A notice of a whole township is also one of each of its villages. */
function overlapping(ctx: Context): Record<string, unknown> {
  const above = reachOf(ctx.actor).flatMap((scope) =>
    [6, 9].filter((digits) => digits < scope.length).map((digits) => scope.slice(0, digits)),
  );
  return above.length > 0 ? { $or: [within(ctx, 'village'), { village: anyOf(above) }] } : within(ctx, 'village');
}
