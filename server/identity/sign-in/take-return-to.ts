import type { Request } from 'express';
import { isOwnPath } from './return-to';

/** The page that was wanted before the sign-in, once; otherwise where this person begins. Asked before the session is made anew. */
export function takeReturnTo(req: Request, firstPage: string): string {
  const { returnTo } = req.session;
  delete req.session.returnTo;
  return returnTo !== undefined && isOwnPath(returnTo) ? returnTo : firstPage;
}
