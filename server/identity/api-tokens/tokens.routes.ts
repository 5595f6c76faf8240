import type { Express, Request, Response } from 'express';
import { type Returned, renderForm, submitted } from '../../platform/http/form';
import { listRoutes } from '../../platform/http/route-table';
import { type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { allowSignedIn } from '../allow';
import { endToken } from './end-token';
import { keepFreshToken, takeFreshToken } from './fresh-token';
import { makeOwnToken } from './make-token';
import { makeTokenInput, tokenRef } from './token.inputs';
import { tokensPage } from './tokens-page';

/** Access tokens of one's own. Forms only: no token makes another. */
export function tokenRoutes({ demo }: { demo: boolean }): Routes {
  const room = routes();
  const mine = allowSignedIn();
  const page = (req: Request, res: Response) => tokensPage(req.ctx, res.locals['t'] as Translate, listRoutes(req.app as Express), demo);

  room.get('/me/tokens', mine, async (req, res) => {
    const fresh = takeFreshToken(req as Request, req.ctx.actor.id);
    res.render('identity/tokens', { ...(await page(req as Request, res)), fresh });
  });

  room.post(
    '/me/tokens',
    mine,
    submitted(
      async (req, res) => {
        const { text } = await makeOwnToken(req.ctx, parseInput(makeTokenInput, req.body));
        if (text !== undefined) keepFreshToken(req as Request, req.ctx.actor.id, text);
        res.redirect(303, '/me/tokens');
      },
      async (req: unknown, res: Response, returned: Returned) =>
        renderForm(res, 'identity/tokens', await page(req as Request, res), returned),
    ),
  );

  room.post('/me/tokens/:id/end', mine, async (req, res) => {
    await endToken(req.ctx, parseInput(tokenRef, req.params));
    res.redirect(303, '/me/tokens');
  });

  return room;
}
