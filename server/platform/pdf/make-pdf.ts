import { dirname, join } from 'node:path';

import pdfMake = require('pdfmake');

const folder = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'));
const normal = join(folder, '400Regular', 'NotoSansSC_400Regular.ttf');
const bold = join(folder, '700Bold', 'NotoSansSC_700Bold.ttf');

pdfMake.addFonts({ NotoSansSC: { normal, bold, italics: normal, bolditalics: bold } });
pdfMake.setUrlAccessPolicy(() => false); // a document holds its pictures itself
pdfMake.setLocalAccessPolicy((path) => path === normal || path === bold);

/** What a printed page of the county consists of. Texts are in the reader's language already. */
export interface PrintedPage {
  title: string;
  /** Name of the file's author: the county. */
  author: string;
  content: pdfMake.Content[];
  /** Left at the foot of each page; the number of the page stands at the right. */
  foot: string;
  /** `第 1 页，共 3 页` of a page and their number. */
  pageOf: (page: number, pages: number) => string;
  landscape?: boolean;
  /** Printed across the page, for a copy that is not the original. */
  watermark?: string;
}

/** An A4 document with Chinese type inside the file, so that it prints the same everywhere. 2,000 table rows take about 1.5 s. */
export async function makePdf({ title, author, content, foot, pageOf, landscape, watermark }: PrintedPage): Promise<Buffer> {
  const document: Parameters<typeof pdfMake.createPdf>[0] = {
    pageSize: 'A4',
    pageOrientation: landscape ? 'landscape' : 'portrait',
    pageMargins: [48, 52, 48, 56], // points: 17 mm at the sides
    info: { title, author },
    language: 'zh-CN',
    defaultStyle: { font: 'NotoSansSC', fontSize: 10, lineHeight: 1.25, color: '#241C15' },
    styles: {
      title: { fontSize: 18, bold: true, alignment: 'center', margin: [0, 0, 0, 4] },
      subtitle: { fontSize: 10, color: '#5F5346', alignment: 'center', margin: [0, 0, 0, 14] },
      heading: { fontSize: 12, bold: true, margin: [0, 12, 0, 6] },
      tableHead: { bold: true, fillColor: '#F6EFE6' },
      small: { fontSize: 8.5, color: '#5F5346' },
      figure: { alignment: 'right' },
    },
    content,
    footer: (page, pages) => ({
      margin: [48, 16, 48, 0],
      fontSize: 8.5,
      color: '#5F5346',
      columns: [{ text: foot }, { text: pageOf(page, pages), alignment: 'right', width: 110 }],
    }),
    ...(watermark !== undefined && { watermark: { text: watermark, color: '#8F3410', opacity: 0.12, bold: true } }),
  };
  return pdfMake.createPdf(document).getBuffer();
}
