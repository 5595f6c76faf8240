import { recorded } from '../audit';
import { assertNotOwnHousehold } from '../households';
import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { change, unchanged } from '../platform/mongo/document-writes';
import { findReliefOrThrow } from './find-relief';
import type { RecordReliefInput } from './relief.inputs';
import { reliefReceived } from './relief.kinds';
import { reliefStates } from './relief.states';
import { type ReliefReceipt, ReliefRecord } from './relief-record.model';

/** Records what a household has received of a granted relief, with its certificate. The first receipt makes it `paying`. */
export async function recordRelief(ctx: Context, input: RecordReliefInput): Promise<ReliefRecord> {
  const record = await findReliefOrThrow(ctx, input.id);
  await assertNotOwnHousehold(ctx, record.household);
  if (input.receivedOn > shanghaiDay(ctx.clock.now())) failField('receivedOn', 'in-the-future');
  const id = idOfRequest(ctx, 'rcp', `${record._id}/${input.requestKey}`);
  const receipt = { id, receivedOn: input.receivedOn, amountFen: input.amountYuan, certificate: input.certificate };
  const earlier = record.receipts.find((one) => one.id === id);
  if (earlier) return isSame(earlier, receipt) ? record : fail('ledger.conflict', { key: input.requestKey });
  const state = record.state.name === 'paying' ? record.state : reliefStates.enter(record.state, 'paying', ctx);
  await post(ctx, {
    key: `relief:${record._id}:received:${id}`,
    kind: reliefReceived,
    source: { type: 'relief', id: record._id },
    facts: { amountFen: receipt.amountFen, receivedOn: receipt.receivedOn, certificate: receipt.certificate },
    guards: [unchanged(ReliefRecord, record)],
    writes: () => [
      change(ReliefRecord, record, { state, receipts: [...record.receipts, receipt] }),
      recorded(ctx, 'relief.received', { type: 'relief', id: record._id }),
    ],
  });
  return findReliefOrThrow(ctx, record._id);
}

function isSame(earlier: ReliefReceipt, asked: ReliefReceipt): boolean {
  const { receivedOn, amountFen, certificate } = asked;
  return earlier.receivedOn === receivedOn && earlier.amountFen === amountFen && earlier.certificate === certificate;
}
