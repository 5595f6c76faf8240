/** Points for deeds: the rule book, deeds and their awards, what a household can spend and until when. */
import { namePoints } from './points.labels';

export { addPointRule } from './add-point-rule';
export { confirmDeed } from './confirm-deed';
export { deedChip } from './deed-chip';
export { expirePoints } from './expire-points';
export { findDeedsOf } from './find-deeds';
export { findMonthRoom, findPointsOf, type PointsHeld } from './find-points';
export { points } from './points.accounts';
export { pointsRoutes } from './points.routes';
export { pointsTruths } from './points.truths';
export { recordDeed } from './record-deed';
export { rejectDeed } from './reject-deed';

namePoints();
