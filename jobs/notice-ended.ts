import { followNotice } from '../server/aid';
import { noticeEnded } from '../server/notices';
import { on } from '../server/platform/queues/job';

/** A notice has hung its days: its cases go on. */
export default on(noticeEnded, ({ noticeId }, ctx) => followNotice(ctx, { noticeId }));
