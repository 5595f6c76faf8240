import { type BankFile, bankFile } from './bank-file';
import type { PaymentBatch } from './payment-batch.model';
import { accountOf, type PaymentLine } from './payment-line.model';

/** What the bank prints on the statement of every payee: part of the signed bytes, hence no translation. */
const purpose = '防贫救助';

/** The file of a batch from its lines: the same bytes each time, so that signatures can be compared with what would be sent now. */
export function fileOfBatch(batch: Pick<PaymentBatch, 'number' | 'day' | 'encoding'>, lines: readonly PaymentLine[]): BankFile {
  const { number, day, encoding } = batch;
  const rows = lines.map((line) => ({
    sequence: line.sequence,
    account: accountOf(line),
    name: line.holder,
    amountFen: line.amountFen,
  }));
  return bankFile({ number, day, purpose, lines: rows }, encoding);
}
