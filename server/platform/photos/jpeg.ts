import type { ReadPhoto } from './read-photo';

// Markers of ITU-T T.81, Annex B.
const start = 0xd8;
const end = 0xd9;
const scan = 0xda;
const comment = 0xfe;
const tables = new Set([0xc4, 0xcc, 0xdb, 0xdd]);

/** A JPEG with its picture only: no EXIF but how it is turned, no comments, no thumbnails, nothing behind its end. */
export function cleanJpeg(bytes: Buffer): ReadPhoto | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xff00 + start) return undefined;
  const kept: Buffer[] = [];
  let size: { width: number; height: number } | undefined;
  let turned: number | undefined;
  for (let at = 2; at + 4 <= bytes.length || isEnd(bytes, at); ) {
    if (isEnd(bytes, at)) return size && { bytes: whole(kept, turned), ...size };
    const [lead, marker, length] = [bytes.readUInt8(at), bytes.readUInt8(at + 1), bytes.readUInt16BE(at + 2)];
    const next = at + 2 + length;
    if (lead !== 0xff || length < 2 || next > bytes.length) return undefined;
    const segment = bytes.subarray(at, next);
    if (isFrame(marker)) size = segment.length < 9 ? undefined : { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) };
    if (marker === 0xe1) turned ??= orientationIn(segment);
    if (marker === scan && !size) return undefined;
    if (isKept(marker, segment)) kept.push(segment);
    else if (!isLeftOut(marker)) return undefined;
    at = marker === scan ? endOfScan(bytes, next) : next;
    if (marker === scan) kept.push(bytes.subarray(next, at));
  }
  return undefined; // it breaks off
}

const isEnd = (bytes: Buffer, at: number) => at + 2 <= bytes.length && bytes.readUInt16BE(at) === 0xff00 + end;
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && !tables.has(marker) && marker !== 0xc8;
const isLeftOut = (marker: number) => marker === comment || (marker >= 0xe0 && marker <= 0xef);

/** Frames, tables, scans, and of the applications' parts only those by which colours are read. */
function isKept(marker: number, segment: Buffer): boolean {
  if (isFrame(marker) || tables.has(marker) || marker === scan) return true;
  return marker === 0xee && segment.subarray(4, 9).toString('latin1') === 'Adobe';
}

/** Where the coded data of a scan ends: at the first marker that is no stuffing and no restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes.readUInt8(at + 1);
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

/** How the camera was held, 1 to 8 (EXIF 0x0112 in the first directory); undefined where it does not say. */
function orientationIn(segment: Buffer): number | undefined {
  const tiff = segment.subarray(10);
  if (segment.subarray(4, 10).toString('latin1') !== 'Exif\0\0' || tiff.length < 8) return undefined;
  const isLittle = tiff.subarray(0, 2).toString('latin1') === 'II';
  const word = (at: number) => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < Math.min(word(directory), 200); entry += 1) {
    const at = directory + 2 + entry * 12;
    if (word(at) === 0x0112) return word(at + 8) >= 1 && word(at + 8) <= 8 ? word(at + 8) : undefined;
  }
  return undefined;
}

function whole(kept: readonly Buffer[], turned: number | undefined): Buffer {
  const exif = turned !== undefined && turned !== 1 ? [exifOf(turned)] : [];
  return Buffer.concat([Buffer.from([0xff, start]), ...exif, ...kept, Buffer.from([0xff, end])]);
}

/** EXIF that says how the picture is turned, and nothing else. */
function exifOf(turned: number): Buffer {
  const head = Buffer.from([0xff, 0xe1, 0, 34, ...Buffer.from('Exif\0\0MM\0*', 'latin1'), 0, 0, 0, 8]);
  return Buffer.concat([head, Buffer.from([0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0, 0, 0, 0, 0])]);
}
