import iconv from 'iconv-lite';

/** How banks of the county write text files. */
export const textEncodings = ['GB18030', 'UTF-8'] as const;
export type TextEncoding = (typeof textEncodings)[number];

/** Text as the bytes of a file. GB18030 holds every character that Unicode has, so nothing is lost. */
export function encodeText(text: string, encoding: TextEncoding): Buffer {
  return encoding === 'UTF-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, 'gb18030');
}

/**
 * The text of a file whose sender did not say how it is written: UTF-8 when the bytes are that, else GB18030. Undefined when they are
 * neither (a picture, an archive).
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  return strictly('utf-8', bytes) ?? strictly('gb18030', bytes);
}

function strictly(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined; // not this encoding: the answer to the question
  }
}
