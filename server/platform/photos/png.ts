import type { ReadPhoto } from './read-photo';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Chunks that make up a still picture and its colours; texts, times, EXIF and the frames of an animation are not among them. */
const kept = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT']);

/** A PNG with its picture only, nothing behind its end. */
export function cleanPng(bytes: Buffer): ReadPhoto | undefined {
  if (!bytes.subarray(0, 8).equals(signature)) return undefined;
  const parts: Buffer[] = [signature];
  let size: { width: number; height: number } | undefined;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const next = at + 12 + bytes.readUInt32BE(at);
    const name = bytes.subarray(at + 4, at + 8).toString('latin1');
    if (next > bytes.length || (at === 8) !== (name === 'IHDR')) return undefined;
    if (name === 'IHDR') size = next - at < 25 ? undefined : { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    if (kept.has(name)) parts.push(bytes.subarray(at, next));
    if (name === 'IEND') return size && { bytes: Buffer.concat(parts), ...size };
    at = next;
  }
  return undefined; // it breaks off
}
