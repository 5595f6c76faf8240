import type { Request } from 'express';
import { decryptField, encryptField } from '../../platform/crypto/encrypt-field';

declare module 'express-session' {
  interface SessionData {
    /** A token just made, encrypted, until the page has shown it once. */
    freshToken?: string;
  }
}

/** Keeps a new token for the page that shows it. */
export function keepFreshToken(req: Request, personId: string, text: string): void {
  req.session.freshToken = encryptField(text, place(personId));
}

/** The new token, once. */
export function takeFreshToken(req: Request, personId: string): string | undefined {
  const { freshToken } = req.session;
  delete req.session.freshToken;
  return freshToken === undefined ? undefined : decryptField(freshToken, place(personId));
}

function place(personId: string): string {
  return `session/${personId}/apiToken`;
}
