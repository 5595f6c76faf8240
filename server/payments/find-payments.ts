import { may } from '../identity';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { anyOf, operator } from '../platform/mongo/operators';
import { type Page, pageOf } from '../platform/mongo/page-of';
import { BankResult } from './bank-result.model';
import { Payable } from './payable.model';
import { PaymentBatch } from './payment-batch.model';
import { PaymentLine } from './payment-line.model';
import type { BatchFilters } from './payments.inputs';
import { mostLines } from './payments.settings';

/** What is owed for a case, or undefined before its approval. */
export async function findPayable(ctx: Context, id: string): Promise<Payable | undefined> {
  return (await Payable.findOne({ _id: id, ledger: ctx.ledger }).lean<Payable>()) ?? undefined;
}

function waiting({ ledger }: Context): { ledger: string } & Record<string, unknown> {
  return { ledger, 'state.name': anyOf(['open', 'returned']) };
}

/** Sums that may go into a batch: approved ones and those that came back, the oldest approval first, as many as one batch takes. */
export async function findWaitingPayables(ctx: Context): Promise<Payable[]> {
  return Payable.find(waiting(ctx)).sort({ approvedAt: 1, _id: 1 }).limit(mostLines).lean<Payable[]>();
}

/** How many sums wait for a batch, and how much it is in fen. */
export async function sumWaiting(ctx: Context): Promise<{ count: number; sumFen: number }> {
  const [total] = await Payable.aggregate<{ count: number; sumFen: number }>([
    { $match: waiting(ctx) },
    { $group: { _id: null, count: { $sum: 1 }, sumFen: { $sum: '$amountFen' } } },
  ]);
  return total ?? { count: 0, sumFen: 0 };
}

/** Payables by id, for making a batch. */
export async function payablesById(ctx: Context, ids: readonly string[]): Promise<Payable[]> {
  return Payable.find({ ledger: ctx.ledger, _id: anyOf(ids) }).lean<Payable[]>();
}

/** A batch of the county. Finance officers, managers and auditors see all of them; the guard of the route says who. */
export async function findBatchOrThrow(ctx: Context, id: string): Promise<PaymentBatch> {
  return (await PaymentBatch.findOne({ _id: id, ledger: ctx.ledger }).lean<PaymentBatch>()) ?? fail('not-found');
}

/** A batch by its readable number, as a result file names it. */
export async function findBatchByNumber(ctx: Context, number: string): Promise<PaymentBatch | undefined> {
  return (await PaymentBatch.findOne({ ledger: ctx.ledger, number }).lean<PaymentBatch>()) ?? undefined;
}

/** Batches, the newest first. */
export async function findBatches(ctx: Context, filters: BatchFilters): Promise<Page<PaymentBatch>> {
  const state = filters.state ? { 'state.name': filters.state } : {};
  return pageOf(PaymentBatch, { filter: { ledger: ctx.ledger, ...state }, order: { madeAt: -1 } }, filters);
}

/** The lines of a batch in the order of its file. */
export async function findLines(ctx: Context, batch: string): Promise<PaymentLine[]> {
  return PaymentLine.find({ ledger: ctx.ledger, batch }).sort({ sequence: 1 }).lean<PaymentLine[]>();
}

/** A line by id. */
export async function findLineOrThrow(ctx: Context, id: string): Promise<PaymentLine> {
  return (await PaymentLine.findOne({ _id: id, ledger: ctx.ledger }).lean<PaymentLine>()) ?? fail('not-found');
}

/** The lines that a payable has had, the first first. */
export async function linesOfPayable(ctx: Context, payable: string): Promise<PaymentLine[]> {
  return PaymentLine.find({ ledger: ctx.ledger, payable }).sort({ _id: 1 }).lean<PaymentLine[]>();
}

/** Result files that were read for a batch, the newest first. */
export async function findResults(ctx: Context, batch: string): Promise<BankResult[]> {
  return BankResult.find({ ledger: ctx.ledger, batch }).sort({ readAt: -1 }).lean<BankResult[]>();
}

/** How many batches wait for this person's signature. */
export async function countBatchesToSign(ctx: Context): Promise<number> {
  if (!may(ctx.actor, 'payment.sign')) return 0;
  const notMine = operator({ $ne: ctx.actor.id });
  const open: Record<string, unknown> = { 'state.name': anyOf(['checked', 'firstSigned']), madeBy: notMine, 'signatures.by': notMine };
  return PaymentBatch.countDocuments({ ledger: ctx.ledger, ...open });
}
