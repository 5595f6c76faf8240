import type { Response } from 'express';
import { allow } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { type Returned, renderForm, submitted } from '../../platform/http/form';
import { limited, open } from '../../platform/http/guard';
import type { Limiter } from '../../platform/http/rate-limit';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { zId } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { asSystem } from '../as-system';
import { findOfferByCodeOrThrow, findOfferOrThrow } from './find-goods';
import { goodsCodeParam, goodsRef } from './goods.inputs';
import type { GoodsOffer } from './goods-offer.model';
import { isGiver, pageOfOffer, publicOfferPage, staffOfferPage } from './goods-pages';
import { keepPhoto, photoOf, removePhoto } from './keep-photo';

const words = (res: Response) => res.locals['t'] as Translate;
const linkHolder = open('whoever has the link of a gift may see its way');
const photoId = z.object({ photo: zId('gph') });
/** Beyond what is kept, so that a photo that is somewhat too large is told at its field. */
const photoUpload = { field: 'photo', maxBytes: 10_000_000 };
const photosAMinute = 30; // of one address: each is some megabytes
type Asked = Incoming<string>;

/** Photos of offered goods: from the giver behind the link, from the inspector; shown to who may see the offer. */
export function photoRoutes({ publicBaseUrl, limiter }: { publicBaseUrl: string; limiter: Limiter }): Routes {
  const room = routes();
  const changing = limited(limiter({ name: 'goods-photo', perMinute: photosAMinute }), linkHolder);
  const [read, inspect] = [allow('goods.read'), allow('goods.inspect')];

  const byCode = (req: { ctx: Context; params: unknown }) => findOfferByCodeOrThrow(req.ctx, parseInput(goodsCodeParam, req.params).code);
  const publicAgain = async (req: Asked, res: Response, returned: Returned) =>
    renderForm(res, 'donations/goods-public', await publicOfferPage(req.ctx, words(res), await byCode(req), publicBaseUrl), returned);
  room.get('/goods-offers/:code/photos/:photo', linkHolder, async (req, res) => send(req, res, await byCode(req)));
  room.upload(
    '/goods-offers/:code/photos',
    changing,
    photoUpload,
    submitted(
      async (req, res) => {
        const offer = assertGiver(req.ctx, await byCode(req));
        await keepPhoto(req.ctx, { posting: asSystem(req.ctx, 'give-page'), side: 'giver' }, offer, fileOf(req));
        res.redirect(303, `/goods-offers/${offer.code}#photos`);
      },
      (req, res, returned) => publicAgain(req as Asked, res, returned),
    ),
  );
  room.post('/goods-offers/:code/photos/:photo/removals', changing, async (req, res) => {
    const offer = assertGiver(req.ctx, await byCode(req));
    await removePhoto(req.ctx, { posting: asSystem(req.ctx, 'give-page'), side: 'giver' }, offer, parseInput(photoId, req.params).photo);
    res.redirect(303, `/goods-offers/${offer.code}#photos`);
  });

  const byId = (req: { ctx: Context; params: unknown }) => findOfferOrThrow(req.ctx, parseInput(goodsRef, req.params).id);
  const staffAgain = async (req: Asked, res: Response, returned: Returned) => {
    const page = await staffOfferPage(req.ctx, words(res), parseInput(goodsRef, req.params).id);
    renderForm(res, 'donations/goods-offer', { layout: 'staff', ...page }, returned);
  };
  room.get('/donations/goods-offers/:id/photos/:photo', read, async (req, res) => send(req, res, await byId(req)));
  room.upload(
    '/donations/goods-offers/:id/photos',
    inspect,
    photoUpload,
    submitted(
      async (req, res) => {
        const offer = await byId(req);
        await keepPhoto(req.ctx, { posting: req.ctx, side: 'inspector' }, offer, fileOf(req));
        res.redirect(303, `${pageOfOffer(offer._id)}#photos`);
      },
      (req, res, returned) => staffAgain(req as Asked, res, returned),
    ),
  );
  room.post('/donations/goods-offers/:id/photos/:photo/removals', inspect, async (req, res) => {
    const offer = await byId(req);
    await removePhoto(req.ctx, { posting: req.ctx, side: 'inspector' }, offer, parseInput(photoId, req.params).photo);
    res.redirect(303, `${pageOfOffer(offer._id)}#photos`);
  });
  return room;
}

function fileOf({ file }: { file?: { buffer: Buffer } | undefined }): Buffer {
  return file?.buffer ?? failField('photo', 'required');
}

/** The link alone is not enough for what a member offers. */
function assertGiver(ctx: Context, offer: GoodsOffer): GoodsOffer {
  return isGiver(ctx, offer) ? offer : fail('access.denied');
}

/** A stranger's bytes: shown as the picture that they are, and as nothing else, whatever a browser makes of them. */
async function send(req: { ctx: Context; params: unknown }, res: Response, offer: GoodsOffer): Promise<void> {
  const bytes = await photoOf(req.ctx, offer, parseInput(photoId, req.params).photo);
  res
    .type('image/jpeg')
    .set({
      'Content-Disposition': 'inline; filename="photo.jpg"',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    })
    .send(bytes);
}
