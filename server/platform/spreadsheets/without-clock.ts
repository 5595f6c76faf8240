const signatures = { end: 0x06054b50, central: 0x02014b50 };
const firstDosDay = 0x21; // 1 January 1980

/**
 * The same archive with the time of writing taken out of each file in it, so that equal content is equal bytes. Times stand in the
 * directory at the end and before each file (PKWARE APPNOTE 4.3.7, 4.3.12).
 */
export function withoutClock(archive: Buffer): Buffer {
  const bytes = Buffer.from(archive);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || bytes.readUInt32LE(end) !== signatures.end) return bytes;
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0 && bytes.readUInt32LE(at) === signatures.central; left -= 1) {
    setTime(bytes, at + 12);
    setTime(bytes, bytes.readUInt32LE(at + 42) + 10);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return bytes;
}

function setTime(bytes: Buffer, at: number): void {
  bytes.writeUInt16LE(0, at);
  bytes.writeUInt16LE(firstDosDay, at + 2);
}
