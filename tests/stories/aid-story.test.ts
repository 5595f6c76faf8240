import { followPayment } from '../../server/aid';
import { findCaseOrThrow } from '../../server/aid/find-cases';
import { gift, recordBankGift } from '../../server/donations';
import { mainBank } from '../../server/funds';
import { checkBankAccount, enterBankAccount } from '../../server/households';
import { localDate } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { formatYuan } from '../../server/kernel/money-text';
import { findStatementLines } from '../../server/ledger';
import { exportBatch, importResult, makeBatch } from '../../server/payments';
import type { PaymentBatch } from '../../server/payments/payment-batch.model';
import { truths } from '../../server/truths';
import {
  clock,
  hewan,
  hewanCadre,
  maker,
  manager,
  person,
  requestKey,
  secondManager,
  secondSigner,
  signer,
  system,
  useAidCounty,
} from '../aid/aid-county';
import { family, reviewedCase } from '../aid/aid-family';
import { approve, sign } from '../aid/signing';

// DOMAIN 6, row 6: five heads, a line of 8,300, net 32,000 with 1,100 of relief beside it: a gap of 8,400, capped at 6,000.
useAidCounty({ lineFen: 8_300_00 });

const town = person('usr_town_hewan', 'townshipOfficer', '130499201');
const account = '6225881414207430';

const give = (payerName: string, creditCode: string, yuan: number, serial: string) =>
  recordBankGift(maker, {
    requestKey: requestKey(),
    bankSerial: serial,
    receivedOn: localDate('2026-06-01'),
    amount: fen(yuan * 100),
    giftNumber: undefined,
    checkedGiver: false,
    donorKind: 'tradeUnion',
    payerName,
    creditCode,
    purpose: 'illness',
    place: undefined,
    lastDay: undefined,
    showName: true,
  });

async function sent(payable: string): Promise<PaymentBatch> {
  const batch = await makeBatch(maker, { requestKey: requestKey(), payables: [payable] });
  await sign(signer, batch);
  await sign(secondSigner, batch);
  return exportBatch(maker, { id: batch._id });
}

const answered = (batch: PaymentBatch, mark: string, reason = '') =>
  importResult(maker, { bytes: Buffer.from(`R|${batch.number}|20260620|1\n0001|${account}|6000.00|${mark}|${reason}\n`) });

/** The statement of an account as it would be printed, oldest line first. */
async function statement(code: string): Promise<string[]> {
  const lines = await findStatementLines(system, code, {}, 100);
  return lines.reverse().map(({ kind, change, balanceAfter }) => `${kind} ${formatYuan(fen(change))} = ${formatYuan(fen(balanceAfter))}`);
}

test('a family is registered, judged, paid, paid again after a return, and each yuan is accounted for', async () => {
  const first = await give('和安县总工会', '81130434MC0000039T', 3_200, 'BOC-0087');
  const second = await give('和安县总工会', '81130434MC0000039T', 20_000, 'BOC-0091');
  const income = { labour: 21_000, farming: 4_200, property: 800, subsistenceAllowance: 3_600, familySupport: 2_400 };
  const household = await family({ heads: 5, income, relief: { medical: 600, insurance: 500 }, village: hewan, account });

  const reviewed = await reviewedCase(household, hewan);
  expect(reviewed.sheet.sums).toMatchObject({ resourcesFen: 33_100_00, gapFen: 8_400_00, topUpFen: 6_000_00, limit: 'yearCap' });
  const approval = { id: reviewed._id, do: 'approve' as const, opinion: '同意', meetingMinutes: '会议纪要 6 号' };
  await approve(manager, approval);
  await approve(secondManager, approval);

  const batch = await sent(reviewed._id);
  await answered(batch, 'F', '户名不符');
  await enterBankAccount(hewanCadre, { id: household, requestKey: requestKey(), account, holder: '张晓明', bank: '和安农商银行' });
  await checkBankAccount(town, { id: household, wholeAccount: account });
  clock.advance(3 * 86_400_000);
  await answered(await sent(reviewed._id), 'S');
  await followPayment(system, { payableId: reviewed._id });
  expect((await findCaseOrThrow(hewanCadre, reviewed._id)).state.name).toBe('paid');

  expect(await statement(gift(first.number))).toEqual(['gift.received ¥3,200.00 = ¥3,200.00', 'aid.reserved −¥3,200.00 = ¥0.00']);
  expect(await statement(gift(second.number))).toEqual(['gift.received ¥20,000.00 = ¥20,000.00', 'aid.reserved −¥2,800.00 = ¥17,200.00']);
  expect(await statement(`payable:${reviewed._id}:${first.number}`)).toEqual([
    'aid.reserved ¥3,200.00 = ¥3,200.00',
    'payment.sent −¥3,200.00 = ¥0.00',
    'payment.returned ¥3,200.00 = ¥3,200.00',
    'payment.sent −¥3,200.00 = ¥0.00',
  ]);
  expect(await statement(mainBank)).toEqual([
    'gift.received ¥3,200.00 = ¥3,200.00',
    'gift.received ¥20,000.00 = ¥23,200.00',
    'payment.paid −¥6,000.00 = ¥17,200.00',
  ]);
  for (const truth of truths) expect(await truth.check(system)).toEqual([]);
});
