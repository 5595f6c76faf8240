import { crc32, deflateSync } from 'node:zlib';

const secret = 'GPS 36.6N 114.9E, iPhone of Wang Xiaoming';

/** A JPEG as a phone writes it: where and with what it was taken, how it was held, a comment, and something behind its end. */
export function phoneJpeg({ width = 4, height = 3, shade = 0x3f } = {}): Buffer {
  const tiff = Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0', 'latin1'),
    Buffer.from(secret),
  ]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])),
    segment(0xfe, Buffer.from(secret)),
    segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xc0, Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0])),
    segment(0xc4, Buffer.from([0, 1, ...Array(15).fill(0), 0])),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([shade, 0xff, 0x00, 0x7f]),
    Buffer.from([0xff, 0xd9]),
    Buffer.from(secret),
  ]);
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A PNG with a text beside its picture. */
export function notedPng({ width = 2, height = 2 } = {}): Buffer {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.writeUInt8(8, 8);
  const rows = deflateSync(Buffer.alloc(Math.min(height, 10) * (Math.min(width, 10) + 1)));
  const chunks = [
    chunk('IHDR', size),
    chunk('tEXt', Buffer.from(`Comment\0${secret}`)),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks, Buffer.from(secret)]);
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** A WebP of the longer form, with EXIF behind its picture. */
export function notedWebp({ animated = false } = {}): Buffer {
  const parts = [
    riffChunk('VP8X', Buffer.from([0x18, 0, 0, 0, 3, 0, 0, 2, 0, 0])),
    ...(animated ? [riffChunk('ANIM', Buffer.alloc(6))] : []),
    riffChunk('VP8 ', Buffer.from([0, 0, 0, 0x9d, 0x01, 0x2a, 4, 0, 3, 0])),
    riffChunk('EXIF', Buffer.from(secret)),
  ];
  const body = Buffer.concat([Buffer.from('WEBP'), ...parts]);
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

function riffChunk(name: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from(name, 'latin1'), length, body, Buffer.alloc(body.length % 2)]);
}
