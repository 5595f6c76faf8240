import { systemClock } from '../../server/kernel/clock';
import { systemRandom } from '../../server/kernel/random';
import type { Violation } from '../../server/kernel/truths';
import { truths } from '../../server/truths';

/** Checks every room's invariants over the county's data in the connected database. */
export async function checkTruths(ledger: string): Promise<Violation[]> {
  const actor = { id: 'system:truths', kind: 'system' as const, grants: [] };
  const ctx = { ledger, actor, clock: systemClock, random: systemRandom, locale: 'zh-CN' as const };
  const found: Violation[] = [];
  for (const truth of truths) found.push(...(await truth.check(ctx)));
  return found;
}
