import type { Context } from '../../kernel/context';
import type { Translate } from '../../platform/i18n/translator';
import type { StateChip } from '../../platform/views/mark-helpers';
import { restrictionText } from '../gift-words';
import type { Receipt } from './receipt.model';
import type { ReceiptRangeState } from './receipt.states';

/** A receipt's state; one that somebody asks to void is to be looked at. */
export function receiptChip(t: Translate, { state, voiding }: Pick<Receipt, 'state' | 'voiding'>): StateChip {
  if (state.name === 'voided') return { family: 'failed', word: t('donations:receipt.state.voided') };
  return voiding
    ? { family: 'check', word: t('donations:receipt.state.voiding') }
    : { family: 'done', word: t('donations:receipt.state.issued') };
}

const families = { entered: 'check', open: 'done', usedUp: 'still', declined: 'failed' } as const satisfies Record<
  ReceiptRangeState,
  StateChip['family']
>;

export function rangeChip(t: Translate, state: ReceiptRangeState): StateChip {
  return { family: families[state], word: t(`donations:range.state.${state}`) };
}

/** What every page of a receipt says of it; the payer is the caller's, masked or not. */
export function receiptFacts(ctx: Context, t: Translate, receipt: Receipt) {
  const { _id, code, number, checkCode, giftNumber, amountFen, issuedOn, receivedOn, payerCreditCode, year } = receipt;
  return {
    id: _id,
    code,
    number,
    checkCode,
    giftNumber,
    amountFen,
    issuedOn,
    receivedOn,
    payerCreditCode,
    year,
    restriction: restrictionText(ctx, t, receipt),
    way: t(`donations:into.${receipt.channel}`),
    chip: receiptChip(t, receipt),
  };
}
