/** `trim` gives what is left under the caps, `refuse` gives all of the score or nothing (DOMAIN 9, setting `capMode`). */
export const capModes = ['trim', 'refuse'] as const;
export type CapMode = (typeof capModes)[number];

/** What a cap still lets through: what was awarded counts, what was reversed opens its room again (DOMAIN 9, PT2). Whole points. */
export function roomLeft({ cap, awarded, reversed = 0 }: { cap: number; awarded: number; reversed?: number }): number {
  return Math.max(0, cap - awarded + reversed);
}

/** The award for a score under the rooms of all caps that hold (DOMAIN 9, PT2). Whole points; 0 when nothing may be awarded. */
export function awardFor({ score, rooms, mode }: { score: number; rooms: readonly number[]; mode: CapMode }): number {
  const narrowest = Math.min(score, ...rooms);
  if (mode === 'refuse' && narrowest < score) return 0;
  return narrowest;
}
