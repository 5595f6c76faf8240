import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { failField } from '../../kernel/errors';
import { isRefused, LedgerConflict, post } from '../../ledger';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { absent, insertion } from '../../platform/mongo/document-writes';
import { CashCounter } from './cash-counter.model';
import { counterOpened } from './counter.accounts';
import type { OpenCounterInput } from './counter.inputs';
import { findCounterOrThrow } from './find-counters';

/** Opens a counter with letters of its own for its slips. @throws `input.invalid` at `code` when another counter has them. */
export async function openCounter(ctx: Context, { name, code }: OpenCounterInput): Promise<CashCounter> {
  const id = idOfFact(ctx, 'cct', code);
  try {
    await post(ctx, {
      key: `cashCounter:${id}:opened`,
      kind: counterOpened,
      source: { type: 'cashCounter', id },
      facts: { name, code },
      guards: [absent(CashCounter, id)],
      writes: () => [
        insertion(ctx, CashCounter, { _id: id, name, code, openedBy: ctx.actor.id, openedAt: ctx.clock.now() }),
        recorded(ctx, 'cash.counterOpened', { type: 'cashCounter', id }),
      ],
    });
  } catch (error) {
    if (error instanceof LedgerConflict || isRefused(error, 'exists') || isRefused(error, 'stale')) failField('code', 'counter-code-taken');
    throw error;
  }
  return findCounterOrThrow(ctx, id);
}
