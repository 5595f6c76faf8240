import { csrfSync } from 'csrf-sync';
import type { Request, RequestHandler } from 'express';
import { AppError } from '../../kernel/errors';

const { csrfSynchronisedProtection, generateToken } = csrfSync({
  size: 32,
  getTokenFromRequest: (req) => fieldOf(req.body, '_csrf') ?? req.get('x-csrf-token'),
});

function fieldOf(body: unknown, field: string): string | undefined {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[field] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Refuses a change whose form token is not the session's. */
export const checkFormToken: RequestHandler = (req, res, next) => {
  if (req.accessToken) return next();
  if (!req.session) return next(new AppError('access.csrf'));
  csrfSynchronisedProtection(req, res, (error?: unknown) => next(error ? new AppError('access.csrf') : undefined));
};

/**
 * The session's form token, made when a template prints it: a page that prints none starts no session. Handlebars asks `toString`.
 */
export function lazyFormToken(req: Request): { toString(): string } {
  return { toString: () => (req.session ? generateToken(req) : '') };
}

/**
 * Refuses a change that a browser says comes from another site, whatever token it carries. Programs without a browser send no
 * Origin; they are left to the token or the signature.
 */
export function checkOrigin({ publicBaseUrl, demo }: { publicBaseUrl: string; demo: boolean }): RequestHandler {
  return (req, _res, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) return next();
    const origin = req.get('origin');
    const isForeign = origin !== undefined && origin !== publicBaseUrl && !(demo && isOwnHost(origin, req));
    next(isForeign || req.get('sec-fetch-site') === 'cross-site' ? new AppError('access.csrf') : undefined);
  };
}

/** The demonstration is visited by whatever name its machine has. */
function isOwnHost(origin: string, req: Request): boolean {
  return origin === `${req.protocol}://${req.get('host')}`;
}
