import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What stands on each page of a PDF file, read by pdf.js in a process of its own (Jest cannot load its modules). */
export async function pdfPages(pdf: Buffer, folder: string): Promise<string[]> {
  const file = join(folder, 'read.pdf');
  writeFileSync(file, pdf);
  const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, 'pdf-pages.mjs'), file]);
  return JSON.parse(stdout) as string[];
}
