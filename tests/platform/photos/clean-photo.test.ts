import sharp from 'sharp';
import { cleanPhoto } from '../../../server/platform/photos/clean-photo';
import { movingWebp, notedPng, notedWebp, phoneJpeg } from '../../support/sample-photos';

const secret = /GPS|Wang/;

test.each`
  kind      | made
  ${'jpeg'} | ${phoneJpeg}
  ${'png'}  | ${notedPng}
  ${'webp'} | ${notedWebp}
`('of a $kind the picture is kept, and nothing that was written beside or behind it', async ({ made }: { made: () => Promise<Buffer> }) => {
  const bytes = await made();
  const photo = await cleanPhoto(bytes);
  expect(bytes.toString('latin1')).toMatch(secret);
  expect(photo?.toString('latin1')).not.toMatch(secret);
  expect((await sharp(photo).metadata()).format).toBe('jpeg');
});

test('a photo taken with the phone on its side stands upright, and is not larger than a page needs', async () => {
  expect(await sharp(await cleanPhoto(await phoneJpeg())).metadata()).toMatchObject({ width: 30, height: 40 });
  const wide = await sharp({ create: { width: 4_000, height: 1_000, channels: 3, background: '#884422' } })
    .png()
    .toBuffer();
  expect(await sharp(await cleanPhoto(wide)).metadata()).toMatchObject({ width: 2_000, height: 500 });
});

test('what is no photo, or no whole one', async () => {
  const [jpeg, png, webp] = await Promise.all([phoneJpeg(), notedPng(), notedWebp()]);
  const enormous = Buffer.from(png);
  enormous.writeUInt32BE(100_000, 16);
  enormous.writeUInt32BE(100_000, 20);
  const none: Record<string, Buffer> = {
    nothing: Buffer.alloc(0),
    'a drawing, which may hold script': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    'a PDF': Buffer.from('%PDF-1.7'),
    'a GIF': await sharp(jpeg).gif().toBuffer(),
    'a page that begins as a JPEG does': Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.from('<html>')]),
    'a JPEG that breaks off': jpeg.subarray(0, 400),
    'a PNG that breaks off': png.subarray(0, 60),
    'a WebP that breaks off': webp.subarray(0, 40),
    'a WebP that moves': await movingWebp(),
    'a PNG that says it is too large to be held': enormous,
  };
  const kept = await Promise.all(Object.entries(none).map(async ([what, bytes]) => ((await cleanPhoto(bytes)) ? [what] : [])));
  expect(kept.flat()).toEqual([]);
});
