import type { Request } from 'express';

declare module 'express-session' {
  interface SessionData {
    /** The page that was asked for before the sign-in; kept by us, since signing in makes a new session. */
    returnTo?: string;
  }
}

const longest = 300;

/** Keeps the page that somebody wanted, to lead there after the sign-in. */
export function rememberPage(req: Request): void {
  if (isOwnPath(req.originalUrl)) req.session.returnTo = req.originalUrl;
}

/** A path of this site. A browser reads `//host`, `/\host` and tabs in between as another site (open redirect). */
export function isOwnPath(path: string): boolean {
  return path.length <= longest && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path) && new URL(path, 'http://own').host === 'own';
}
