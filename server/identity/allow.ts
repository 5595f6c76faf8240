import type { Request, RequestHandler } from 'express';
import type { Actor } from '../kernel/context';
import { AppError, fail, invariant } from '../kernel/errors';
import { type Guard, guarded } from '../platform/http/guard';
import { asksForJson, asksForPart } from '../platform/http/request';
import { may, needsSecondFactor, type Permission, permissions, tokenScopes } from './permissions';
import { rememberPage } from './sign-in/return-to';

/**
 * Lets only those pass who have signed in, hold the permission, and, when they approve, release or see everything, have shown a second
 * factor. A person with a browser is led to the page where it can be done; a program gets `access.sign-in` or `access.second-factor`.
 * What the call then finds lies in the reach of the grants that carry the permission, not of the person's other ones.
 */
export function allow(permission: Permission): Guard {
  invariant(permissions.includes(permission), 'identity.permission-exists', { permission });
  return guarded(permission, (req, res, next) => {
    const missing = missingStep(req);
    if (missing) return leadOrRefuse(missing)(req, res, next);
    if (req.ctx.actor.token) assertTokenCarries(req.ctx.actor.token, permission);
    if (!may(req.ctx.actor, permission)) return next(new AppError('access.denied'));
    req.ctx = { ...req.ctx, actor: { ...req.ctx.actor, via: permission } };
    next();
  });
}

/** @throws AppError `access.session-only` for what no token carries, `access.token-scope` for what this one does not. */
function assertTokenCarries({ permissions: carried }: NonNullable<Actor['token']>, permission: Permission): void {
  if (!tokenScopes.includes(permission)) fail('access.session-only');
  if (!carried.includes(permission)) fail('access.token-scope', { permission });
}

/** Lets everybody pass who has signed in, whatever their roles: their own account. It is not for programs. */
export function allowSignedIn(): Guard {
  return guarded('signed-in', (req, res, next) => {
    if (req.ctx.actor.token) fail('access.session-only');
    const missing = missingStep(req);
    if (missing) return leadOrRefuse(missing)(req, res, next);
    next();
  });
}

function missingStep(req: Request): 'access.sign-in' | 'access.second-factor' | undefined {
  if (req.ctx.actor.token) return undefined; // was made with the second factor, and ends with it
  if (!req.user) return 'access.sign-in';
  return needsSecondFactor(req.ctx.actor.grants) && !req.user.secondFactor ? 'access.second-factor' : undefined;
}

function leadOrRefuse(missing: 'access.sign-in' | 'access.second-factor'): RequestHandler {
  return (req, res, next) => {
    if (req.method !== 'GET' || asksForJson(req) || asksForPart(req)) return next(new AppError(missing));
    rememberPage(req);
    res.redirect(303, missing === 'access.sign-in' ? '/sign-in' : '/sign-in/code');
  };
}
