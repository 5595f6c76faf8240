import { openGift } from '../../server/donations';
import { giveInput } from '../../server/donations/give.inputs';
import { encodeText } from '../../server/platform/files/text-encoding';
import { askImport, bringStatement, closeFigures, ignoreLine, importStatement, signDay } from '../../server/reconciliation';
import { daysToClose } from '../../server/reconciliation/close/find-closes';
import { bookFee } from '../../server/reconciliation/queue/book-fee';
import { findLines } from '../../server/reconciliation/statements/find-statements';
import { depositPaper, depositYuan } from './cash-and-goods';
import { charity, organisations } from './cast';
import type { Stage } from './stage';

const sums = ['5000.00', '8000.00', '3000.00', '5000.00', '2600.00'] as const;

/** Some of the organisations announce transfers, as the give page does; the numbers that they write on them. */
export async function announceTransfers(stage: Stage): Promise<string[]> {
  const numbers: string[] = [];
  for (const [at, amount] of sums.entries()) {
    const giver = organisations[at % organisations.length];
    if (!giver) continue;
    const gift = await openGift(
      stage.system,
      giveInput.parse({
        requestKey: stage.key('announced'),
        amount,
        purpose: 'general',
        giver: 'organisation',
        organisationName: giver.name,
        creditCode: giver.creditCode,
        contactName: giver.contact,
        phone: giver.mobile,
        showName: 'on',
        method: 'transfer',
      }),
    );
    numbers.push(gift.number);
  }
  return numbers;
}

/** The bank's statement of the last week: lines that are matched, that wait and that were put aside; one day closed clean, one with a break. */
export async function bringBankDays(stage: Stage, announced: readonly string[]): Promise<void> {
  const name = (at: number) => organisations[at % organisations.length]?.name ?? '';
  const [first, second, third, fourth, fifth] = announced;
  const rows = [
    [7, sums[0], '', name(0), `捐款${first}`],
    [6, sums[1], '', name(1), `${second?.replaceAll('-', '－')}`],
    [5, sums[2], '', name(2), `爱心捐款 ${third?.toLowerCase()}`],
    [4, '', '100.00', '和安农商银行', '错账'],
    [4, '100.00', '', '和安农商银行', '错账冲正'],
    [4, '', '6.50', '和安农商银行', '转账手续费'],
    [3, '3000.00', '', name(3), `${fourth}`],
    [2, depositYuan, '', charity, `现金存入 ${depositPaper}`],
    [2, sums[4], '', name(4), `捐赠 ${fifth}`],
    [2, '1200.00', '', '和安县女企业家协会', '公益捐款'],
    [2, sums[2], '', name(2), `${third}`],
    [2, '', '15.00', '和安农商银行', '账户管理费'],
    [2, '260.00', '', '王秀兰', '献爱心'],
    [2, '0.00', '', '和安农商银行', '测试'],
  ] as const;
  const lines = rows.map(([ago, came, went, who, remark], at) => {
    const day = stage.daysAgo(ago);
    return [
      day.replaceAll('-', ''),
      `HNSH${day.replaceAll('-', '')}${String(at + 1).padStart(3, '0')}`,
      came,
      went,
      who,
      '',
      remark,
    ].join();
  });
  const head = '交易日期,交易流水号,收入金额（元）,支出金额（元）,对方户名,对方账号,附言';
  const bytes = encodeText(['和安农商银行账户明细（演示）', head, ...lines].join('\r\n'), 'GB18030');
  const cashier = stage.as('finance-1');
  const { _id: id } = await bringStatement(cashier, { bytes, fileName: '和安农商银行流水（演示）.csv' });
  await askImport(cashier, { id });
  await importStatement(stage.system, { statementId: id });
  const { rows: open } = await findLines(stage.system, { state: 'open', statement: id, limit: 50 });
  for (const { _id, amountFen } of open.filter(({ day }) => day === stage.daysAgo(4))) {
    if (amountFen === -6_50) await bookFee(cashier, { id: _id, fee: 'transfers' });
    else await ignoreLine(cashier, { id: _id, reason: '银行记错又冲正，不用记账' });
  }
  await closeDay(stage, 5, ['finance-1']);
  await closeDay(stage, 3, ['finance-1', 'finance-2']);
}

async function closeDay(stage: Stage, ago: number, signers: readonly string[]): Promise<void> {
  const day = stage.daysAgo(ago);
  for (const signer of signers) {
    const { sha256 } = await closeFigures(stage.system, await daysToClose(stage.system, day));
    const { state } = await signDay(stage.as(signer), { day, sha256, code: await stage.signingCode(signer) });
    if (state.name === 'closed') return;
  }
}
