import { aidCancelled, aidReserved } from '../../server/aid/aid.accounts';
import {
  disputedPool,
  disputeHeld,
  disputeReleased,
  giftDisputed,
  giftReinstated,
} from '../../server/donations/disputes/disputes.accounts';
import { giftReceived } from '../../server/donations/donations.accounts';
import { drawsOf, freeOf, heldBy, movesOf } from '../../server/donations/free-of-gift';
import { Gift } from '../../server/donations/gift.model';
import { goneBack } from '../../server/donations/kept-fen';
import { giftFeePaid, uncovered } from '../../server/donations/provider-money/provider-money.accounts';
import { providerAccount } from '../../server/donations/receive-gift';
import { giftRefunded, refundAsked, refundCameBack, refundPool, refundReleased } from '../../server/donations/refunds/refunds.accounts';
import type { GiftSums, UseKind } from '../../server/donations/trace-gift';
import { gift as giftLot, mainBank, poolsFor, restrictionPool } from '../../server/funds';
import { purposeChanged } from '../../server/funds/funds.kinds';
import { SteppedClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { divisionCode } from '../../server/kernel/division-code';
import { localDate } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { systemRandom } from '../../server/kernel/random';
import type { Role } from '../../server/kernel/roles';
import { closeLedger, credit, debit, openLedger, type Posted, type Posting, post } from '../../server/ledger';
import { payable } from '../../server/payments';
import { paymentPaid, paymentReturned, paymentSent, transit } from '../../server/payments/payments.accounts';
import { change, unchanged } from '../../server/platform/mongo/document-writes';
import { wayOfGift } from '../donations/way-of-gift';
import { refusalOf } from './ledger-refusal';

/** What may happen to money that was given. `pick` chooses among what is there, `size` how much of it. */
export const happenings = [
  'gift',
  'reserve',
  'cancel',
  'send',
  'pay',
  'bounce',
  'askRefund',
  'refund',
  'releaseRefund',
  'refundComesBack',
  'changePurpose',
  'hold',
  'holdWhole',
  'withdraw',
  'reinstate',
  'release',
  'fee',
] as const;
export interface Happening {
  what: (typeof happenings)[number];
  pick: number;
  size: number;
}

const day = localDate('2026-11-24');
const villages = ['130499101201', '130499201201'] as const;
const pools = [
  restrictionPool({ purpose: 'general' }),
  restrictionPool({ purpose: 'illness' }),
  restrictionPool({ purpose: 'illness', area: divisionCode('130499101') }),
];

/** Money of one gift in one pool. */
interface Part {
  pool: string;
  origin: string;
  amount: number;
}
/** A sum that was set aside, and where it came from: a case, a refund or a dispute. */
interface Aside {
  id: string;
  state: string;
  parts: Part[];
  kept: ReturnType<typeof heldBy>;
  tries: number;
  /** What was asked back beyond what the gift had free. */
  lossFen?: number;
}
interface Given {
  number: string;
  amount: number;
  gone: Partial<Record<UseKind, number>>;
  /** What the payer has got for it, also beyond the gift. */
  takenFen: number;
}

/**
 * Plays with gifts on the real chart of accounts and keeps, as plainly as possible, its own account of each fen: what lies free in which
 * pool, what is set aside, what has gone for what. What the ledger draws and what the gift's page says must be the same.
 */
export class GiftPlay {
  readonly #gifts: Given[] = [];
  readonly #free = new Map<string, Map<string, number>>(pools.map((pool) => [pool, new Map()]));
  readonly #asides = { case: [] as Aside[], refund: [] as Aside[], dispute: [] as Aside[] };
  readonly seen = new Map<string, number>();
  readonly ctx: Context;

  constructor(ledger: string) {
    const clock = new SteppedClock(`${day}T04:00:00Z`);
    this.ctx = { ledger, actor: { id: 'system:play', kind: 'system', grants: [] }, clock, random: systemRandom, locale: 'zh-CN' };
  }

  async open(): Promise<void> {
    const { ledger, clock } = this.ctx;
    await openLedger({ ledger, clock, random: systemRandom });
  }

  async close(): Promise<void> {
    await closeLedger(this.ctx.ledger);
  }

  async play({ what, pick, size }: Happening): Promise<void> {
    const done = await this[what](pick, size);
    if (done) this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }

  /** Each gift as its page tells it against the account kept here, and every line of it. */
  async compare(): Promise<void> {
    for (const { number, amount, gone, takenFen } of this.#gifts) {
      const { returnedFen = 0 } = await this.#giftOf(number);
      expect(returnedFen).toBe(Math.min(takenFen, amount)); // never more than was given, never less than nothing
      const { sums, uses } = await wayOfGift(this.ctx, { number, amountFen: fen(amount) });
      const kept = { aid: 0, goods: 0, refund: 0, chargeback: 0, fee: 0, other: 0, ...gone };
      const left = [...this.#free.values()].reduce((sum, pool) => sum + (pool.get(number) ?? 0), 0);
      const apart = this.#asideOf('refund', number) + this.#asideOf('dispute', number);
      expect(sums).toEqual({ ...kept, held: this.#asideOf('case', number), apart, left } satisfies GiftSums);
      expect(Object.values(sums).reduce((sum, part) => sum + part, 0)).toBe(amount);
      expect(uses.at(-1)?.leftFen ?? amount).toBe(left);
      const families = uses.filter(({ kind }) => kind === 'aid' || kind === 'held');
      expect(families.filter(({ village }) => village === undefined)).toEqual([]);
    }
  }

  async gift(pick: number, size: number): Promise<boolean> {
    const number = `D-2026-${String(this.#gifts.length + 1).padStart(6, '0')}`;
    const pool = pools[pick % pools.length] ?? '';
    const id = `gft_${this.ctx.ledger}-${number}`;
    const lot = { lot: giftLot(number), pool, amount: size, order: `${day}/${number}`, origin: number };
    const legs = [debit(mainBank, size)];
    await this.#post({ key: `gift:${id}:received`, kind: giftReceived, source: { type: 'gift', id }, legs, lots: [lot] });
    const now = this.ctx.clock.now();
    await Gift.create({
      ...{ _id: id, ledger: this.ctx.ledger, version: 1, number, code: number, donorKind: 'company', showName: true, amountFen: fen(size) },
      ...{ restriction: { purpose: 'general' }, channel: 'bankTransfer', openedAt: now, openedBy: 'system:play', attempts: [] },
      state: { name: 'received', by: 'system:play', at: now },
      received: { on: day, at: now, into: 'bankTransfer', proof: number },
    });
    this.#gifts.push({ number, amount: size, gone: {}, takenFen: 0 });
    this.#put([{ pool, origin: number, amount: size }]);
    return true;
  }

  async reserve(pick: number, size: number): Promise<boolean> {
    const village = villages[pick % villages.length] ?? '';
    const from = poolsFor({ cause: 'illness', village, day });
    const id = `case-${this.#asides.case.length}-${village}`;
    const parts = this.#firstParts(from, size);
    const posting = {
      key: `${id}:reserved`,
      kind: aidReserved,
      ...this.#about(id),
      draws: [{ from, amount: size, to: { pool: payable(id) } }],
    };
    if (!parts) {
      expect(await refusalOf(this.#post(posting))).toMatchObject({ code: 'floor' });
      return false;
    }
    const posted = await this.#post(posting);
    expect(byOrigin(posted.drawn)).toEqual(parts); // what came back of a gift may lie in a lot of its own beside the gift's
    this.#take(parts);
    this.#asides.case.push({ id, state: 'reserved', parts, kept: heldBy(posted), tries: 0 });
    return true;
  }

  async cancel(pick: number): Promise<boolean> {
    const one = this.#pick('case', 'reserved', pick);
    if (!one) return false;
    const key = `${one.id}:reserved`;
    await this.#post({ key: `reversal:${key}`, kind: aidCancelled, ...this.#about(one.id), reverses: key }, 'fundManager');
    return this.#back(one, 'cancelled');
  }

  async send(pick: number): Promise<boolean> {
    const one = this.#pick('case', 'reserved', pick);
    if (!one) return false;
    one.tries += 1;
    const draws = movesOf(this.ctx, payable(one.id), one.kept, { pool: transit(`${one.id}-${one.tries}`) });
    one.kept = heldBy(await this.#post({ key: `${one.id}:sent:${one.tries}`, kind: paymentSent, ...this.#about(one.id), draws }));
    one.state = 'sent';
    return true;
  }

  async pay(pick: number): Promise<boolean> {
    const one = this.#pick('case', 'sent', pick);
    if (!one) return false;
    const draws = movesOf(this.ctx, transit(`${one.id}-${one.tries}`), one.kept, mainBank);
    await this.#post({ key: `${one.id}:paid`, kind: paymentPaid, ...this.#about(one.id), draws });
    return this.#away(one, 'aid', 'paid');
  }

  async bounce(pick: number): Promise<boolean> {
    const one = this.#pick('case', 'sent', pick);
    if (!one) return false;
    const draws = movesOf(this.ctx, transit(`${one.id}-${one.tries}`), one.kept, { pool: payable(one.id) });
    one.kept = heldBy(await this.#post({ key: `${one.id}:returned:${one.tries}`, kind: paymentReturned, ...this.#about(one.id), draws }));
    one.state = 'reserved';
    return true;
  }

  askRefund = (pick: number, size: number) => this.#setApart('refund', pick, size);
  hold = (pick: number, size: number) => this.#setApart('dispute', pick, size * 3);
  /** The payer's bank asks for the whole, whatever was spent; rather of a gift of which something has gone back already. */
  holdWhole = (pick: number) => this.#setApart('dispute', pick, undefined);

  async refund(pick: number): Promise<boolean> {
    const one = this.#pick('refund', 'apart', pick);
    if (!one) return false;
    const draws = movesOf(this.ctx, refundPool(one.id), one.kept, mainBank);
    await this.#postTaken(one, sumOf(one.parts), {
      key: `${one.id}:settled`,
      kind: giftRefunded,
      source: { type: 'giftRefund', id: one.id },
      draws,
    });
    return this.#away(one, 'refund', 'gone');
  }

  async withdraw(pick: number): Promise<boolean> {
    const one = this.#pick('dispute', 'apart', pick);
    if (!one) return false;
    const draws = movesOf(this.ctx, disputedPool(one.id), one.kept, providerAccount);
    const { lossFen = 0 } = one;
    await this.#postTaken(one, sumOf(one.parts) + lossFen, {
      key: `${one.id}:settled`,
      kind: giftDisputed,
      source: { type: 'giftDispute', id: one.id },
      draws,
      ...(lossFen > 0 && { legs: [debit(uncovered(one.id), lossFen), credit(providerAccount, lossFen)] }),
    });
    return this.#away(one, 'chargeback', 'gone');
  }

  refundComesBack = (pick: number) => this.#returns('refund', refundCameBack, pick);
  reinstate = (pick: number) => this.#returns('dispute', giftReinstated, pick);

  releaseRefund = (pick: number) => this.#release('refund', refundReleased, pick);
  release = (pick: number) => this.#release('dispute', disputeReleased, pick);

  async changePurpose(pick: number, size: number): Promise<boolean> {
    const given = this.#gifts[pick % Math.max(1, this.#gifts.length)];
    const [lot] = given ? (await freeOf(this.ctx, given)).lots : [];
    const to = pools[(pick + size) % pools.length] ?? '';
    if (!given || !lot || lot.pool === to) return false;
    const amount = Math.min(size, lot.balance);
    const draws = [{ from: lot.pool, lot: lot.account, amount, to: { pool: to } }];
    const id = `change-${pick}-${this.seen.get('changePurpose') ?? 0}`;
    await this.#post({ key: `${id}:confirmed`, kind: purposeChanged, source: { type: 'purposeChange', id }, draws }, 'fundManager');
    this.#take([{ pool: lot.pool, origin: given.number, amount }]);
    this.#put([{ pool: to, origin: given.number, amount }]);
    return true;
  }

  async fee(pick: number, size: number): Promise<boolean> {
    const given = this.#gifts[pick % Math.max(1, this.#gifts.length)];
    if (!given) return false;
    const { lots, freeFen } = await freeOf(this.ctx, given);
    const amount = Math.min(freeFen, 1 + (size % 100));
    if (amount === 0) return false;
    const draws = drawsOf(this.ctx, lots, amount, providerAccount) ?? [];
    const id = `fee-${this.seen.get('fee') ?? 0}`;
    const { drawn } = await this.#post({ key: id, kind: giftFeePaid, source: { type: 'gift', id }, draws });
    this.#take(drawn);
    given.gone.fee = (given.gone.fee ?? 0) + amount;
    return true;
  }

  /** A sum of one gift, out of what it has free and nothing else; without a size the whole of it, and what is not there is a loss. */
  async #setApart(what: 'refund' | 'dispute', pick: number, size: number | undefined): Promise<boolean> {
    const touched = size === undefined ? this.#gifts.filter(({ takenFen }) => takenFen > 0) : [];
    const among = touched.length > 0 ? touched : this.#gifts;
    const given = among[pick % Math.max(1, among.length)];
    if (!given) return false;
    const { lots, freeFen } = await freeOf(this.ctx, given);
    expect(freeFen).toBe([...this.#free.values()].reduce((sum, pool) => sum + (pool.get(given.number) ?? 0), 0));
    const id = `${what}-${this.#asides[what].length}`;
    const amount = Math.min(freeFen, size ?? freeFen);
    if (amount === 0) return false;
    const lossFen = size === undefined ? given.amount - amount : 0;
    const [pool, kind] = what === 'refund' ? [refundPool(id), refundAsked] : [disputedPool(id), disputeHeld];
    const draws = drawsOf(this.ctx, lots, amount, { pool }) ?? [];
    const posted = await this.#post({ key: `${id}:asked`, kind, source: { type: 'gift', id }, draws });
    const parts = posted.drawn.map(({ pool: from, origin, amount: part }) => ({ pool: from, origin, amount: part }));
    expect(parts.every(({ origin }) => origin === given.number)).toBe(true);
    this.#take(parts);
    this.#asides[what].push({ id, state: 'apart', parts, kept: heldBy(posted), tries: 0, lossFen });
    return true;
  }

  async #returns(what: 'refund' | 'dispute', kind: Posting['kind'], pick: number): Promise<boolean> {
    const one = this.#pick(what, 'gone', pick);
    if (!one) return false;
    const key = `${one.id}:settled`;
    await this.#postTaken(one, -(sumOf(one.parts) + (one.lossFen ?? 0)), {
      key: `reversal:${key}`,
      kind,
      source: { type: 'gift', id: one.id },
      reverses: key,
    });
    const given = this.#gifts.find(({ number }) => number === one.parts[0]?.origin);
    const as = what === 'refund' ? 'refund' : 'chargeback';
    if (given) given.gone[as] = (given.gone[as] ?? 0) - sumOf(one.parts);
    one.state = 'cameBack';
    return true;
  }

  async #release(what: 'refund' | 'dispute', kind: Posting['kind'], pick: number): Promise<boolean> {
    const one = this.#pick(what, 'cameBack', pick) ?? this.#pick(what, 'apart', pick);
    if (!one) return false;
    const key = `${one.id}:asked`;
    await this.#post({ key: `reversal:${key}`, kind, source: { type: 'gift', id: one.id }, reverses: key });
    return this.#back(one, 'released');
  }

  /** A posting by which money goes to the payer or comes back, with what it makes of the gift. */
  async #postTaken(one: Aside, byFen: number, posting: Posting): Promise<void> {
    const given = this.#gifts.find(({ number }) => number === one.parts[0]?.origin);
    if (!given) throw new Error(`nothing lies apart in ${one.id}`);
    const gift = await this.#giftOf(given.number);
    await this.#post({ ...posting, guards: [unchanged(Gift, gift)], writes: () => [change(Gift, gift, goneBack(gift, byFen))] });
    given.takenFen += byFen;
  }

  async #giftOf(number: string): Promise<Gift> {
    return Gift.findOne({ ledger: this.ctx.ledger, number }).orFail().lean<Gift>();
  }

  #about(id: string) {
    const village = id.split('-').at(-1) ?? '';
    return { source: { type: 'aidCase', id }, tags: { village, cause: 'illness', household: `hs-${id}` } };
  }

  #post(posting: Posting, role?: Role): Promise<Posted> {
    const actor = { id: 'usr_play', kind: 'person' as const, grants: role ? [{ role, scope: '130499' }] : [] };
    return post(role ? { ...this.ctx, actor } : this.ctx, posting);
  }

  /** First pool first, in each the oldest gift first; undefined when all of it is less than the sum. */
  #firstParts(from: readonly string[], size: number): Part[] | undefined {
    const parts: Part[] = [];
    let left = size;
    for (const pool of from) {
      for (const { number: origin } of this.#gifts) {
        const amount = Math.min(left, this.#free.get(pool)?.get(origin) ?? 0);
        if (amount > 0) parts.push({ pool, origin, amount });
        left -= amount;
      }
    }
    return left === 0 ? parts : undefined;
  }

  #pick(what: 'case' | 'refund' | 'dispute', state: string, pick: number): Aside | undefined {
    const there = this.#asides[what].filter((one) => one.state === state);
    return there[pick % Math.max(1, there.length)];
  }

  #asideOf(what: 'case' | 'refund' | 'dispute', origin: string): number {
    const waiting = this.#asides[what].filter(({ state }) => ['reserved', 'sent', 'apart', 'cameBack'].includes(state));
    return sumOf(waiting.flatMap(({ parts }) => parts.filter((part) => part.origin === origin)));
  }

  #take(parts: readonly Part[]): void {
    this.#put(parts.map((part) => ({ ...part, amount: -part.amount })));
  }

  #put(parts: readonly Part[]): void {
    for (const { pool, origin, amount } of parts) {
      const lots = this.#free.get(pool);
      lots?.set(origin, (lots.get(origin) ?? 0) + amount);
    }
  }

  #back(one: Aside, state: string): true {
    this.#put(one.parts);
    one.state = state;
    return true;
  }

  #away(one: Aside, as: UseKind, state: string): true {
    for (const { origin, amount } of one.parts) {
      const given = this.#gifts.find(({ number }) => number === origin);
      if (given) given.gone[as] = (given.gone[as] ?? 0) + amount;
    }
    one.state = state;
    return true;
  }
}

function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}

/** What was drawn of each gift from each pool, in the order in which they came. */
function byOrigin(drawn: readonly { pool: string; origin: string; amount: number }[]): { pool: string; origin: string; amount: number }[] {
  const sums = new Map<string, { pool: string; origin: string; amount: number }>();
  for (const { pool, origin, amount } of drawn) {
    const key = `${pool} ${origin}`;
    sums.set(key, { pool, origin, amount: (sums.get(key)?.amount ?? 0) + amount });
  }
  return [...sums.values()];
}
