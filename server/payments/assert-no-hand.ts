import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import type { HandledBy } from './payable.model';

/**
 * Nobody acts twice on one case: who requested, reviewed or approved one of these sums touches no batch that holds it (DESIGN §3;
 * QUALITY I6). Checked on the data, whatever roles a person has. @throws `rule.same-person` with the number of the case.
 */
export function assertNoHand(ctx: Pick<Context, 'actor'>, sums: readonly { number: string; handledBy: readonly HandledBy[] }[]): void {
  const touched = sums.find(({ handledBy }) => handledBy.some(({ person }) => person === ctx.actor.id));
  if (touched) fail('rule.same-person', { number: touched.number });
}
