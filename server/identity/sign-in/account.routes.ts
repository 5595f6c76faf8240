import type { Request, Response } from 'express';
import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import { type Returned, renderForm, submitted } from '../../platform/http/form';
import { limited } from '../../platform/http/guard';
import { type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { allowSignedIn } from '../allow';
import { changePassword } from '../change-password';
import { renewRecoveryCodes } from '../enrol-second-factor';
import { findPersonOrThrow, fullName } from '../find-people';
import { changePasswordInput } from '../identity.inputs';
import { layoutOf } from '../layout-of';
import { isLive, isWaiting } from '../live-grants';
import { scopeNames } from '../scope-names';
import { keepFreshCodes, takeFreshCodes } from './fresh-codes';
import type { SignInSetup } from './sign-in.routes';
import { signedInAs } from './signed-in';

const perMinute = 10;

/** A person's own account: roles, password, second factor. */
export function accountRoutes({ signIn, limiter }: Pick<SignInSetup, 'signIn' | 'limiter'>): Routes {
  const room = routes();
  const mine = allowSignedIn();
  const byPerson = limiter({ name: 'own-password', perMinute, key: (req) => req.user?.id ?? 'nobody' });

  room.get('/me', mine, async (req, res) => {
    res.render('identity/me', { ...(await accountPage(req.ctx, res)), saved: req.query['saved'] === 'password' });
  });

  room.post(
    '/me/password',
    limited(byPerson, mine),
    submitted(
      async (req, res) => {
        const user = await changePassword(req.ctx, parseInput(changePasswordInput, req.body));
        await signIn.enter(req as Request, signedInAs(user, { secondFactor: req.user?.secondFactor === true }));
        res.redirect(303, '/me?saved=password');
      },
      async (req: unknown, res: Response, returned: Returned) =>
        renderForm(res, 'identity/me', await accountPage((req as Request).ctx, res), returned),
    ),
  );

  room.post('/me/recovery-codes', mine, async (req, res) => {
    const codes = await renewRecoveryCodes(req.ctx, req.ctx.actor.id);
    keepFreshCodes(req as Request, req.ctx.actor.id, { codes, next: '/me' });
    res.redirect(303, '/me/recovery-codes');
  });

  room.get('/me/recovery-codes', mine, async (req, res) => {
    const { _id, secondFactor } = await findPersonOrThrow(req.ctx, req.ctx.actor.id);
    if (!secondFactor) return res.redirect(303, '/me');
    const fresh = takeFreshCodes(req as Request, _id) ?? { codes: [], next: '/me' };
    res.render('identity/recovery-codes', { bare: true, ...fresh, codesLeft: secondFactor.recovery.length });
  });

  return room;
}

async function accountPage(ctx: Context, res: Response) {
  const t = res.locals['t'] as Translate;
  const user = await findPersonOrThrow(ctx, ctx.actor.id);
  const today = shanghaiDay(ctx.clock.now());
  const live = user.grants.filter((grant) => isLive(grant, today));
  const waiting = user.grants.filter((grant) => isWaiting(grant, today));
  const placeOf = await scopeNames(ctx, [...live, ...waiting]);
  return {
    layout: layoutOf(ctx.actor),
    name: fullName(user),
    account: user.mobileMasked,
    grants: live.map((grant) => ({ role: t(`identity:role.${grant.role}`), place: placeOf(grant), until: grant.until })),
    waiting: waiting.map((grant) => ({ role: t(`identity:role.${grant.role}`), place: placeOf(grant) })),
    hasFactor: user.secondFactor !== undefined,
    enrolledAt: user.secondFactor?.enrolledAt,
    codesLeft: user.secondFactor?.recovery.length ?? 0,
  };
}
