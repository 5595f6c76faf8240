import type { Context } from '../kernel/context';
import { post } from '../ledger';
import { findNoticeOrThrow } from '../notices';
import { change, unchanged } from '../platform/mongo/document-writes';
import { anyOf } from '../platform/mongo/operators';
import { aidFollowed } from './aid.accounts';
import { AidCase } from './aid-case.model';
import { dueDay, stepOf } from './case-step';

/** A notice has hung its days: its cases may be reviewed, and their clock starts. Heard from the notices room; idempotent. */
export async function followNotice(ctx: Context, { noticeId }: { noticeId: string }): Promise<void> {
  const notice = await findNoticeOrThrow(ctx, noticeId);
  const subjects = notice.rows.map(({ subject }) => subject);
  const cases = await AidCase.find({ ledger: ctx.ledger, _id: anyOf(subjects), notice: noticeId, 'state.name': 'posted' }).lean<
    AidCase[]
  >();
  for (const aidCase of cases) {
    if (aidCase.steps.some(({ what, round }) => what === 'noticeEnded' && round === aidCase.round)) continue;
    const steps = [...aidCase.steps, stepOf(ctx, aidCase, 'noticeEnded')];
    const dueOn = await dueDay(ctx, aidCase.village);
    await post(ctx, {
      key: `aid:${aidCase._id}:round:${aidCase.round}:noticeEnded`,
      kind: aidFollowed,
      source: { type: 'aidCase', id: aidCase._id },
      bulk: true,
      guards: [unchanged(AidCase, aidCase)],
      writes: () => [change(AidCase, aidCase, { steps, dueOn })],
    });
  }
}
