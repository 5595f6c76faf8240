import QRCode from 'qrcode';

/** A text as a QR code: a `data:` address of an SVG for `<img>`, black on white, with the quiet zone that scanners need. */
export async function qrImage(text: string): Promise<string> {
  const svg = await QRCode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
