import { countedFen, differenceOf, handsOnDay } from '../../server/donations/counter/count-cash';
import { localDate } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { chooseDeposit } from '../../server/reconciliation/queue/choose-deposit';

test.each`
  pieces                                                                                        | total        | what
  ${[]}                                                                                         | ${0}         | ${'an empty drawer'}
  ${[{ valueFen: 100_00, count: 3 }, { valueFen: 50_00, count: 1 }]}                            | ${350_00}    | ${'notes'}
  ${[{ valueFen: 100_00, count: 120 }, { valueFen: 50, count: 3 }, { valueFen: 10, count: 7 }]} | ${12_002_20} | ${'notes and coins'}
`('$what: $total fen', ({ pieces, total }) => expect(countedFen(pieces)).toBe(total));

test.each`
  counts                                          | expectedFen | difference | what
  ${[{ totalFen: 350_00 }]}                       | ${350_00}   | ${0}       | ${'the same'}
  ${[{ totalFen: 340_00 }]}                       | ${350_00}   | ${-10_00}  | ${'too little'}
  ${[{ totalFen: 340_00 }, { totalFen: 351_00 }]} | ${350_00}   | ${1_00}    | ${'the last count counts'}
  ${[]}                                           | ${350_00}   | ${0}       | ${'nothing is counted yet'}
`('$what: $difference', ({ difference, ...day }) => expect(differenceOf(day)).toBe(difference));

test('whoever counted once or gave the reason had a hand in the day', () => {
  expect(handsOnDay({ counts: [{ by: 'a' }, { by: 'b' }], explanation: { by: 'c' } })).toEqual(['a', 'b', 'c']);
});

const deposit = { _id: 'cdp_1', amountFen: fen(500_00), day: localDate('2026-11-20'), paper: 'CK000123', seq: 7 };
test.each`
  amountFen | day             | remark                | deposits              | found        | why
  ${500_00} | ${'2026-11-20'} | ${'现金存入ck000123'} | ${[deposit]}          | ${deposit}   | ${'the remark names its paper'}
  ${500_00} | ${'2026-11-21'} | ${'ＣＫ０００１２３'} | ${[deposit]}          | ${deposit}   | ${'wide signs are the same'}
  ${500_00} | ${'2026-11-20'} | ${'现金存入'}         | ${[deposit]}          | ${undefined} | ${'the same sum alone may be a gift'}
  ${499_00} | ${'2026-11-20'} | ${'CK000123'}         | ${[deposit]}          | ${undefined} | ${'another sum'}
  ${500_00} | ${'2026-11-19'} | ${'CK000123'}         | ${[deposit]}          | ${undefined} | ${'before it was brought'}
  ${500_00} | ${'2026-11-20'} | ${'CK000123'}         | ${[deposit, deposit]} | ${undefined} | ${'two of them'}
`('a line of $amountFen with $remark: $why', ({ deposits, found, ...line }) => expect(chooseDeposit(line, deposits)).toBe(found));
