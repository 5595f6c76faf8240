import { localDate } from '../../server/kernel/local-date';
import { bankFile } from '../../server/payments/bank-file';
import { matchResults } from '../../server/payments/match-results';
import { readResultFile, writeResultFile } from '../../server/payments/result-file';
import { encodeText } from '../../server/platform/files/text-encoding';

const demo = {
  number: 'B-2026-000007',
  day: localDate('2026-03-12'),
  purpose: '防贫救助',
  lines: [
    { sequence: 1, account: '6225881414207430', name: '张小明', amountFen: 3_200_00 },
    { sequence: 2, account: '6288997715452584', name: '李梅', amountFen: 2_400_00 },
    { sequence: 3, account: '10100123456789012', name: '欧阳建国', amountFen: 2_250_00 },
  ],
};

describe('the bank file (DOMAIN 6, BP3)', () => {
  test('is DOMAIN’s demo file byte for byte', () => {
    const file = bankFile(demo, 'UTF-8');
    expect(file.bytes.toString('utf8')).toBe(
      'H|B-2026-000007|20260312|3|7850.00\n' +
        'D|0001|6225881414207430|张小明|3200.00|防贫救助\n' +
        'D|0002|6288997715452584|李梅|2400.00|防贫救助\n' +
        'D|0003|10100123456789012|欧阳建国|2250.00|防贫救助\n',
    );
    expect(file).toMatchObject({
      sha256: '3dc02fb04f3c7c0b16fb483037869435e6b05390720046b714f9271add8aa864',
      count: 3,
      totalFen: 7_850_00,
    });
    expect(file.bytes).toHaveLength(201);
  });

  test('has 180 bytes in GB18030, and another hash', () => {
    const file = bankFile(demo, 'GB18030');
    expect(file.bytes).toHaveLength(180);
    expect(new TextDecoder('gb18030').decode(file.bytes)).toBe(bankFile(demo, 'UTF-8').bytes.toString('utf8'));
    expect(file.sha256).not.toBe(bankFile(demo, 'UTF-8').sha256);
  });

  test('carries rare characters of names', () => {
    const rare = { ...demo, lines: [{ ...demo.lines[0], sequence: 1, account: '6225881414207430', amountFen: 1, name: '𠮷𬎆' }] };
    expect(new TextDecoder('gb18030').decode(bankFile(rare, 'GB18030').bytes)).toContain('|𠮷𬎆|0.01|');
  });

  test.each`
    why                       | change
    ${'a sum of nothing'}     | ${{ amountFen: 0 }}
    ${'a name with a bar'}    | ${{ name: '张|三' }}
    ${'a name with a return'} | ${{ name: '张\n三' }}
  `('refuses $why as a fault of ours', ({ change }) => {
    const lines = demo.lines.map((line) => ({ ...line, ...change }));
    expect(() => bankFile({ ...demo, lines }, 'UTF-8')).toThrow(/broken invariant/);
  });
});

const answer =
  'R|B-2026-000007|20260313|3\n0001|6225881414207430|3200.00|S|\n0002|6288997715452584|2400.00|S|\n0003|10100123456789012|2250.00|F|户名不符\n';

describe('the result file (DOMAIN 6, BP4)', () => {
  test.each(['UTF-8', 'GB18030'] as const)('is read in %s, with any line ends', (encoding) => {
    const read = readResultFile(encodeText(answer.replaceAll('\n', '\r\n'), encoding));
    expect(read).toMatchObject({ batchNumber: 'B-2026-000007' });
    expect('lines' in read && read.lines[2]).toEqual({
      sequence: 3,
      account: '10100123456789012',
      amountFen: 2_250_00,
      answer: 'returned',
      reason: '户名不符',
    });
  });

  test.each(['UTF-8', 'GB18030'] as const)('is written in %s as it is read', (encoding) => {
    const read = readResultFile(Buffer.from(answer));
    if (!('lines' in read)) throw new Error(read.code);
    const bytes = writeResultFile(read, localDate('2026-03-13'), encoding);
    expect(bytes).toEqual(encodeText(answer, encoding));
    expect(readResultFile(bytes)).toEqual(read);
  });

  test.each`
    why                            | text                                                        | fault
    ${'a picture'}                 | ${'\x89PNG\r\n\x1a\n\0\0'}                                  | ${{ code: 'not-text', row: 0 }}
    ${'nothing'}                   | ${''}                                                       | ${{ code: 'no-head', row: 1 }}
    ${'our own bank file'}         | ${'H|B-2026-000007|20260312|3|7850.00\n'}                   | ${{ code: 'no-head', row: 1 }}
    ${'a file cut off'}            | ${answer.slice(0, 80)}                                      | ${{ code: 'wrong-count', row: 3 }}
    ${'a sum with a comma'}        | ${'R|B|20260313|1\n0001|6225881414207430|3,200.00|S|\n'}    | ${{ code: 'bad-row', row: 2 }}
    ${'an answer that is no word'} | ${'R|B|20260313|1\n0001|6225881414207430|3200.00|maybe|\n'} | ${{ code: 'bad-row', row: 2 }}
    ${'a negative sum'}            | ${'R|B|20260313|1\n0001|6225881414207430|-3200.00|S|\n'}    | ${{ code: 'bad-row', row: 2 }}
  `('refuses $why whole', ({ text, fault }) => {
    expect(readResultFile(Buffer.from(text, 'utf8'))).toEqual(fault);
  });
});

describe('matching', () => {
  const sent = demo.lines.map(({ sequence, account, amountFen }) => ({ sequence, account, amountFen }));
  const row = (change: object) => ({
    sequence: 1,
    account: '6225881414207430',
    amountFen: 3_200_00,
    answer: 'paid' as const,
    reason: '',
    ...change,
  });

  test.each`
    why                            | results                                   | matched | quarantined
    ${'all three agree'}           | ${[row({})]}                              | ${[1]}  | ${[]}
    ${'a line we never sent'}      | ${[row({ sequence: 9 })]}                 | ${[]}   | ${['no-such-line']}
    ${'another bank account'}      | ${[row({ account: '62258814142074' })]}   | ${[]}   | ${['other-account']}
    ${'another sum'}               | ${[row({ amountFen: 3_200_01 })]}         | ${[]}   | ${['other-amount']}
    ${'the same line named twice'} | ${[row({}), row({ answer: 'returned' })]} | ${[]}   | ${['named-twice', 'named-twice']}
  `('$why', ({ results, matched, quarantined }) => {
    const found = matchResults(sent, results);
    expect(found.matched.map(({ line }) => line.sequence)).toEqual(matched);
    expect(found.quarantined.map(({ why }) => why)).toEqual(quarantined);
  });
});
