import sharp from 'sharp';

/** What people photograph with; a page or a drawing that a browser would run is none of these. */
const formats = ['jpeg', 'png', 'webp'];
const mostPixels = 80_000_000; // a small file can name a picture that no memory holds
const longestSide = 2_000;
const paper = '#ffffff';

sharp.cache(false); // a photo is read once
sharp.concurrency(1); // and the process has others to answer

/**
 * A photo drawn anew as a JPEG, upright and at most 2,000 pixels long: nothing is left that says where, when, with what or by whom it was
 * taken. Read by what its bytes are, never by its name; undefined for what is no whole JPEG, PNG or WebP still picture.
 */
export async function cleanPhoto(bytes: Buffer): Promise<Buffer | undefined> {
  try {
    const photo = sharp(bytes, { failOn: 'truncated', limitInputPixels: mostPixels });
    const { format, pages = 1 } = await photo.metadata();
    if (!formats.includes(format) || pages > 1) return undefined;
    return await photo
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: paper })
      .jpeg({ quality: 82 })
      .toBuffer();
  } catch {
    return undefined; // the library reads no picture in it
  }
}
