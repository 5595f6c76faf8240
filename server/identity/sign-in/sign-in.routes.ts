import type { Request, Response } from 'express';
import { failField } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { type Returned, renderForm, submitted } from '../../platform/http/form';
import { limited, open } from '../../platform/http/guard';
import type { Limiter } from '../../platform/http/rate-limit';
import { type Routes, routes } from '../../platform/http/routes';
import type { LocalSignIn, SignedIn } from '../../platform/passport/local-sign-in';
import { parseInput } from '../../platform/validation/field-issues';
import { findPersonOrThrow } from '../find-people';
import { signInInput } from '../identity.inputs';
import { actorFrom, isOpen } from '../live-grants';
import { accountHash, readAccount } from '../login-names';
import { firstPageOf } from '../navigation';
import { needsSecondFactor } from '../permissions';
import { recordSignIn } from '../record-sign-in';
import { beginPending } from './pending';
import { signInPage } from './sign-in-page';
import { takeReturnTo } from './take-return-to';

export interface SignInSetup {
  signIn: LocalSignIn;
  limiter: Limiter;
  /** Shows the cast and the codes; otherwise neither exists. */
  demo: boolean;
  /** Hotline at the foot of the form. */
  helpPhone?: string;
}

const perAccount = 10;
const perAddress = 60; // an office of the county stands behind one address

/** Account and password, and the way out. What both limits count are hashes and addresses. */
export function signInRoutes(setup: SignInSetup): Routes {
  const room = routes();
  const { signIn, limiter } = setup;
  const byAddress = limiter({ name: 'sign-in-address', perMinute: perAddress });
  const byAccount = limiter({ name: 'sign-in-account', perMinute: perAccount, key: accountKey });
  const openPage = open('people sign in here');

  const showAgain = async (req: Request, res: Response, returned: Returned) =>
    renderForm(res, 'identity/sign-in', await signInPage(req.ctx, res, setup), returned);

  room.get('/sign-in', openPage, async (req, res) => {
    if (req.user) return res.redirect(303, firstPageOf(req.ctx.actor));
    res.render('identity/sign-in', await signInPage(req.ctx, res, setup));
  });

  room.post(
    '/sign-in',
    limited(byAddress, limited(byAccount, openPage)),
    submitted(
      async (req, res) => {
        parseInput(signInInput, req.body);
        const signedIn = (await signIn.check(req as Request, res)) ?? failField('password', 'wrong-sign-in');
        res.redirect(303, await nextStep(req as Request, signIn, signedIn));
      },
      showAgain as Parameters<typeof submitted>[1],
    ),
  );

  room.post('/sign-out', open('who is not signed in has nothing to lose'), async (req, res) => {
    await signIn.leave(req as Request);
    res.redirect(303, '/sign-in');
  });

  return room;
}

/** Lets in whoever needs no second step; the others show or set up their second factor first. */
async function nextStep(req: Request, signIn: LocalSignIn, signedIn: SignedIn): Promise<string> {
  const { ctx } = req;
  const user = await findPersonOrThrow(ctx, signedIn.id);
  const actor = actorFrom(user, ctx.clock.now());
  const today = shanghaiDay(ctx.clock.now());
  if (user.secondFactor || needsSecondFactor(user.grants.filter((grant) => isOpen(grant, today)))) {
    await beginPending(req, signedIn, ctx.clock);
    return user.secondFactor ? '/sign-in/code' : '/sign-in/enrolment';
  }
  const target = takeReturnTo(req, firstPageOf(actor));
  await signIn.enter(req, signedIn);
  await recordSignIn(ctx, user._id, 'password');
  return target;
}

/** Accounts are counted by their keyed hash, known or not. */
function accountKey(req: Request): string {
  const typed = typeof req.body === 'object' && req.body !== null ? (req.body as Record<string, unknown>)['account'] : undefined;
  return accountHash((typeof typed === 'string' && readAccount(typed)) || 'none');
}
