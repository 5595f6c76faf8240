import type { LocalDate } from '../kernel/local-date';

export interface QueuedCase {
  id: string;
  members: number;
  gapFen: number;
  topUpFen: number;
  submittedOn: LocalDate | Date;
}

/**
 * Who comes first when money is short: the larger gap a head, compared by cross-multiplication so that no rounding decides, then the
 * earlier submission, then the id (DOMAIN 6, AI5).
 */
export function inQueueOrder<Case extends QueuedCase>(cases: readonly Case[]): Case[] {
  return [...cases].sort((a, b) => {
    const aShare = BigInt(a.gapFen) * BigInt(b.members);
    const bShare = BigInt(b.gapFen) * BigInt(a.members);
    if (aShare !== bShare) return aShare > bShare ? -1 : 1;
    if (+toTime(a) !== +toTime(b)) return toTime(a) < toTime(b) ? -1 : 1;
    return a.id < b.id ? -1 : 1;
  });
}

/** The whole cases that a balance covers, in queue order. Without `skipAhead` the first misfit ends it. */
export function coveredCases<Case extends QueuedCase>(cases: readonly Case[], balanceFen: number, skipAhead: boolean): Case[] {
  const covered: Case[] = [];
  let left = balanceFen;
  for (const one of inQueueOrder(cases)) {
    if (one.topUpFen <= left) {
      covered.push(one);
      left -= one.topUpFen;
    } else if (!skipAhead) break;
  }
  return covered;
}

function toTime({ submittedOn }: QueuedCase): number {
  return submittedOn instanceof Date ? submittedOn.getTime() : Date.parse(submittedOn);
}
