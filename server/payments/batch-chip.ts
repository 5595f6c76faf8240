import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import type { ChipFamily } from '../platform/views/mark-helpers';
import { isToSign } from './batch-signers';
import type { PaymentBatch } from './payment-batch.model';
import type { PaymentLine } from './payment-line.model';
import type { BatchState, LineState } from './payments.states';

const lineChips: Readonly<Record<LineState, readonly [ChipFamily, string]>> = {
  pending: ['waiting', 'waiting.approvedUnpaid'],
  sent: ['running', 'running.paying'],
  paid: ['done', 'done.received'],
  returned: ['failed', 'failed.returned'],
  unknown: ['check', 'check.bankUnknown'],
};

const batchChips: Readonly<Record<BatchState, readonly [ChipFamily, string]>> = {
  draft: ['still', 'still.draft'],
  checked: ['waiting', 'waiting.signature'],
  firstSigned: ['waiting', 'waiting.secondSignature'],
  secondSigned: ['waiting', 'waiting.export'],
  exported: ['running', 'running.paying'],
  accepted: ['running', 'running.paying'],
  resulted: ['done', 'done.answered'],
  reconciled: ['done', 'done.closed'],
  withdrawn: ['failed', 'failed.voided'],
};

/** The chip of a line, the same word as in the case's own lists. */
export function lineChip(t: Translate, { state }: PaymentLine) {
  const [family, word] = lineChips[state.name];
  return { family, word: t(`states:${word}`) };
}

/** The chip of a batch for the person who looks: what waits for their signature says so. */
export function batchChip(ctx: Context, t: Translate, batch: PaymentBatch, mayGiveIt: boolean) {
  const hasHand = batch.madeBy === ctx.actor.id || batch.signatures.some(({ by }) => by === ctx.actor.id);
  if (isToSign(batch) && mayGiveIt && !hasHand) return { family: 'waiting' as const, word: t('states:waiting.mySignature') };
  const [family, word] = batchChips[batch.state.name];
  return { family, word: t(`states:${word}`) };
}
