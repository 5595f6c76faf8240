import type { Request, Response } from 'express';
import type { Context } from '../../kernel/context';
import { type Returned, renderForm, submitted } from '../../platform/http/form';
import { limited, open } from '../../platform/http/guard';
import { type Routes, routes } from '../../platform/http/routes';
import { parseInput } from '../../platform/validation/field-issues';
import { findPersonByLink } from '../access-link';
import { linkInput, setPasswordInput } from '../identity.inputs';
import { setPassword } from '../set-password';
import type { SignInSetup } from './sign-in.routes';

const perMinute = 20;

/** Choosing a password behind a link: an invitation, or a lost password. The link lies in the query, which no log keeps. */
export function passwordRoutes({ limiter, helpPhone }: Pick<SignInSetup, 'limiter' | 'helpPhone'>): Routes {
  const room = routes();
  const guard = limited(limiter({ name: 'password-link', perMinute }), open('the link itself is the key'));

  room.get('/password/lost', open('tells how to get a new password'), (_req, res) => {
    res.render('identity/password-lost', { bare: true, helpPhone });
  });

  room.get('/password', guard, async (req, res) => {
    const { link } = parseInput(linkInput, req.query);
    res.render('identity/password', await passwordPage(req.ctx, link));
  });

  room.post(
    '/password',
    guard,
    submitted(
      async (req, res) => {
        await setPassword(req.ctx, parseInput(setPasswordInput, req.body));
        res.render('identity/password-set', { bare: true });
      },
      async (req: unknown, res: Response, returned: Returned) => {
        const { link } = parseInput(linkInput, (req as Request).body);
        renderForm(res, 'identity/password', await passwordPage((req as Request).ctx, link), returned);
      },
    ),
  );

  return room;
}

async function passwordPage(ctx: Context, token: string) {
  const user = await findPersonByLink(ctx, token);
  return {
    bare: true,
    token,
    who: user.nameMasked,
    account: user.mobileMasked ?? '',
    isInvitation: user.link?.purpose === 'invitation',
  };
}
