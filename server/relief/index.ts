export { isSettled, type ReliefState } from './relief.states';
export { countsBesideIncome, type ReliefKind, reliefKindNames, reliefKinds } from './relief-kinds';
