import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import type { Translate } from '../platform/i18n/translator';
import { formatDay, formatTime } from '../platform/views/format';
import type { PaymentBatch } from './payment-batch.model';

const steps = ['made', 'checked', 'firstSigned', 'secondSigned', 'exported', 'resulted'] as const;

/** The way of a batch, each step with who took it and when, for the part `steps`. */
export function batchSteps(ctx: Context, t: Translate, batch: PaymentBatch, nameOf: (person: string) => string) {
  const today = shanghaiDay(ctx.clock.now());
  const when = (at: Date | undefined) => (at ? `${formatDay(at, ctx.locale, today)} ${formatTime(at)}` : '');
  const [first, second] = batch.signatures;
  const done: Record<(typeof steps)[number], string | undefined> = {
    made: `${nameOf(batch.madeBy)} ${when(batch.madeAt)}`,
    checked: batch.checkedAt && batch.state.name !== 'draft' ? `${t('payments:bySystem')} ${when(batch.checkedAt)}` : undefined,
    firstSigned: first && `${nameOf(first.by)} ${when(first.at)}`,
    secondSigned: second && `${nameOf(second.by)} ${when(second.at)}`,
    exported: batch.exportedAt && `${nameOf(batch.exportedBy ?? '')} ${when(batch.exportedAt)}`,
    resulted: batch.state.name === 'resulted' ? when(batch.state.at) : undefined,
  };
  const now = steps.find((step) => done[step] === undefined);
  return steps.map((step) => ({
    name: t(`payments:step.${step}`),
    meta: done[step] ?? '',
    at: done[step] !== undefined ? 'done' : step === now && batch.state.name !== 'withdrawn' ? 'now' : 'ahead',
  }));
}
