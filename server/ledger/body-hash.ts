import { createHash } from 'node:crypto';
import type { EnsuredPosting, Posting } from './posting';

/**
 * Hash of what is asked: kind, source, legs, lots, draws, the reversed entry and the caller's facts. Actor, dates, clock values and
 * writes stay out, so that a job run again after midnight, or a gift seen by webhook and by reconciliation, is an honest retry.
 */
export function bodyHash(posting: Posting | EnsuredPosting): string {
  const asked = 'draws' in posting || 'reverses' in posting || 'facts' in posting ? (posting as Posting) : ({} as Partial<Posting>);
  const body = [
    posting.kind.name,
    posting.source.type,
    posting.source.id,
    (posting.legs ?? []).map((leg) => [leg.account, leg.amount]),
    (posting.lots ?? []).map((lot) => [lot.lot, lot.pool, lot.amount, lot.origin, lot.value ?? 0]),
    (asked.draws ?? []).map((draw) => [
      draw.from,
      draw.lot ?? '',
      typeof draw.amount === 'object' ? ['upTo', draw.amount.upTo] : draw.amount,
      typeof draw.to === 'string' ? draw.to : ['pool', draw.to.pool, ...(draw.to.lastDay ? [draw.to.lastDay] : [])],
      draw.short ? [draw.short.debit, draw.short.credit] : 0,
      draw.cost ? [draw.cost.from, draw.cost.to] : 0,
      draw.expired ?? false,
    ]),
    asked.reverses ?? '',
    asked.corrects ?? '',
    (asked.status ?? []).map((change) => [change.account, change.to]),
    Object.entries(asked.facts ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
  return createHash('sha256').update(JSON.stringify(body)).digest('base64');
}
