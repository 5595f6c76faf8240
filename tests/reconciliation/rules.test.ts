import type { TransferGift } from '../../server/donations';
import { localDate } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { encodeText } from '../../server/platform/files/text-encoding';
import { readTable } from '../../server/platform/spreadsheets/read-table';
import { writeWorkbook } from '../../server/platform/spreadsheets/write-workbook';
import { closesAlone } from '../../server/reconciliation/close/sign-day';
import { chooseEntries, type OpenEntry } from '../../server/reconciliation/queue/choose-entries';
import { chooseGift } from '../../server/reconciliation/queue/choose-gift';
import { counterpart } from '../../server/reconciliation/queue/line-words';
import { numbersIn } from '../../server/reconciliation/queue/numbers-in';
import { readStatement } from '../../server/reconciliation/statements/read-statement';

test.each`
  remark                              | numbers
  ${'捐款D-2026-000123'}              | ${['D-2026-000123']}
  ${'d-2026-000123'}                  | ${['D-2026-000123']}
  ${'Ｄ－２０２６－０００１２３'}     | ${['D-2026-000123']}
  ${'捐赠 D 2026 000123 谢谢'}        | ${['D-2026-000123']}
  ${'D2026000123'}                    | ${['D-2026-000123']}
  ${'D—2026—000123'}                  | ${['D-2026-000123']}
  ${'D-2026-000123、D-2026-000124'}   | ${['D-2026-000123', 'D-2026-000124']}
  ${'D-2026-000123 和 d-2026-000123'} | ${['D-2026-000123']}
  ${'ID2026000123'}                   | ${[]}
  ${'D-2026-00012'}                   | ${[]}
  ${'D-2026-000000'}                  | ${[]}
  ${'工会捐款'}                       | ${[]}
`('in "$remark" stand $numbers', ({ remark, numbers }) => expect(numbersIn(remark, 'D')).toEqual(numbers));

const gift = (changes: Partial<TransferGift> = {}): TransferGift => ({
  id: 'gft_1',
  number: 'D-2026-000001',
  amountFen: fen(10_000_00),
  isPaid: false,
  proof: undefined,
  isOpen: true,
  ...changes,
});
const named = (one: TransferGift | undefined) => [{ number: 'D-2026-000001', gift: one }];

test.each`
  why                                  | amount       | booked                                 | names                                   | does             | hint
  ${'number and exact sum'}            | ${10_000_00} | ${undefined}                           | ${named(gift())}                        | ${'book'}        | ${undefined}
  ${'booked by hand before'}           | ${10_000_00} | ${gift({ isPaid: true, proof: 'S1' })} | ${[]}                                   | ${'matchBooked'} | ${undefined}
  ${'booked by hand with another sum'} | ${9_000_00}  | ${gift({ isPaid: true, proof: 'S1' })} | ${[]}                                   | ${'leave'}       | ${'booked-otherwise'}
  ${'a part of the sum'}               | ${4_000_00}  | ${undefined}                           | ${named(gift())}                        | ${'leave'}       | ${'sum-differs'}
  ${'one fen more'}                    | ${10_000_01} | ${undefined}                           | ${named(gift())}                        | ${'leave'}       | ${'sum-differs'}
  ${'a second transfer for it'}        | ${10_000_00} | ${undefined}                           | ${named(gift({ isPaid: true }))}        | ${'leave'}       | ${'paid-before'}
  ${'a gift that was given back'}      | ${10_000_00} | ${undefined}                           | ${named(gift({ isOpen: false }))}       | ${'leave'}       | ${'paid-before'}
  ${'no gift bears the number'}        | ${10_000_00} | ${undefined}                           | ${named(undefined)}                     | ${'leave'}       | ${'no-such-gift'}
  ${'two numbers'}                     | ${10_000_00} | ${undefined}                           | ${[...named(gift()), ...named(gift())]} | ${'leave'}       | ${'several-gifts'}
  ${'no number'}                       | ${10_000_00} | ${undefined}                           | ${[]}                                   | ${'leave'}       | ${undefined}
`('a line that came in: $why: $does', ({ amount, booked, names, does, hint }) => {
  const verdict = chooseGift({ amountFen: fen(amount), booked, named: names });
  expect(verdict.do).toBe(does);
  expect(verdict.do === 'leave' ? verdict.hint?.code : undefined).toBe(hint);
});

const entry = (seq: number, change: number, day: string, payee?: OpenEntry['payee'], kind = 'payment.paid'): OpenEntry => ({
  key: `e${seq}`,
  seq,
  day: localDate(day),
  change,
  kind,
  source: { type: 'paymentLine', id: `l${seq}` },
  ...(payee && { payee }),
});
const to = (accountHash: string, batch = 'B-2026-000001') => ({ accountHash, accountTail: '1234', batch });
const line = (amount: number, changes: object = {}) => ({
  day: localDate('2026-11-20'),
  amountFen: fen(amount),
  accountHash: undefined,
  batches: [],
  ...changes,
});

test.each`
  why                                               | asked                                         | open                                                                              | found
  ${'the only one of its sum'}                      | ${line(-100)}                                 | ${[entry(1, -100, '2026-11-21')]}                                                 | ${['e1']}
  ${'another sum'}                                  | ${line(-101)}                                 | ${[entry(1, -100, '2026-11-21')]}                                                 | ${'leave'}
  ${'two of one sum'}                               | ${line(-100)}                                 | ${[entry(1, -100, '2026-11-21'), entry(2, -100, '2026-11-22')]}                   | ${'several-entries'}
  ${'two of one sum, one to this account'}          | ${line(-100, { accountHash: 'a' })}           | ${[entry(1, -100, '2026-11-21', to('b')), entry(2, -100, '2026-11-22', to('a'))]} | ${['e2']}
  ${'two to one account: the older one'}            | ${line(-100, { accountHash: 'a' })}           | ${[entry(2, -100, '2026-11-22', to('a')), entry(1, -100, '2026-11-21', to('a'))]} | ${['e1']}
  ${'a payment to another account'}                 | ${line(-100, { accountHash: 'a' })}           | ${[entry(1, -100, '2026-11-21', to('b'))]}                                        | ${'leave'}
  ${'the whole batch in one line'}                  | ${line(-300, { batches: ['B-2026-000001'] })} | ${[entry(1, -100, '2026-11-21', to('a')), entry(2, -200, '2026-11-21', to('b'))]} | ${['e1', 'e2']}
  ${'a batch of another sum'}                       | ${line(-250, { batches: ['B-2026-000001'] })} | ${[entry(1, -100, '2026-11-21', to('a')), entry(2, -200, '2026-11-21', to('b'))]} | ${'leave'}
  ${'too long ago'}                                 | ${line(-100)}                                 | ${[entry(1, -100, '2026-09-21')]}                                                 | ${'leave'}
  ${'a payout of the provider'}                     | ${line(500)}                                  | ${[entry(1, 500, '2026-11-19', undefined, 'payout.arrived')]}                     | ${['e1']}
  ${'a gift of the same round sum is not found so'} | ${line(500)}                                  | ${[entry(1, 500, '2026-11-20', undefined, 'gift.received')]}                      | ${'leave'}
`('entries: $why', ({ asked, open, found }) => {
  const verdict = chooseEntries(asked, open);
  const keys = verdict.do === 'match' ? verdict.entries.map(({ key }) => key) : (verdict.hint?.code ?? 'leave');
  expect(keys).toEqual(found);
});

test.each`
  name                            | shown
  ${'张小明'}                     | ${'张*明'}
  ${'欧阳建国'}                   | ${'欧**国'}
  ${'阿卜杜拉·买买提'}            | ${'阿******提'}
  ${'张 小　明'}                  | ${'张*明'}
  ${'欧阳 建国'}                  | ${'欧**国'}
  ${'张小明（个人）'}             | ${'张*明'}
  ${'李梅(卡'}                    | ${'李*'}
  ${'张小明、李梅'}               | ${'张*明、李*'}
  ${'和安县恒通机械（集团）公司'} | ${'和安县恒通机械（集团）公司'}
  ${'和安县恒通机械有限公司'}     | ${'和安县恒通机械有限公司'}
  ${'和安县总工会'}               | ${'和安县总工会'}
  ${'支付平台'}                   | ${'支付平台'}
`('$name is shown as $shown', ({ name, shown }) => expect(counterpart(name)).toBe(shown));

const today = localDate('2026-11-24');
const read = async (text: string, encoding: 'UTF-8' | 'GB18030' = 'UTF-8') =>
  readStatement(await readTable(encodeText(text, encoding), { rows: 100, columns: 20 }), today);

const twoColumns = `和安农商银行账户明细
账号：6200****0000,币种：人民币
交易日期,交易流水号,收入金额（元）,支出金额（元）,余额,对方户名,对方账号,附言
2026-11-20 10:21:03,nsh0001,"10,000.00",,52000.00,和安县恒通机械有限公司,6217 0001,捐款D-2026-000123
20261121,NSH0002,,300.50,51699.50,张小明,6225881414207430,补差
2026/11/22,NSH0003,1.00,2.00,,,,
2026年11月22日,NSH0004,,,,,,
2026-11-25,NSH0005,1.00,,,,,
2026-11-22,,1.00,,,,,
2026-11-22,NSH0006,壹元,,,,,
2026-11-22,NSH0007,-5.00,,,,,冲正
20261121,NSH0002,,300.50,,,,
合计,,10000.00,300.50,,,,`;

test.each(['UTF-8', 'GB18030'] as const)('a statement in %s: lines, what cannot be read, what stands twice', async (encoding) => {
  const statement = await read(twoColumns, encoding);
  expect(statement?.template).toBe('twoColumns');
  expect(statement?.lines.map(({ row, serial, day, amountFen }) => [row, serial, day, amountFen])).toEqual([
    [4, 'NSH0001', '2026-11-20', 10_000_00],
    [5, 'NSH0002', '2026-11-21', -300_50],
    [11, 'NSH0007', '2026-11-22', -5_00],
  ]);
  expect(statement?.lines[0]).toMatchObject({ name: '和安县恒通机械有限公司', account: '62170001', remark: '捐款D-2026-000123' });
  expect(statement?.faults.map(({ row, fault }) => `${row} ${fault}`)).toEqual([
    '6 two-sums',
    '7 no-sum',
    '8 future-day',
    '9 bad-serial',
    '10 bad-sum',
  ]);
  expect(statement?.doubles).toBe(1);
});

test.each`
  why                      | text                                                                                      | sums
  ${'marked by 借 and 贷'} | ${'日期\t凭证号\t借贷标志\t发生额\n20261120\tA0001\t贷\t5.00\n20261120\tA0002\t借\t3.00'} | ${[500, -300]}
  ${'signed'}              | ${'Date;Transaction ID;Amount\n2026-11-20;A0001;5.00\n2026-11-20;A0002;-3.00'}            | ${[500, -300]}
`('a statement whose sums are $why', async ({ text, sums }) => {
  expect((await read(text))?.lines.map(({ amountFen }) => amountFen)).toEqual(sums);
});

test('a workbook is read as well; a table without the heads is none', async () => {
  const columns = (['交易日期', '交易流水号', '贷方发生额', '借方发生额'] as const).map((head) => ({
    head,
    kind: 'text' as const,
    width: 20,
  }));
  const bytes = await writeWorkbook([{ name: '明细', above: ['账户明细'], columns, rows: [['2026-11-20', 'X0001', '12.00', '']] }]);
  const statement = readStatement(await readTable(bytes, { rows: 100, columns: 20 }), today);
  expect(statement?.lines).toMatchObject([{ serial: 'X0001', amountFen: 12_00 }]);
  expect(await read('姓名,年龄\n张三,40')).toBeUndefined();
});

const aside = (by: string) => ({ kind: 'putAside' as const, ref: 'bsl_1', day: today, amountFen: -100, reason: '另记', by });
const late = { kind: 'toldLate' as const, ref: 'D-2026-000001', day: today, amountFen: 100 };
test.each`
  why                                     | breaks                                               | explained                 | alone
  ${'all is matched'}                     | ${[]}                                                | ${[]}                     | ${true}
  ${'a break is open'}                    | ${[{ kind: 'noStatement', ref: today, day: today }]} | ${[]}                     | ${false}
  ${'somebody else put a line aside'}     | ${[]}                                                | ${[aside('usr_b')]}       | ${true}
  ${'the signer put it aside'}            | ${[]}                                                | ${[late, aside('usr_a')]} | ${false}
  ${'something was told late'}            | ${[]}                                                | ${[late]}                 | ${true}
  ${'a close of before it was explained'} | ${[]}                                                | ${undefined}              | ${true}
`('one signature closes: $alone, $why', ({ breaks, explained, alone }) => expect(closesAlone({ breaks, explained }, 'usr_a')).toBe(alone));
