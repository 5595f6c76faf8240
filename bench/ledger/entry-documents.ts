import { createHash } from 'node:crypto';
import { shanghaiDay } from '../../server/kernel/local-date';
import type { AccountCode } from '../../server/ledger';
import type { EntryDocument } from '../../server/ledger/collections';
import { context, ledgerName, transfer } from './bench-chart';

const recordedAt = new Date('2026-05-01T02:00:00Z');

/** An entry as a commit of a transfer stores it, for bounds and for books too large to post. */
export function entryDocument(
  seq: number,
  key: string,
  from: AccountCode,
  to: AccountCode,
  amount: number,
  after: [number, number],
): EntryDocument {
  return {
    _id: `${ledgerName}/${key}`,
    ledger: ledgerName,
    seq,
    kind: transfer.name,
    effectiveOn: shanghaiDay(recordedAt),
    recordedAt: recordedAt.toISOString(),
    actor: context.actor.id,
    source: { type: 'bench', id: key },
    bodyHash: createHash('sha256').update(key).digest('base64'),
    legs: [
      { account: from, unit: 'CNY', amount, balanceAfter: after[0] },
      { account: to, unit: 'CNY', amount: -amount, balanceAfter: after[1] },
    ],
  };
}
