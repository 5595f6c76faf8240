import { recorded } from '../audit';
import { provenUnlessSigned, proveSignature } from '../identity';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { assertAccountsStand } from './assert-accounts-stand';
import { assertNoHand } from './assert-no-hand';
import { fileOfBatch } from './file-of-batch';
import { findBatchOrThrow, findLines } from './find-payments';
import { PaymentBatch, type SignedFigures } from './payment-batch.model';
import { batchSigned } from './payments.accounts';
import type { SignBatchInput } from './payments.inputs';
import { batchStates } from './payments.states';

/**
 * Signs count, total and SHA-256 of a batch's file, as the signer saw them. Two people sign, neither of them the maker nor one who
 * handled a case in it (DOMAIN 6, BP2), each with a fresh code of their own. The file is made anew: when it is no longer what the figures
 * say, nothing is signed.
 * @throws `rule.same-person`, `rule.own-household`, `payment.file-changed`, `payment.account-missing`, `input.invalid` at `code`.
 */
export async function signBatch(ctx: Context, input: SignBatchInput): Promise<PaymentBatch> {
  const batch = await findBatchOrThrow(ctx, input.id);
  if (hasSigned(ctx, batch)) return batch; // a second click
  const lines = await findLines(ctx, batch._id);
  if (batch.madeBy === ctx.actor.id) fail('rule.same-person', { number: batch.number });
  await assertNoHand(ctx, lines);
  const rank = batch.signatures.length + 1;
  const state = batchStates.enter(batch.state, rank === 1 ? 'firstSigned' : 'secondSigned', ctx);
  const { count, totalFen, sha256 } = input;
  assertSame({ count, totalFen, sha256 }, fileOfBatch(batch, lines));
  for (const signature of batch.signatures) assertSame(signature, { count, totalFen, sha256 });
  await assertAccountsStand(ctx, lines);
  const prove = () => proveSignature(ctx, input.code);
  const proof = await provenUnlessSigned(prove, async () => hasSigned(ctx, await findBatchOrThrow(ctx, batch._id)));
  if (!proof) return findBatchOrThrow(ctx, batch._id);

  const signature = { count, totalFen, sha256, by: ctx.actor.id, at: ctx.clock.now() };
  await post(ctx, {
    key: `batch:${batch._id}:check:${batch.checkedAt?.getTime()}:signed:${ctx.actor.id}`, // a batch given back is signed anew
    kind: batchSigned,
    source: { type: 'paymentBatch', id: batch._id },
    facts: { count, totalFen, sha256 },
    guards: [unchanged(PaymentBatch, batch), ...proof.guards],
    writes: () => [
      change(PaymentBatch, batch, { state, signatures: [...batch.signatures, signature] }),
      recorded(ctx, 'batch.signed', { type: 'paymentBatch', id: batch._id }, { rank, totalFen, sha256 }),
      ...proof.writes,
    ],
  });
  return findBatchOrThrow(ctx, batch._id);
}

function hasSigned(ctx: Context, { signatures }: PaymentBatch): boolean {
  return signatures.some(({ by }) => by === ctx.actor.id);
}

/** A changed byte voids both signatures. */
export function assertSame(seen: SignedFigures, now: SignedFigures): void {
  if (seen.count !== now.count || seen.totalFen !== now.totalFen || seen.sha256 !== now.sha256) fail('payment.file-changed');
}
