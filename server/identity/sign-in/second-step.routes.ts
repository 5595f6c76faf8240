import type { Request, Response } from 'express';
import { fail } from '../../kernel/errors';
import { type Returned, renderForm, submitted } from '../../platform/http/form';
import { limited, open } from '../../platform/http/guard';
import { type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { qrImage } from '../../platform/qr/qr-svg';
import { newTotpSecret, totpAddress, totpCode, totpStep } from '../../platform/totp/totp';
import { parseInput } from '../../platform/validation/field-issues';
import { demoCode } from '../demo-seats';
import { enrolSecondFactor } from '../enrol-second-factor';
import { findPersonOrThrow } from '../find-people';
import { codeInput } from '../identity.inputs';
import { actorFrom } from '../live-grants';
import { firstPageOf } from '../navigation';
import { recordSignIn } from '../record-sign-in';
import type { User } from '../user.model';
import { verifySecondFactor } from '../verify-second-factor';
import { keepFreshCodes } from './fresh-codes';
import { enrolmentSecret, keepEnrolmentSecret, pendingOf } from './pending';
import type { SignInSetup } from './sign-in.routes';
import { signedInAs } from './signed-in';
import { takeReturnTo } from './take-return-to';

const perMinute = 6;
const guard = open('asks for the second step of a sign-in that has begun');

/** The second step of a sign-in: six digits, a recovery code, or setting up an authenticator for the first time. */
export function secondStepRoutes(setup: SignInSetup): Routes {
  const room = routes();
  const { signIn, limiter, demo } = setup;
  const byPerson = limiter({ name: 'second-factor', perMinute, key: (req) => stepOf(req)?.id ?? 'nobody' });

  room.get('/sign-in/code', guard, async (req, res) => {
    const user = await personInStep(req as Request);
    if (!user) return res.redirect(303, '/sign-in');
    if (!user.secondFactor) return res.redirect(303, '/sign-in/enrolment');
    res.render('identity/code', await codePage(req.ctx, user));
  });

  room.post(
    '/sign-in/code',
    limited(byPerson, guard),
    submitted(async (req, res) => {
      const { _id } = (await personInStep(req as Request)) ?? fail('access.sign-in');
      const { code } = parseInput(codeInput, req.body);
      await verifySecondFactor(req.ctx, { id: _id, code });
      res.redirect(303, await enter(req as Request));
    }, showCodeAgain),
  );

  room.get('/sign-in/enrolment', guard, async (req, res) => {
    const user = await personInStep(req as Request);
    if (!user) return res.redirect(303, '/sign-in');
    if (user.secondFactor) return res.redirect(303, '/sign-in/code');
    res.render('identity/enrolment', await enrolmentPage(req as Request, res, user, demo));
  });

  room.post(
    '/sign-in/enrolment',
    limited(byPerson, guard),
    submitted(async (req, res) => {
      const { _id } = (await personInStep(req as Request)) ?? fail('access.sign-in');
      const secret = enrolmentSecret(req as Request, _id) ?? fail('access.sign-in');
      const { code } = parseInput(codeInput, req.body);
      const codes = await enrolSecondFactor(actingAs(req.ctx, _id), { id: _id, secret, code });
      const next = await enter(req as Request);
      keepFreshCodes(req as Request, _id, { codes, next });
      res.redirect(303, '/me/recovery-codes');
    }, showEnrolmentAgain),
  );

  async function enter(req: Request): Promise<string> {
    const { _id } = (await personInStep(req)) ?? fail('access.sign-in');
    const user = await recordSignIn(req.ctx, _id, 'secondFactor');
    const target = takeReturnTo(req, firstPageOf(actorFrom(user, req.ctx.clock.now())));
    await signIn.enter(req, signedInAs(user, { secondFactor: true }));
    return target;
  }

  async function codePage(ctx: Request['ctx'], user: User) {
    return { bare: true, demoCode: demo ? await demoCode(ctx, user) : undefined, who: user.nameMasked };
  }

  async function showCodeAgain(req: unknown, res: Response, returned: Returned) {
    const asked = req as Request;
    const user = (await personInStep(asked)) ?? fail('access.sign-in');
    renderForm(res, 'identity/code', await codePage(asked.ctx, user), returned);
  }

  async function showEnrolmentAgain(req: unknown, res: Response, returned: Returned) {
    const asked = req as Request;
    const user = (await personInStep(asked)) ?? fail('access.sign-in');
    renderForm(res, 'identity/enrolment', await enrolmentPage(asked, res, user, demo), returned);
  }

  return room;
}

/** Who is in the second step: by the password of minutes ago, or signed in without a second factor that a page now asks for. */
function stepOf(req: Request): { id: string; epoch: number } | undefined {
  return pendingOf(req, req.ctx.clock) ?? (req.user?.secondFactor === false ? req.user : undefined);
}

async function personInStep(req: Request): Promise<User | undefined> {
  const step = stepOf(req);
  const user = step && (await findPersonOrThrow(req.ctx, step.id));
  return user?.state.name === 'active' && user.epoch === step?.epoch ? user : undefined;
}

/** What is set up in this step is the person's own deed, though nobody is signed in yet. */
function actingAs(ctx: Request['ctx'], id: string): Request['ctx'] {
  return { ...ctx, actor: { id, kind: 'person', grants: [] } };
}

async function enrolmentPage(req: Request, res: Response, user: User, demo: boolean) {
  const t = res.locals['t'] as Translate;
  const secret = enrolmentSecret(req, user._id) ?? newTotpSecret();
  keepEnrolmentSecret(req, user._id, secret);
  const address = totpAddress({ secret, issuer: t('site:name'), label: user.nameMasked });
  return {
    bare: true,
    who: user.nameMasked,
    qr: await qrImage(address),
    secret: secret.match(/.{1,4}/g)?.join(' '),
    demoCode: demo ? { digits: await totpCode(secret, totpStep(req.ctx.clock.now())) } : undefined,
  };
}
