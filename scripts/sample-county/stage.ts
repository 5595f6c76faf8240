import { SteppedClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { addDays, type LocalDate, shanghaiDay, startOfDay } from '../../server/kernel/local-date';
import { type Random, seededRandom } from '../../server/kernel/random';
import type { Grant } from '../../server/kernel/roles';
import { totpCode, totpStep } from '../../server/platform/totp/totp';

const minuteMs = 60_000;
const office = 9 * 60; // minutes after midnight at which a day's work begins

/**
 * Where the sample county is played: a clock that runs through the year before today, randomness that repeats itself, and the people
 * by their keys. Everything happens through the acts, so each step is somebody's.
 */
export class Stage {
  readonly clock: SteppedClock;
  readonly random: Random;
  readonly today: LocalDate;
  readonly #actors = new Map<string, Context>();
  readonly #secrets = new Map<string, string>();
  #keys = 0;

  constructor(
    readonly ledger: string,
    readonly now: Date,
    readonly firstDay: LocalDate,
    /** Tells what is played later on a county from what was played before: its keys and its randomness are its own. */
    private readonly part = 'sample',
  ) {
    this.clock = new SteppedClock(startOfDay(firstDay));
    this.random = seededRandom(`${part} county ${ledger}`);
    this.today = shanghaiDay(now);
  }

  /** A system job. */
  get system(): Context {
    return this.#context('system:sample', 'system', []);
  }

  /** Makes a person known by a key of the cast, with the secret of their authenticator if they have one. */
  enter(key: string, userId: string, grants: readonly Grant[], secret?: string): void {
    if (secret !== undefined) this.#secrets.set(key, secret);
    this.#actors.set(key, this.#context(userId, 'person', grants));
  }

  /** The context of a member of the cast. */
  as(key: string): Context {
    const actor = this.#actors.get(key);
    if (!actor) throw new Error(`nobody is called ${key}`);
    return actor;
  }

  /** The six digits with which a member of the cast signs; a minute later, since each works once. */
  async signingCode(key: string): Promise<string> {
    const secret = this.#secrets.get(key);
    if (!secret) throw new Error(`${key} has no authenticator`);
    this.clock.advance(minuteMs);
    return totpCode(secret, totpStep(this.clock.now()));
  }

  /** A kiosk or another machine. */
  machine(id: string): Context {
    return this.#context(id, 'kiosk', []);
  }

  #context(id: string, kind: Context['actor']['kind'], grants: readonly Grant[]): Context {
    return { ledger: this.ledger, actor: { id, kind, grants }, clock: this.clock, random: this.random, locale: 'zh-CN' };
  }

  /** Moves on to a day's morning, or minutes later on the same day; never back. */
  moveTo(day: LocalDate, minutes = 0): void {
    const instant = new Date(startOfDay(day).getTime() + (office + minutes) * minuteMs);
    if (instant > this.clock.now()) this.clock.set(instant);
    else this.clock.advance(minuteMs);
  }

  /** A day so many days before today. */
  daysAgo(days: number): LocalDate {
    return addDays(this.today, -days);
  }

  isBefore(day: LocalDate): boolean {
    return shanghaiDay(this.clock.now()) < day;
  }

  /** The key that a form would have chosen. */
  key(what: string): string {
    this.#keys += 1;
    return `${this.part}-${what}-${this.#keys}`.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, 64);
  }

  /** A whole number from `min` to `max`. */
  between(min: number, max: number): number {
    const [a = 0, b = 0, c = 0] = this.random.bytes(3);
    return min + ((a * 65_536 + b * 256 + c) % (max - min + 1));
  }

  pick<T>(all: readonly T[]): T {
    const one = all[this.between(0, all.length - 1)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  }
}

/** Runs work in slices side by side, so that a commit takes many of them. */
export async function together<T, R>(all: readonly T[], work: (one: T) => Promise<R>, atOnce = 40): Promise<R[]> {
  const done: R[] = [];
  for (let start = 0; start < all.length; start += atOnce) done.push(...(await Promise.all(all.slice(start, start + atOnce).map(work))));
  return done;
}
