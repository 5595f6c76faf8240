import { cleanPhoto } from '../../../server/platform/photos/clean-photo';
import { notedPng, notedWebp, phoneJpeg } from '../../support/sample-photos';

const secret = /GPS|Wang/;

test.each`
  kind      | bytes
  ${'jpeg'} | ${phoneJpeg()}
  ${'png'}  | ${notedPng()}
  ${'webp'} | ${notedWebp()}
`(
  'of a $kind the picture is kept, and nothing that was written beside or behind it',
  ({ kind, bytes }: { kind: string; bytes: Buffer }) => {
    const photo = cleanPhoto(bytes);
    expect(photo?.kind).toBe(kind);
    expect(bytes.toString('latin1')).toMatch(secret);
    expect(photo?.bytes.toString('latin1')).not.toMatch(secret);
    expect(cleanPhoto(photo?.bytes ?? Buffer.alloc(0))).toEqual(photo); // what is clean stays as it is
  },
);

test('how a JPEG is turned is kept, so that nobody sees it lying on its side', () => {
  const bytes = cleanPhoto(phoneJpeg())?.bytes.toString('latin1') ?? '';
  expect(bytes).toContain('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06');
});

test('the coded picture itself is not touched', () => {
  const bytes = cleanPhoto(phoneJpeg({ shade: 0x55 }))?.bytes ?? Buffer.alloc(0);
  expect(bytes.subarray(-6)).toEqual(Buffer.from([0x55, 0xff, 0x00, 0x7f, 0xff, 0xd9]));
});

test.each`
  bytes                                                                | what
  ${Buffer.alloc(0)}                                                   | ${'nothing'}
  ${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')}          | ${'an SVG, which may hold script'}
  ${Buffer.from('%PDF-1.7')}                                           | ${'a PDF'}
  ${Buffer.from('GIF89a')}                                             | ${'a GIF'}
  ${Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.from('<html>')])} | ${'a page that begins as a JPEG does'}
  ${phoneJpeg().subarray(0, 200)}                                      | ${'a JPEG that breaks off'}
  ${notedPng().subarray(0, 60)}                                        | ${'a PNG that breaks off'}
  ${notedWebp().subarray(0, 40)}                                       | ${'a WebP that breaks off'}
  ${notedWebp({ animated: true })}                                     | ${'a WebP that moves'}
  ${phoneJpeg({ width: 60_000, height: 60_000 })}                      | ${'a JPEG too large to be shown'}
  ${notedPng({ width: 0, height: 5 })}                                 | ${'a PNG without a pixel'}
  ${notedPng({ width: 11_000, height: 11_000 })}                       | ${'a PNG too large to be shown'}
`('$what is no photo', ({ bytes }: { bytes: Buffer }) => {
  expect(cleanPhoto(bytes)).toBeUndefined();
});

test('whatever bytes come, reading them ends', () => {
  for (const bytes of [phoneJpeg(), notedPng(), notedWebp()]) {
    for (let at = 0; at < bytes.length; at += 1) {
      const broken = Buffer.from(bytes);
      broken.writeUInt8(0xff, at);
      cleanPhoto(broken);
      cleanPhoto(bytes.subarray(0, at));
    }
  }
});
