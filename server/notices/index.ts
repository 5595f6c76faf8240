/** Public notices 公示: what hangs in the village, and since when it may be acted upon. */
export { endNotices } from './end-notices';
export { findNoticeOrThrow, noticesById } from './find-notices';
export type { Notice, NoticeRow } from './notice.model';
export { approvableFrom } from './notice-gate';
export { noticeEnded } from './notices.kinds';
export { noticesRoutes } from './notices.routes';
export { noticeToPost } from './post-notice';
