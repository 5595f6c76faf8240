import { deflateRawSync } from 'node:zlib';
import { Workbook } from 'exceljs';
import iconv from 'iconv-lite';
import { fen } from '../../server/kernel/money';
import { makePdf } from '../../server/platform/pdf/make-pdf';
import { readTable } from '../../server/platform/spreadsheets/read-table';
import { writeWorkbook } from '../../server/platform/spreadsheets/write-workbook';
import { pdfPages } from '../support/pdf-text';
import { useTemporaryFolder } from '../support/temporary-folder';

const folder = useTemporaryFolder();
const limits = { rows: 5, columns: 3 };
const csv = (text: string) => readTable(Buffer.from(text), limits).then((rows) => rows.map(({ cells }) => cells));

describe('a printed page', () => {
  it('carries its Chinese type in the file and numbers its pages', async () => {
    const rows = Array.from({ length: 80 }, (_, row) => [`第 ${row + 1} 笔`, '恒通建材']);
    const pdf = await makePdf({
      title: '收支表',
      author: '和安县',
      content: [{ text: '公益防贫基金收支表', style: 'title' }, { table: { headerRows: 1, body: [['笔', '来源'], ...rows] } }],
      foot: '和安县公益防贫基金',
      pageOf: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
    });
    const pages = await pdfPages(pdf, folder);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages[0]).toContain('公益防贫基金收支表');
    expect(pages[0]).toContain(`第 1 页，共 ${pages.length} 页`);
    expect(pages[1]).toContain('来源'); // the head of the table again
    expect(pdf.length).toBeLessThan(200_000); // only the characters it uses
  });
});

describe('a workbook', () => {
  const made = () =>
    writeWorkbook([
      {
        name: '收入/2026',
        above: ['和安县 2026 年'],
        columns: [
          { head: '来源', kind: 'text', width: 20 },
          { head: '金额', kind: 'yuan', width: 14 },
          { head: '日期', kind: 'date', width: 12 },
        ],
        rows: [
          ['=HYPERLINK("http://x")', fen(123_456_789_012_345), '2026-11-24'],
          ['6222020200112233445', fen(1), undefined],
        ],
        total: ['合计', fen(2), undefined],
      },
    ]);

  it('holds sums as numbers, days as days, and text as text', async () => {
    const book = new Workbook();
    await book.xlsx.load((await made()) as unknown as ArrayBuffer);
    const [sheet] = book.worksheets;
    expect(sheet?.name).toBe('收入 2026');
    expect(sheet?.getCell('A3').formula).toBeUndefined();
    expect(sheet?.getCell('A3').value).toBe('=HYPERLINK("http://x")');
    expect(sheet?.getCell('B3').value).toBe(1_234_567_890_123.45);
    expect(sheet?.getCell('B3').numFmt).toBe('#,##0.00');
    expect(sheet?.getCell('C3').value).toEqual(new Date('2026-11-24'));
    expect(sheet?.getCell('A4').value).toBe('6222020200112233445');
  });

  it('reads back what it wrote', async () => {
    expect(await readTable(await made(), { rows: 9, columns: 9 })).toEqual([
      { line: 1, cells: ['和安县 2026 年', '', ''] },
      { line: 2, cells: ['来源', '金额', '日期'] },
      { line: 3, cells: ['=HYPERLINK("http://x")', '1234567890123.45', '2026-11-24'] },
      { line: 4, cells: ['6222020200112233445', '0.01', ''] },
      { line: 5, cells: ['合计', '0.02', ''] },
    ]);
  });
});

describe('a table of text', () => {
  it.each`
    what                       | bytes
    ${'UTF-8 with a mark'}     | ${Buffer.from('\uFEFF户名,金额\r\n"恒通,建材",5\r\n')}
    ${'GBK'}                   | ${iconv.encode('户名,金额\n"恒通,建材",5', 'gbk')}
    ${'tabs'}                  | ${Buffer.from('户名\t金额\n恒通,建材\t5')}
    ${'blank rows and spaces'} | ${Buffer.from('户名 ,金额\n\n,,\n"恒通,建材", 5 \n')}
  `('is read from $what', async ({ bytes }) => {
    expect((await readTable(bytes, limits)).map(({ cells }) => cells)).toEqual([
      ['户名', '金额'],
      ['恒通,建材', '5'],
    ]);
  });

  it('says in which line of the file a row stands', async () => {
    expect((await readTable(Buffer.from('a,b\n\n"x\ny",1\nz,2\n'), limits)).map(({ line }) => line)).toEqual([1, 4, 5]);
  });

  it.each`
    what                        | bytes                                                            | code
    ${'nothing'}                | ${Buffer.from('')}                                               | ${'file-empty'}
    ${'blanks only'}            | ${Buffer.from('\uFEFF \n,,\n')}                                  | ${'file-empty'}
    ${'a PNG'}                  | ${Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])} | ${'file-picture'}
    ${'a JPEG'}                 | ${Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10])}                | ${'file-picture'}
    ${'a picture of an iPhone'} | ${Buffer.from('\0\0\0\x18ftypheic\0\0', 'latin1')}               | ${'file-picture'}
    ${'a PDF'}                  | ${Buffer.from('%PDF-1.7\n1 0 obj')}                              | ${'file-pdf'}
    ${'a workbook of old'}      | ${Buffer.from('d0cf11e0a1b11ae10000', 'hex')}                    | ${'file-old-workbook'}
    ${'something else'}         | ${Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0xff])}                | ${'not-a-table'}
    ${'half an archive'}        | ${Buffer.from('PK\x03\x04nothing more', 'latin1')}               | ${'not-a-table'}
    ${'too many rows'}          | ${Buffer.from('a\n'.repeat(6))}                                  | ${'too-many-rows'}
  `('is refused: $what', async ({ bytes, code }) => {
    await expect(readTable(bytes, limits)).rejects.toMatchObject({ issues: [{ path: 'file', code }] });
  });

  it('is refused when its parts unpack to more than they say', async () => {
    const packed = deflateRawSync(Buffer.alloc(125 * 2 ** 20, ' '));
    const bytes = archiveOf('xl/worksheets/sheet1.xml', packed, 1000);
    await expect(readTable(bytes, limits)).rejects.toMatchObject({ issues: [{ path: 'file', code: 'too-large' }] });
  });

  it('has no more columns than were allowed', async () => {
    expect(await csv('1,2,3,4')).toEqual([['1', '2', '3']]);
  });
});

/** An archive with one part, which says that it unpacks to so many bytes. */
function archiveOf(name: string, packed: Buffer, said: number): Buffer {
  const part = Buffer.alloc(26);
  part.writeUInt16LE(20, 0);
  part.writeUInt16LE(8, 4); // deflated
  part.writeUInt32LE(packed.length, 14);
  part.writeUInt32LE(said, 18);
  part.writeUInt16LE(name.length, 22);
  const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), part, Buffer.alloc(14), Buffer.from(name)]);
  const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), part, Buffer.from(name), packed]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, entry, end]);
}
