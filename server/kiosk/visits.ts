import type { Request as AnyRequest } from 'express';
import { randomId } from '../kernel/random';
import type { Redis } from '../platform/redis/connection';
import { fieldOfPieces, fieldsOf, type Visit, visitFrom } from './visit';

declare module 'express-session' {
  interface SessionData {
    /** Id of the visit that goes on at this kiosk. What belongs to it is kept apart: a session is written whole by each request. */
    kioskVisit?: string;
  }
}

type Request = Pick<AnyRequest, 'session' | 'ctx'>;

const graceMs = 30_000; // the browser asks first; this is for a kiosk whose script does not run
const keptMs = 3_600_000; // a visit that nobody ends is forgotten by Redis itself

// A visit that has ended must not come back by a request that began before: each change asks first whether it is still there.
const setFields = `if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV)) return 1`;
const addPieces = `if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if redis.call('HINCRBY', KEYS[1], ARGV[1], ARGV[2]) <= 0 then redis.call('HDEL', KEYS[1], ARGV[1]) end
redis.call('HSET', KEYS[1], ARGV[3], ARGV[4]) return 1`;

/** The visits at the county's kiosks. Two requests of one kiosk at once change only what each is about. */
export interface Visits {
  /** Begins a visit; whoever was here before is forgotten. */
  begin(req: Request, household: string): Promise<void>;
  /** The visit that goes on, or undefined when nobody is here or nobody has touched the kiosk for too long. */
  find(req: Request, idleSeconds: number): Promise<Visit | undefined>;
  /** Keeps what changed of a visit; nothing when it has ended meanwhile. */
  keep(visit: Visit, changed: Partial<Omit<Visit, 'id' | 'basket'>>): Promise<void>;
  /** Puts one piece more or less of a product into the basket; that is another request then. */
  put(req: Request, visit: Visit, product: string, by: 1 | -1): Promise<void>;
  /** The reason why the last step was refused; told once. */
  takeRefusal(visit: Visit): Promise<Visit['refusal']>;
  /** What was wrong with the last PIN; told once. */
  takeWrongPin(visit: Visit): Promise<Visit['wrongPin']>;
  /** Forgets who was here. */
  end(req: Request): Promise<void>;
}

export function openVisits({ redis, ledger }: { redis: Redis; ledger: string }): Visits {
  const keyOf = (id: string) => `wh-${ledger}:kiosk-visit:${id}`;

  const end = async ({ session }: Request) => {
    if (session.kioskVisit === undefined) return;
    await redis.del(keyOf(session.kioskVisit));
    delete session.kioskVisit;
  };
  const keep: Visits['keep'] = async ({ id }, changed) => void (await redis.eval(setFields, 1, keyOf(id), ...fieldsOf(changed)));

  return {
    async begin(req, household) {
      await end(req);
      const { random, clock } = req.ctx;
      const id = randomId(random, 'vis');
      const requestKey = randomId(random, 'req');
      const begunAt = clock.now().getTime();
      const first = fieldsOf({ household, known: false, requestKey, begunAt, touchedAt: begunAt, page: '/kiosk/me' });
      await redis.multi().hset(keyOf(id), first).pexpire(keyOf(id), keptMs).exec();
      req.session.kioskVisit = id;
    },
    async find(req, idleSeconds) {
      const { kioskVisit: id } = req.session;
      const visit = id === undefined ? undefined : visitFrom(id, await redis.hgetall(keyOf(id)));
      if (!visit) return undefined;
      const touchedAt = req.ctx.clock.now().getTime();
      if (touchedAt - visit.touchedAt <= idleSeconds * 1_000 + graceMs) {
        await keep(visit, { touchedAt });
        return visit;
      }
      await end(req);
      return undefined;
    },
    keep,
    async put(req, { id }, product, by) {
      const [name = '', key = ''] = fieldsOf({ requestKey: randomId(req.ctx.random, 'req') });
      await redis.eval(addPieces, 1, keyOf(id), fieldOfPieces(product), by, name, key);
    },
    async takeRefusal({ id, refusal }) {
      if (refusal) await redis.hdel(keyOf(id), 'refusal');
      return refusal;
    },
    async takeWrongPin({ id, wrongPin }) {
      if (wrongPin) await redis.hdel(keyOf(id), 'wrongPin');
      return wrongPin;
    },
    end,
  };
}
