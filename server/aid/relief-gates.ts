import { daysBetween, type LocalDate } from '../kernel/local-date';
import { isSettled, type ReliefKind, type ReliefState } from '../relief';

interface ReferralFacts {
  kind: ReliefKind;
  state: ReliefState;
  /** Since when it waits for the department. */
  pendingSince: LocalDate;
}

/** Why a case may not go on: aid is the last payer. */
export interface GateFacts {
  monitored: boolean;
  referrals: readonly ReferralFacts[];
  today: LocalDate;
  /** Setting `relief.pendingDays`. */
  pendingDays: number;
  /** Kinds that the reviewer let pass though overdue, each with a logged reason. */
  waived?: readonly ReliefKind[];
}

export interface Gates {
  monitored: boolean;
  /** Kinds still with a department, within its time. */
  pending: ReliefKind[];
  /** Kinds pending longer than allowed: the reviewer may let them pass. */
  overdue: ReliefKind[];
  open: boolean;
}

/** The gates before a top-up: the household is monitored, and each applicable kind is settled, or overdue and let pass (DOMAIN 6, AI1). */
export function reliefGates({ monitored, referrals, today, pendingDays, waived = [] }: GateFacts): Gates {
  const waiting = referrals.filter(({ state }) => !isSettled(state));
  const isOverdue = ({ pendingSince }: ReferralFacts) => daysBetween(pendingSince, today) > pendingDays;
  const overdue = waiting.filter(isOverdue).map(({ kind }) => kind);
  const pending = waiting.filter((referral) => !isOverdue(referral)).map(({ kind }) => kind);
  return { monitored, pending, overdue, open: monitored && pending.length === 0 && overdue.every((kind) => waived.includes(kind)) };
}
