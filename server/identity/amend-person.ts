import { type AuditFacts, recorded } from '../audit';
import type { Context } from '../kernel/context';
import { AppError } from '../kernel/errors';
import { change, type DocumentGuard, type DocumentWrite, unchanged } from '../platform/mongo/document-writes';
import { transact } from '../platform/mongo/transact';
import { findPersonOrThrow } from './find-people';
import { User } from './user.model';

/** A change to one person with its line in the audit. `undefined` takes a field away. */
interface Amendment {
  /** Idempotency key, chosen before the first try. */
  key: string;
  what: string;
  fields: { [Field in keyof User]?: User[Field] | undefined };
  facts?: AuditFacts & { reason?: string };
  before?: AuditFacts;
  /** What else goes into the commit: the proof of a signature. */
  along?: { guards: readonly DocumentGuard[]; writes: readonly DocumentWrite[] };
}

type Decision = Amendment | undefined;

const mostTries = 5;

/**
 * Changes a person as read just now; when somebody else was faster, decides again on what is there then. `decide` throws what it refuses,
 * and gives nothing where the change is there already. Returns the person as stored, also for a replay.
 */
export async function amendPerson(
  ctx: Context,
  id: string,
  decide: (user: User) => Decision | Promise<Decision>,
  most = mostTries,
): Promise<User> {
  for (let tries = 1; ; tries += 1) {
    const user = await findPersonOrThrow(ctx, id);
    const amendment = await decide(user);
    if (!amendment) return user;
    const { key, what, fields, facts, before, along = { guards: [], writes: [] } } = amendment;
    try {
      await transact(ctx, {
        key,
        guards: [unchanged(User, user), ...along.guards],
        writes: [change(User, user, fields as Partial<User>), recorded(ctx, what, { type: 'user', id }, facts, before), ...along.writes],
      });
      return await findPersonOrThrow(ctx, id);
    } catch (error) {
      if (tries >= most || !(error instanceof AppError) || error.code !== 'state.stale') throw error;
    }
  }
}
