/** What people bring in place of a table: told by how a file begins, since its name may say anything. */
export type OtherFile = 'picture' | 'pdf' | 'old-workbook';

const ascii = (text: string) => Buffer.from(text, 'latin1');
const beginnings: readonly (readonly [OtherFile, Buffer, number?])[] = [
  ['picture', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ['picture', Buffer.from([0xff, 0xd8, 0xff])],
  ['picture', ascii('GIF8')],
  ['picture', ascii('WEBP'), 8],
  ['picture', ascii('ftyphei'), 4], // of an iPhone
  ['picture', ascii('ftypmif1'), 4],
  ['pdf', ascii('%PDF-')],
  ['old-workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex')], // Excel of before 2007
];

/** Undefined for what may be a table. */
export function otherFileIn(bytes: Buffer): OtherFile | undefined {
  return beginnings.find(([, sign, at = 0]) => bytes.subarray(at, at + sign.length).equals(sign))?.[0];
}
