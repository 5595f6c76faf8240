import { cleanJpeg } from './jpeg';
import { cleanPng } from './png';
import type { ReadPhoto } from './read-photo';
import { cleanWebp } from './webp';

/** A still picture without anything that says where, when, with what or by whom it was taken. */
export interface CleanPhoto {
  kind: PhotoKind;
  bytes: Buffer;
}

export const photoKinds = ['jpeg', 'png', 'webp'] as const;
export type PhotoKind = (typeof photoKinds)[number];

/** A small file can name a picture that no browser can hold. */
const longestSide = 12_000;
const mostPixels = 80_000_000;

const readers = { jpeg: cleanJpeg, png: cleanPng, webp: cleanWebp } as const satisfies Record<
  PhotoKind,
  (bytes: Buffer) => ReadPhoto | undefined
>;

/**
 * Reads a photo by what its bytes are, never by its name, and writes only those parts of it anew that make up the picture: position,
 * camera, time, thumbnails, comments and whatever stands behind its end are left out. How a JPEG is turned is kept. Undefined for anything
 * that is no whole JPEG, PNG or WebP still picture of a usual size.
 */
export function cleanPhoto(bytes: Buffer): CleanPhoto | undefined {
  for (const kind of photoKinds) {
    const read = readers[kind](bytes);
    if (read && isUsual(read)) return { kind, bytes: read.bytes };
  }
  return undefined;
}

function isUsual({ width, height }: ReadPhoto): boolean {
  return width > 0 && height > 0 && width <= longestSide && height <= longestSide && width * height <= mostPixels;
}
