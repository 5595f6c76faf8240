import type { RequestHandler } from 'express';

/** What stands before a handler and says who may pass. Its name appears in the route table. */
export type Guard = RequestHandler & { readonly guard: string };

/** Names a handler as a guard. It calls `next()`, or passes an AppError (`access.…`, `not-found`) on. */
export function guarded(name: string, handler: RequestHandler): Guard {
  return Object.assign(handler.bind(undefined) as RequestHandler, { guard: name });
}

/** Lets everybody pass, and says why that is right. */
export function open(reason: string): Guard {
  return guarded(`open: ${reason}`, (_req, _res, next) => next());
}

/** A guard behind a limit (see `createLimiter`): whoever asks too often is not even looked at. */
export function limited(limit: RequestHandler, guard: Guard): Guard {
  return guarded(guard.guard, async (req, res, next) => {
    const refusal = await new Promise<unknown>((resolve, reject) => {
      Promise.resolve(limit(req, res, resolve)).catch(reject);
    });
    if (refusal) next(refusal);
    else await guard(req, res, next);
  });
}

/** True for a handler that was named as a guard. */
export function isGuard(handler: unknown): handler is Guard {
  return typeof handler === 'function' && 'guard' in handler && typeof handler.guard === 'string' && handler.guard !== '';
}
