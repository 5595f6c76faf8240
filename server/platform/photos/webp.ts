import type { ReadPhoto } from './read-photo';

/** Chunks of a still picture: lossy, lossless, transparency, and the head of the longer form. */
const kept = new Set(['VP8 ', 'VP8L', 'ALPH', 'VP8X']);
const alphaOnly = 0x10;

/** A WebP with its picture only; an animation is none. */
export function cleanWebp(bytes: Buffer): ReadPhoto | undefined {
  if (bytes.length < 20 || text(bytes, 0) !== 'RIFF' || text(bytes, 8) !== 'WEBP') return undefined;
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length) return undefined;
  const parts: Buffer[] = [];
  let size: { width: number; height: number } | undefined;
  let hasPicture = false;
  for (let at = 12; at + 8 <= end; ) {
    const [name, length] = [text(bytes, at), bytes.readUInt32LE(at + 4)];
    const next = at + 8 + length + (length % 2);
    if (next > end || name === 'ANIM' || name === 'ANMF') return undefined;
    const chunk = Buffer.from(bytes.subarray(at, next));
    size ??= sizeOf(name, chunk);
    hasPicture ||= name === 'VP8 ' || name === 'VP8L';
    if (name === 'VP8X') chunk.writeUInt8(chunk.readUInt8(8) & alphaOnly, 8); // it no longer announces EXIF, XMP or a profile
    if (kept.has(name)) parts.push(chunk);
    at = next;
  }
  return size && hasPicture ? { bytes: riff(parts), ...size } : undefined;
}

const text = (bytes: Buffer, at: number) => bytes.subarray(at, at + 4).toString('latin1');

function sizeOf(name: string, chunk: Buffer): { width: number; height: number } | undefined {
  if (chunk.length < 18) return undefined;
  if (name === 'VP8X') return { width: chunk.readUIntLE(12, 3) + 1, height: chunk.readUIntLE(15, 3) + 1 };
  if (name === 'VP8 ') return { width: chunk.readUInt16LE(14) & 0x3fff, height: chunk.readUInt16LE(16) & 0x3fff };
  if (name !== 'VP8L' || chunk.readUInt8(8) !== 0x2f) return undefined;
  const bits = chunk.readUInt32LE(9);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

function riff(parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...parts]);
  const head = Buffer.alloc(8);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}
