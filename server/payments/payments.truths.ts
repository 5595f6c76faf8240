import type { Context } from '../kernel/context';
import type { Truth, Violation } from '../kernel/truths';
import { findPools } from '../ledger';
import { operator } from '../platform/mongo/operators';
import { findLines } from './find-payments';
import { Payable } from './payable.model';
import { PaymentBatch } from './payment-batch.model';
import { PaymentLine } from './payment-line.model';
import { payable as payablePool, transit } from './payments.accounts';

const id = 'I5';
const live = new Set(['pending', 'sent', 'unknown', 'paid']);

/**
 * Each released sum has at most one live line; an unknown line has no successor; a file's figures are those of its lines; what lies in a
 * case's pool and on the way to the bank is what its documents say.
 */
export const paymentsAreSingle: Truth = {
  id,
  says: 'each approved sum has at most one live payment line, each line is in one file, and pools hold what the documents say',
  check: async (ctx) => [...(await doubledLines(ctx)), ...(await wrongFiles(ctx)), ...(await wrongPools(ctx))],
};

async function doubledLines(ctx: Context): Promise<Violation[]> {
  const found: Violation[] = [];
  const seen = new Map<string, { live: number; unknown: boolean }>();
  for await (const line of PaymentLine.find({ ledger: ctx.ledger }, { payable: 1, state: 1 }).lean<PaymentLine[]>().cursor()) {
    const before = seen.get(line.payable) ?? { live: 0, unknown: false };
    const now = {
      live: before.live + (live.has(line.state.name) ? 1 : 0),
      unknown: before.unknown || line.state.name === 'unknown',
    };
    seen.set(line.payable, now);
    if (now.live > 1) found.push({ truth: id, what: now.unknown ? 'unknown line has a successor' : 'two live lines', where: line.payable });
  }
  return found;
}

async function wrongFiles(ctx: Context): Promise<Violation[]> {
  const found: Violation[] = [];
  for await (const batch of PaymentBatch.find({ ledger: ctx.ledger, exportedAt: operator({ $exists: true }) })
    .lean<PaymentBatch[]>()
    .cursor()) {
    const lines = await findLines(ctx, batch._id);
    const total = lines.reduce((sum, line) => sum + line.amountFen, 0);
    if (total !== batch.totalFen || lines.length !== batch.count) {
      found.push({ truth: id, what: 'file total is not the sum of its lines', where: batch._id });
    }
    if (batch.signatures.length !== 2) found.push({ truth: id, what: 'exported without two signatures', where: batch._id });
  }
  return found;
}

async function wrongPools(ctx: Context): Promise<Violation[]> {
  const found: Violation[] = [];
  const inPool = new Set(['open', 'batched', 'returned']);
  for await (const owed of Payable.find({ ledger: ctx.ledger }).lean<Payable[]>().cursor()) {
    const line = owed.state.name === 'sent' ? transit(`${owed._id}-r${owed.attempts - 1}`) : undefined;
    const [held, underway] = await Promise.all([totalOf(ctx, payablePool(owed._id)), line ? totalOf(ctx, line) : 0]);
    if (held !== (inPool.has(owed.state.name) ? owed.amountFen : 0) || underway !== (line ? owed.amountFen : 0)) {
      found.push({ truth: id, what: `pool of a ${owed.state.name} sum holds another amount`, where: owed._id });
    }
  }
  return found;
}

async function totalOf(ctx: Context, pool: string): Promise<number> {
  return (await findPools(ctx, [pool]))[0]?.total ?? 0;
}
