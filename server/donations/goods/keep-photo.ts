import { createHash } from 'node:crypto';
import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { post } from '../../ledger';
import { decryptField, encryptField } from '../../platform/crypto/encrypt-field';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { absent, change, insertion, removal, unchanged } from '../../platform/mongo/document-writes';
import { cleanPhoto } from '../../platform/photos/clean-photo';
import { goodsPhotographed } from './goods.accounts';
import { GoodsOffer } from './goods-offer.model';
import { GoodsPhoto, type PhotoSide, photoPlace } from './goods-photo.model';
import { mayTakePhotos, mostPhotos } from './photo-rules';

const largestBytes = 6_000_000;

/** Whose photo it is, and who posts it: a visitor has no role, so that the county's machinery does it for him. */
interface ForSide {
  posting: Context;
  side: PhotoSide;
}

/**
 * Keeps a photo of an offer until its value is booked, without what the camera wrote beside it. The same picture twice is one.
 * @throws `input.invalid` at `photo` for what is no photo, too large or one too many, `state.not-allowed`
 */
export async function keepPhoto(ctx: Context, { posting, side }: ForSide, offer: GoodsOffer, bytes: Buffer): Promise<void> {
  if (!mayTakePhotos(offer)) fail('state.not-allowed', { from: offer.state.name });
  if (bytes.length > largestBytes) failField('photo', 'photo.too-large', { megabytes: largestBytes / 1_000_000 });
  const photo = (await cleanPhoto(bytes)) ?? failField('photo', 'photo.not-a-photo');
  const { photos = [], _id } = offer;
  const id = idOfFact(ctx, 'gph', `${_id}/${createHash('sha256').update(photo).digest('hex')}`);
  if (photos.some((one) => one.id === id)) return;
  if (photos.filter((one) => one.side === side).length >= mostPhotos) failField('photo', 'photo.too-many', { most: mostPhotos });
  await post(posting, {
    key: `goodsPhoto:${id}:kept:${offer.version}`,
    kind: goodsPhotographed,
    source: { type: 'goodsOffer', id: _id },
    guards: [unchanged(GoodsOffer, offer), absent(GoodsPhoto, id)],
    writes: () => [
      insertion(ctx, GoodsPhoto, { _id: id, offer: _id, sealed: encryptField(photo.toString('base64'), photoPlace(id)) }),
      change(GoodsOffer, offer, { photos: [...photos, { id, side, at: ctx.clock.now() }] }),
      recorded(ctx, 'goods.photoAdded', { type: 'goodsOffer', id: _id }),
    ],
  });
}

/** Takes a photo away whole, such as one with somebody on it. The giver only his own. @throws `not-found`, `state.not-allowed` */
export async function removePhoto(ctx: Context, { posting, side }: ForSide, offer: GoodsOffer, photo: string): Promise<void> {
  if (!mayTakePhotos(offer)) fail('state.not-allowed', { from: offer.state.name });
  const { photos = [], _id } = offer;
  const listed = photos.find(({ id }) => id === photo) ?? fail('not-found');
  if (side === 'giver' && listed.side !== 'giver') fail('not-found');
  const kept = (await GoodsPhoto.findOne({ _id: photo, ledger: ctx.ledger }).lean<GoodsPhoto>()) ?? fail('not-found');
  await post(posting, {
    key: `goodsPhoto:${photo}:removed:${offer.version}`,
    kind: goodsPhotographed,
    source: { type: 'goodsOffer', id: _id },
    guards: [unchanged(GoodsOffer, offer), unchanged(GoodsPhoto, kept)],
    writes: () => [
      removal(GoodsPhoto, kept),
      change(GoodsOffer, offer, { photos: photos.filter(({ id }) => id !== photo) }),
      recorded(ctx, 'goods.photoRemoved', { type: 'goodsOffer', id: _id }),
    ],
  });
}

/** The JPEG of a photo of an offer that the caller has found. @throws `not-found`, also for one of another offer. */
export async function photoOf(ctx: Context, offer: GoodsOffer, photo: string): Promise<Buffer> {
  if (!offer.photos?.some(({ id }) => id === photo)) fail('not-found');
  const file = (await GoodsPhoto.findOne({ _id: photo, ledger: ctx.ledger, offer: offer._id }).lean<GoodsPhoto>()) ?? fail('not-found');
  return Buffer.from(decryptField(file.sealed, photoPlace(photo)), 'base64');
}
