import type { Request } from 'express';
import type { Clock } from '../../kernel/clock';
import { decryptField, encryptField } from '../../platform/crypto/encrypt-field';

declare module 'express-session' {
  interface SessionData {
    /** Who has shown a password and owes the second step. Not signed in yet: no page but this step's knows them. */
    pending?: { id: string; epoch: number; at: number };
    /** The secret that an authenticator app has just been shown, until its first code proves it. */
    enrolling?: string;
  }
}

const goodForMs = 10 * 60_000;

/** The person whose password this session has seen within ten minutes. */
export function pendingOf(req: Request, clock: Clock): { id: string; epoch: number } | undefined {
  const { pending } = req.session;
  return pending && clock.now().getTime() - pending.at < goodForMs ? pending : undefined;
}

/** Keeps who owes the second step, in a new session: what was known of the old one is worth nothing. The wanted page comes along. */
export async function beginPending(req: Request, person: { id: string; epoch: number }, clock: Clock): Promise<void> {
  const { returnTo } = req.session;
  await new Promise<void>((resolve, reject) => req.session.regenerate((error) => (error ? reject(error) : resolve())));
  req.session.pending = { id: person.id, epoch: person.epoch, at: clock.now().getTime() };
  if (returnTo !== undefined) req.session.returnTo = returnTo;
}

/** The secret under enrolment; the session keeps it encrypted, since Redis is read by more eyes than the database. */
export function enrolmentSecret(req: Request, personId: string): string | undefined {
  return req.session.enrolling === undefined ? undefined : decryptField(req.session.enrolling, place(personId));
}

export function keepEnrolmentSecret(req: Request, personId: string, secret: string): void {
  req.session.enrolling = encryptField(secret, place(personId));
}

function place(personId: string): string {
  return `session/${personId}/totp`;
}
