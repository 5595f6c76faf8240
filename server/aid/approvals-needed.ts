/** Settings `approval.second` and `approval.meeting`: above these sums more is asked. */
export interface ApprovalLimits {
  secondAboveFen: number;
  meetingAboveFen: number;
}

/** Who must agree before money is reserved. The case keeps a copy: a later change of the limits does not touch it (QUALITY I6). */
export interface ApprovalPolicy {
  approvals: 1 | 2;
  /** Whether the minutes of a meeting must be on file. */
  minutes: boolean;
}

/** Exactly at a limit is not above it (高于 does not include the number; DOMAIN 0 and 6). */
export function approvalsNeeded(topUpFen: number, limits: ApprovalLimits): ApprovalPolicy {
  return { approvals: topUpFen > limits.secondAboveFen ? 2 : 1, minutes: topUpFen > limits.meetingAboveFen };
}
