import { assertNotOwnHousehold } from '../households';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import type { Payable } from './payable.model';

/**
 * Nobody acts twice on one case: who requested, reviewed or approved one of these sums touches no batch that holds it (DESIGN §3;
 * QUALITY I6). Nor does anybody pay the own family. Checked on the data, whatever roles a person has.
 * @throws `rule.same-person` with the number of the case, `rule.own-household`.
 */
export async function assertNoHand(ctx: Context, sums: readonly Pick<Payable, 'number' | 'household' | 'handledBy'>[]): Promise<void> {
  const touched = sums.find(({ handledBy }) => handledBy.some(({ person }) => person === ctx.actor.id));
  if (touched) fail('rule.same-person', { number: touched.number });
  await assertNotOwnHousehold(ctx, ...sums.map(({ household }) => household));
}
