/** Top-up aid: what a family lacks after everything else, decided by different people, and never more. */

export { aidRoutes } from './aid.routes';
export { aidTruths } from './aid.truths';
export type { AidCase } from './aid-case.model';
export { approveCase } from './approve-case';
export { cancelCase } from './cancel-case';
export { followNotice } from './follow-notice';
export { followPayment } from './follow-payment';
export { postAidNotice } from './post-aid-notice';
export { recordAppraisal } from './record-appraisal';
export { recordSurvey } from './record-survey';
export { refuseCase } from './refuse-case';
export { requestAid } from './request-aid';
export { reserveWaiting } from './reserve-waiting';
export { reviewCase } from './review-case';
export { sendBackCase } from './send-back-case';
export { replayDecision } from './working-sheet';
