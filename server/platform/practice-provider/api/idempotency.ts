import { createHash } from 'node:crypto';
import type { Practice } from '../practice';
import { ApiRefusal } from './refusals';

const longestKey = 255;
const keptMs = 24 * 3_600_000;

export interface Answer {
  status: number;
  body: unknown;
}

export interface Asked {
  method: string;
  path: string;
  body: unknown;
}

/**
 * Answers once for each idempotency key: the same request again gets the kept answer, another request under the same key is refused.
 * A refused parameter is not kept, so the caller may mend it and use the key again.
 */
export function onceForKey(practice: Practice, key: string, asked: Asked, answer: () => Answer): Answer & { replayed: boolean } {
  if (key.length > longestKey) throw idempotencyError(400, 'The idempotency key is longer than 255 characters.');
  forgetOld(practice);
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([asked.method, asked.path, asked.body]))
    .digest('hex');

  const kept = practice.state.answers.get(key);
  if (kept && kept.fingerprint !== fingerprint) {
    throw idempotencyError(400, 'Keys for idempotent requests can only be used with the same parameters they were first used with.');
  }
  if (kept) return { status: kept.status, body: kept.body, replayed: true };

  const { status, body } = answer();
  practice.state.answers.set(key, { fingerprint, status, body, savedAtMs: practice.clock.now().getTime() });
  return { status, body, replayed: false };
}

function forgetOld({ clock, state }: Practice): void {
  const before = clock.now().getTime() - keptMs;
  for (const [key, { savedAtMs }] of state.answers) {
    if (savedAtMs >= before) return; // in order of saving: the rest is younger
    state.answers.delete(key);
  }
}

function idempotencyError(status: number, message: string): ApiRefusal {
  return new ApiRefusal(status, { type: 'idempotency_error', message });
}
