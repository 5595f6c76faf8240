/**
 * The kinds of relief that come before aid, in the order of the cascade (DOMAIN 4, RE1 and its table). `income`: it counts as income (I)
 * and then stands in the income statement; `reduces`: what was received reduces the shortfall (S).
 */
const reliefKinds = {
  subsistenceAllowance: { income: true, reduces: true },
  extremeDifficultySupport: { income: true, reduces: true },
  disability: { income: true, reduces: true },
  orphan: { income: true, reduces: true },
  oldAge: { income: true, reduces: true },
  medical: { income: false, reduces: true },
  temporary: { income: false, reduces: true },
  schooling: { income: false, reduces: true },
  disaster: { income: false, reduces: true },
  insurance: { income: false, reduces: true },
  socialReliefFund: { income: false, reduces: true },
  socialRelief: { income: false, reduces: true },
} as const satisfies Record<string, { income: boolean; reduces: boolean }>;

export type ReliefKind = keyof typeof reliefKinds;
export const reliefKindNames = Object.keys(reliefKinds) as ReliefKind[];

/** Whether a kind closes the gap beside income: S and not I (DOMAIN 6, AI3). What is income is in the statement already. */
export function countsBesideIncome(kind: ReliefKind): boolean {
  return reliefKinds[kind].reduces && !reliefKinds[kind].income;
}
