/** Help from government and society that comes before aid: who was referred where, and what arrived. */
export { answerRelief } from './answer-relief';
export { findReliefOf, reliefWithin } from './find-relief';
export { recordRelief } from './record-relief';
export { referRelief } from './refer-relief';
export { reliefRoutes } from './relief.routes';
export { reliefPendingDays } from './relief.settings';
export { isSettled, type ReliefState } from './relief.states';
export { countsBesideIncome, type ReliefKind, reliefKindNames } from './relief-kinds';
