import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { operator } from '../platform/mongo/operators';
import { outboxed } from '../platform/outbox/outboxed';
import { Notice } from './notice.model';
import { noticeStates } from './notice.states';
import { noticeEnded, noticeEndedKind } from './notices.kinds';

const atOnce = 200;

/**
 * Ends the notices whose last day is over, and tells the rooms whose business they announced. Idempotent: each notice ends once,
 * whoever asks and how often. Returns how many ended.
 */
export async function endNotices(ctx: Context): Promise<number> {
  const today = shanghaiDay(ctx.clock.now());
  const notices = await Notice.find({ ledger: ctx.ledger, 'state.name': 'posted', lastDay: operator({ $lt: today }) })
    .sort({ lastDay: 1, _id: 1 })
    .limit(atOnce)
    .lean<Notice[]>();
  for (const notice of notices) await endNotice(ctx, notice);
  return notices.length;
}

async function endNotice(ctx: Context, notice: Notice): Promise<void> {
  const state = noticeStates.enter(notice.state, 'ended', ctx);
  await post(ctx, {
    key: `notice:${notice._id}:ended`,
    kind: noticeEndedKind,
    source: { type: 'notice', id: notice._id },
    guards: [unchanged(Notice, notice)],
    bulk: true,
    writes: () => [
      change(Notice, notice, { state }),
      outboxed(ctx, noticeEnded, { noticeId: notice._id }),
      recorded(ctx, 'notice.ended', { type: 'notice', id: notice._id }),
    ],
  });
}
