import { whoMaySign } from '../identity';
import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import { countyCode } from '../regions';
import type { PaymentBatch } from './payment-batch.model';
import type { PaymentLine } from './payment-line.model';

/** Everybody who has had a hand in the batch or one of its cases, and what it was. */
export function handsOf({ madeBy, signatures, exportedBy }: PaymentBatch, lines: readonly PaymentLine[]): Map<string, string[]> {
  const hands = new Map<string, string[]>();
  const add = (person: string, what: string) => hands.set(person, [...new Set([...(hands.get(person) ?? []), what])]);
  add(madeBy, 'made');
  for (const { by } of signatures) add(by, 'signed');
  if (exportedBy) add(exportedBy, 'exported');
  for (const { handledBy } of lines) for (const { step, person } of handledBy) add(person, step);
  return hands;
}

/** Whether a batch waits for a signature. */
export function isToSign({ state }: Pick<PaymentBatch, 'state'>): boolean {
  return state.name === 'checked' || state.name === 'firstSigned';
}

/** Who can sign a batch now, and who cannot any more and why. */
export function batchSigners(ctx: Context, t: Translate, batch: PaymentBatch, lines: readonly PaymentLine[]) {
  return whoMaySign(ctx, t, {
    permission: 'payment.sign',
    place: countyCode(),
    hands: handsOf(batch, lines),
    isOpen: isToSign(batch),
    deed: (what) => t(`payments:hands.${what}`),
    free: t('payments:hands.none', { count: batch.count }),
  });
}
