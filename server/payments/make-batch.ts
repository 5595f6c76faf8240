import { recorded } from '../audit';
import { householdsById, payeeOf } from '../households';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { type Fen, sumFen } from '../kernel/money';
import { post } from '../ledger';
import { encryptField } from '../platform/crypto/encrypt-field';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { absent, change, insertion, unchanged } from '../platform/mongo/document-writes';
import { anyOf } from '../platform/mongo/operators';
import { outboxed } from '../platform/outbox/outboxed';
import { settingsInForce } from '../settings';
import { assertNoHand } from './assert-no-hand';
import { checkBatch } from './check-batch';
import { payablesById } from './find-payments';
import { Payable } from './payable.model';
import { PaymentBatch } from './payment-batch.model';
import { lineAccountPlace, PaymentLine } from './payment-line.model';
import { paymentMoved } from './payment-moved';
import { batchMade, batchNumbers } from './payments.accounts';
import type { MakeBatchInput } from './payments.inputs';
import { bankEncoding, bankRows, mostLines } from './payments.settings';
import { batchStates, lineStates, payableStates } from './payments.states';

/**
 * Puts approved sums, and those that came back, into one payment batch and checks it. The maker is none of those who handled the cases.
 * @throws `payment.too-many`; `payment.in-batch` with the batch that has them; `payment.account-missing` with the numbers of cases whose
 * household has no usable bank account.
 */
export async function makeBatch(ctx: Context, input: MakeBatchInput): Promise<PaymentBatch> {
  const id = idOfRequest(ctx, 'bat', input.requestKey);
  const asked = {
    key: `batch:${id}:made`,
    kind: batchMade,
    source: { type: 'paymentBatch', id },
    facts: { payables: [...input.payables].sort().join(' ') },
  };
  const made = await PaymentBatch.findOne({ _id: id, ledger: ctx.ledger }).lean<PaymentBatch>();
  if (made) {
    await post(ctx, asked); // a replay, or a conflict when the key came with other sums
    return made.checkedAt ? made : checkBatch(ctx, { id }); // its first request may have been cut off before the check
  }
  const payables = await payablesById(ctx, input.payables);
  if (payables.length === 0 || payables.length !== new Set(input.payables).size) fail('payment.none-chosen');
  await assertNoHand(ctx, payables);
  await assertInNoBatch(ctx, payables);
  const day = shanghaiDay(ctx.clock.now());
  const { encoding, rows } = await settingsInForce(ctx, { encoding: bankEncoding, rows: bankRows }, { day, place: countyOf(payables) });
  const most = Math.min(rows.value, mostLines);
  if (payables.length > most) fail('payment.too-many', { most });
  const lines = await linesFor(ctx, id, payables);

  await post(ctx, {
    ...asked,
    numbers: [batchNumbers],
    guards: [...payables.map((one) => unchanged(Payable, one)), ...lines.map((line) => absent(PaymentLine, line._id))],
    writes: (posted) => [
      insertion(ctx, PaymentBatch, {
        _id: id,
        number: posted.numbers[batchNumbers.name] ?? '',
        day,
        encoding: encoding.value,
        madeBy: ctx.actor.id,
        madeAt: ctx.clock.now(),
        count: lines.length,
        totalFen: sumFen(lines.map(({ amountFen }) => amountFen as Fen)),
        signatures: [],
        state: batchStates.begin('draft', ctx),
      }),
      ...lines.map((line) => insertion(ctx, PaymentLine, line)),
      ...payables.map((one) => change(Payable, one, { state: payableStates.enter(one.state, 'batched', ctx) })),
      ...payables.map((one) => outboxed(ctx, paymentMoved, { payableId: one._id })),
      recorded(ctx, 'batch.made', { type: 'paymentBatch', id }),
    ],
  });
  return checkBatch(ctx, { id });
}

/** Two pages that stood open offer the same sums: the second is told where they are. */
async function assertInNoBatch({ ledger }: Context, payables: readonly Payable[]): Promise<void> {
  const taken = new Map(
    payables.filter(({ state }) => ['batched', 'sent', 'paid'].includes(state.name)).map(({ _id, number }) => [_id, number]),
  );
  if (taken.size === 0) return;
  const lines = await PaymentLine.find({ ledger, payable: anyOf([...taken.keys()]) })
    .sort({ _id: -1 })
    .lean<PaymentLine[]>();
  const batch = await PaymentBatch.findOne({ ledger, _id: lines[0]?.batch ?? '' }).lean<PaymentBatch>();
  if (!batch) return; // the writes say that it may not be
  const numbers = lines.flatMap((line) => (line.batch === batch._id ? [taken.get(line.payable) ?? ''] : []));
  fail('payment.in-batch', { batch: batch.number, numbers: numbers.slice(0, 10).join(' '), href: `/payments/batches/${batch._id}` });
}

/** Lines in the order of approval; each carries its own copy of the bank account, as the file will say it. */
async function linesFor(ctx: Context, batch: string, payables: readonly Payable[]): Promise<Omit<PaymentLine, 'ledger' | 'version'>[]> {
  const households = await householdsById(
    ctx,
    payables.map(({ household }) => household),
  );
  const missing: string[] = [];
  const lines = [...payables].sort(byApproval).flatMap((one, index) => {
    const household = households.get(one.household);
    const payee = household && payeeOf(household);
    if (!payee) {
      missing.push(one.number);
      return [];
    }
    const id = `${one._id}-r${one.attempts}`;
    return [
      {
        _id: id,
        batch,
        sequence: index + 1,
        payable: one._id,
        number: one.number,
        household: one.household,
        village: one.village,
        cause: one.cause,
        amountFen: one.amountFen,
        handledBy: one.handledBy,
        holder: payee.holder,
        accountSealed: encryptField(payee.account, lineAccountPlace(id)),
        accountHash: payee.hash,
        accountTail: payee.tail,
        lots: [],
        state: lineStates.begin('pending', ctx),
      },
    ];
  });
  if (missing.length > 0) fail('payment.account-missing', { numbers: missing.slice(0, 10).join(' ') });
  return lines;
}

function byApproval(a: Payable, b: Payable): number {
  return a.approvedAt.getTime() - b.approvedAt.getTime() || (a._id < b._id ? -1 : 1);
}

function countyOf([first]: readonly Payable[]): string {
  return first?.village.slice(0, 6) ?? '';
}
