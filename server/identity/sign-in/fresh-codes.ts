import type { Request } from 'express';
import { decryptField, encryptField } from '../../platform/crypto/encrypt-field';

declare module 'express-session' {
  interface SessionData {
    /** New recovery codes, encrypted, until their page has shown them once; and where it leads then. */
    freshCodes?: { sealed: string; next: string };
  }
}

interface FreshCodes {
  codes: readonly string[];
  next: string;
}

/** Keeps new recovery codes for the page that shows them: its address is its own, so that a reload makes no others. */
export function keepFreshCodes(req: Request, personId: string, { codes, next }: FreshCodes): void {
  req.session.freshCodes = { sealed: encryptField(codes.join(' '), place(personId)), next };
}

/** The new recovery codes, once. */
export function takeFreshCodes(req: Request, personId: string): FreshCodes | undefined {
  const { freshCodes } = req.session;
  delete req.session.freshCodes;
  return freshCodes && { codes: decryptField(freshCodes.sealed, place(personId)).split(' '), next: freshCodes.next };
}

function place(personId: string): string {
  return `session/${personId}/recoveryCodes`;
}
