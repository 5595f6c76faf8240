import { partsOf, readRoster } from '../../../server/donations/rosters/read-roster';
import type { Purpose } from '../../../server/funds';
import { encodeText } from '../../../server/platform/files/text-encoding';
import { annotateTable } from '../../../server/platform/spreadsheets/annotate-table';
import { readTable } from '../../../server/platform/spreadsheets/read-table';
import { writeWorkbook } from '../../../server/platform/spreadsheets/write-workbook';

const purposeOf = new Map<string, Purpose>([
  ['因病救助', 'illness'],
  ['因学救助', 'schooling'],
]);
const read = (rows: readonly string[][], giftPurpose: Purpose = 'general') =>
  readRoster(
    rows.map((cells, at) => ({ line: at + 1, cells })),
    { purposeOf, giftPurpose },
  );
const head = ['姓 名', '金额（元）', '捐款用途', '是否署名'];

test.each`
  row                                         | gift         | says
  ${['李梅', '50', '', '']}                   | ${'general'} | ${'李梅 5000 general false'}
  ${['李梅', '￥1,050.50', '因病救助', '是']} | ${'general'} | ${'李梅 105050 illness true'}
  ${['李梅', '50', '', '√']}                  | ${'illness'} | ${'李梅 5000 illness true'}
  ${['李梅', '50', '因病救助', '否']}         | ${'illness'} | ${'李梅 5000 illness false'}
  ${['', '50', '', '']}                       | ${'general'} | ${'no-name'}
  ${['李'.repeat(41), '50', '', '']}          | ${'general'} | ${'name-too-long'}
  ${['李梅', '', '', '']}                     | ${'general'} | ${'no-sum'}
  ${['李梅', '五十', '', '']}                 | ${'general'} | ${'bad-sum'}
  ${['李梅', '0.005', '', '']}                | ${'general'} | ${'bad-sum'}
  ${['李梅', '0', '', '']}                    | ${'general'} | ${'sum-not-above-zero'}
  ${['李梅', '-5', '', '']}                   | ${'general'} | ${'sum-not-above-zero'}
  ${['李梅', '10000000.01', '', '']}          | ${'general'} | ${'sum-too-large'}
  ${['李梅', '50', '修路', '']}               | ${'general'} | ${'bad-purpose'}
  ${['李梅', '50', '因学救助', '']}           | ${'illness'} | ${'not-the-gifts-purpose'}
  ${['', 'x', '修路', '也许']}                | ${'general'} | ${'no-name bad-sum bad-purpose bad-named'}
`('a row $row of a gift for $gift reads $says', ({ row, gift, says }) => {
  const { rows = [], faults = [] } = read([head, row], gift) ?? {};
  const [one] = rows;
  expect(one ? `${one.name} ${one.amountFen} ${one.purpose} ${one.isNamed}` : faults[0]?.faults.join(' ')).toBe(says);
});

test('heads may stand below a title; totals and remarks beside the table are no rows; two alike are told', () => {
  const found = read([
    ['捐款名册'],
    head,
    ['李梅', '50'],
    ['李梅', '50'],
    ['王强', '20', '因病救助'],
    ['合计', '120'],
    ['', '', '', '', '注：已核'],
  ]);
  expect(found).toMatchObject({ headRow: 2, doubles: 1, faults: [] });
  expect(partsOf(found?.rows ?? [])).toEqual([
    { purpose: 'general', count: 2, sumFen: 100_00 },
    { purpose: 'illness', count: 1, sumFen: 20_00 },
  ]);
  expect(read([['姓名', '备注']])).toBeUndefined();
});

const notes = { headRow: 2, head: '要改的地方', byRow: new Map([[4, '没有金额']]) };

test('a workbook comes back with its own cells and one more column; once more, the notes are new and not doubled', async () => {
  const sheet = {
    name: '名册',
    above: ['标题'],
    columns: [
      { head: '姓名', kind: 'text' as const, width: 10 },
      { head: '金额', kind: 'text' as const, width: 10 },
    ],
  };
  const original = await writeWorkbook([
    {
      ...sheet,
      rows: [
        ['李梅', '50'],
        ['王强', undefined],
      ],
    },
  ]);
  const once = await annotateTable(original, notes);
  const twice = await annotateTable(once.bytes, { ...notes, byRow: new Map([[3, '新的']]) });
  expect(once.extension).toBe('xlsx');
  const rowsOf = async (bytes: Buffer) =>
    (await readTable(bytes, { rows: 9, columns: 9 })).map(({ cells }) => cells.join('|').replace(/\|+$/, ''));
  expect(await rowsOf(once.bytes)).toEqual(['标题', '姓名|金额|要改的地方', '李梅|50', '王强||没有金额']);
  expect(await rowsOf(twice.bytes)).toEqual(['标题', '姓名|金额|要改的地方', '李梅|50|新的', '王强']);
});

test.each(['GB18030', 'UTF-8'] as const)('a text file in %s comes back in it, its commas and quotes unhurt', async (encoding) => {
  const original = encodeText(['名册', '姓名;金额;注', '李梅;50;"说; ""好"""', '王强;;'].join('\n'), encoding);
  const { bytes, extension } = await annotateTable(original, notes);
  const text = new TextDecoder(encoding === 'UTF-8' ? 'utf-8' : 'gb18030').decode(bytes);
  expect(extension).toBe('csv');
  expect(text.trim().split('\r\n')).toEqual(['名册;;;', '姓名;金额;注;要改的地方', '李梅;50;"说; ""好""";', '王强;;;没有金额']);
});
