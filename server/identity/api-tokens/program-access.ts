import type { Request, RequestHandler } from 'express';
import type { Clock } from '../../kernel/clock';
import type { Actor } from '../../kernel/context';
import { AppError, fail } from '../../kernel/errors';
import type { Limiter } from '../../platform/http/rate-limit';
import { operator } from '../../platform/mongo/operators';
import { findPerson } from '../find-people';
import { actorFrom } from '../live-grants';
import { needsSecondFactor } from '../permissions';
import type { User } from '../user.model';
import { ApiToken } from './api-token.model';
import { isOpen } from './find-tokens';
import { readTokenText } from './token-text';

/** What the HTTP shell needs to know programs. */
export interface ProgramAccess {
  /** Stands before the session. */
  middleware: readonly RequestHandler[];
  /** The person for whom a program asks, narrowed to its token; undefined for a browser. */
  actorOf(req: Request): Actor | undefined;
}

interface Setup {
  ledger: string;
  clock: Clock;
  limiter: Limiter;
}

const perMinute = 600;
const lastUsedWithinMs = 60_000;
const bearer = /^Bearer\b(.*)$/is;
const looks = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Programs ask the API with `Authorization: Bearer wh_…`. Such a request is the token's alone: cookies that come along count for
 * nothing, and pages of people are closed to it. What the person lost (the role, the account, the second factor) the token has lost.
 */
export function openProgramAccess({ ledger, clock, limiter }: Setup): ProgramAccess {
  const actors = new WeakMap<Request, Actor>(); // read once per request, never kept longer

  const know: RequestHandler = async (req, res, next) => {
    const [, text] = bearer.exec(req.get('authorization') ?? '') ?? [];
    if (text === undefined) return next();
    delete req.headers.cookie;
    if (!req.path.startsWith('/api/v1/')) fail('access.session-only');
    const found = await findGood({ ledger, clock }, text.trim());
    if (!found) {
      res.setHeader('WWW-Authenticate', 'Bearer');
      return next(new AppError('access.token'));
    }
    const { token, user } = found;
    req.accessToken = { id: token._id };
    actors.set(req, { ...actorFrom(user, clock.now()), token: { id: token._id, permissions: token.permissions } });
    if (token.isReadOnly && !looks.includes(req.method)) fail('access.token-scope', { permission: 'read-only' });
    await noteUse(token, clock.now());
    next();
  };
  const limit = limiter({
    name: 'token',
    perMinute,
    key: (req) => req.accessToken?.id ?? 'none',
    counts: (req) => req.accessToken !== undefined,
  });
  return { middleware: [know, limit], actorOf: (req) => actors.get(req) };
}

async function findGood({ ledger, clock }: Omit<Setup, 'limiter'>, text: string): Promise<{ token: ApiToken; user: User } | undefined> {
  const read = readTokenText(text);
  const token = read && (await ApiToken.findOne({ _id: read.id, ledger }).lean<ApiToken>());
  if (!token || !read.fits(token.hash) || !isOpen(token, clock.now())) return undefined;
  const user = await findPerson({ ledger }, token.user);
  return user && stands(token, user, clock.now()) ? { token, user } : undefined;
}

/** The person is active; and whoever needs a second factor still has the one that was there when the token was made. */
function stands(token: ApiToken, user: User, now: Date): boolean {
  if (user.state.name !== 'active') return false;
  if (!needsSecondFactor(actorFrom(user, now).grants)) return true;
  return user.secondFactor !== undefined && user.secondFactor.enrolledAt <= token.madeAt;
}

/** When it was last used, to the minute: a busy program does not write each time. */
async function noteUse({ _id, ledger, lastUsedAt }: ApiToken, now: Date): Promise<void> {
  const before = new Date(now.getTime() - lastUsedWithinMs);
  if (lastUsedAt && lastUsedAt > before) return;
  const isOld = { $or: [{ lastUsedAt: operator({ $exists: false }) }, { lastUsedAt: operator({ $lte: before }) }] };
  await ApiToken.updateOne({ _id, ledger, ...isOld }, { $set: { lastUsedAt: now }, $inc: { version: 1 } });
}
