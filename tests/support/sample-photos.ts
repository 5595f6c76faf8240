import sharp from 'sharp';

const secret = 'GPS 36.6N 114.9E, iPhone of Wang Xiaoming';
const behindTheEnd = Buffer.from(secret);

const picture = (shade: number, pages?: number) =>
  sharp({ create: { width: 40, height: 30 * (pages ?? 1), channels: 3, background: { r: shade, g: 90, b: 60 } } });

/** A JPEG as a phone writes it: with what it was taken, how it was held, and something behind its end. */
export async function phoneJpeg({ shade = 0x3f } = {}): Promise<Buffer> {
  const bytes = await picture(shade)
    .withMetadata({ orientation: 6, exif: { IFD0: { Model: secret } } })
    .jpeg()
    .toBuffer();
  return Buffer.concat([bytes, behindTheEnd]);
}

/** A PNG with EXIF beside its picture. */
export async function notedPng(): Promise<Buffer> {
  const bytes = await picture(0x10)
    .withExif({ IFD0: { ImageDescription: secret } })
    .png()
    .toBuffer();
  return Buffer.concat([bytes, behindTheEnd]);
}

/** A WebP with EXIF behind its picture. */
export async function notedWebp(): Promise<Buffer> {
  return await picture(0x20)
    .withExif({ IFD0: { ImageDescription: secret } })
    .webp()
    .toBuffer();
}

/** A WebP that moves. */
export async function movingWebp(): Promise<Buffer> {
  const frame = (shade: number) => picture(shade).png().toBuffer();
  return await sharp([await frame(1), await frame(200)], { join: { animated: true } })
    .webp()
    .toBuffer();
}
