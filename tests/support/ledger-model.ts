import { addDays, type LocalDate } from '../../server/kernel/local-date';
import type { Draw, EnsuredPosting, NewLot, Posting } from '../../server/ledger/posting';

// What the ledger promises, once more and as plainly as possible: maps, copied for each posting, no cache, no undo, no database.
// It shares only types with the real one, so that the two can disagree.

export interface ClassRow {
  unit: string | ((parts: readonly string[]) => string);
  side: 'debit' | 'credit';
  floor: 0 | 'none';
  /** Its accounts are lots of pools: no leg may open one. */
  pool?: true;
}

export interface ModelLot {
  pool: string;
  order: string;
  lastDay?: LocalDate;
  origin: string;
  unitCost?: number;
  value: number;
}

export interface ModelAccount {
  code: string;
  unit: string;
  side: 'debit' | 'credit';
  floor: 0 | 'none';
  status: 'open' | 'frozen' | 'closed';
  balance: number;
  lot?: ModelLot;
}

export interface ModelDrawn {
  pool: string;
  lot: string;
  origin: string;
  amount: number;
  lastDay?: LocalDate;
  cost?: number;
  to?: string;
}

export interface ModelResult {
  key: string;
  seq: number | null;
  effectiveOn: LocalDate;
  legs: { account: string; unit: string; amount: number; balanceAfter: number }[];
  drawn: ModelDrawn[];
  short: number;
  numbers: Record<string, string>;
}

export interface ModelEntry extends ModelResult {
  body: string;
  reverses?: string;
  filled: { lot: string; value: number }[];
}

export interface ModelState {
  seq: number;
  openFrom?: LocalDate;
  accounts: Map<string, ModelAccount>;
  entries: Map<string, ModelEntry>;
  numbers: Map<string, number>;
  documents: Map<string, number>;
}

export interface Now {
  day: LocalDate;
  instant: Date;
}

export type Judgement =
  | { is: 'posted' | 'replayed'; result: ModelResult; after: ModelState }
  | { is: 'refused'; code: string; details: Record<string, string | number> }
  | { is: 'conflict' | 'fault' };

const ceiling = 2 ** 51 - 1;
const lotsPerDraw = 200;

class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly details: Record<string, string | number> = {},
  ) {
    super(code);
  }
}
class Fault extends Error {}

export function emptyBooks(): ModelState {
  return { seq: 0, accounts: new Map(), entries: new Map(), numbers: new Map(), documents: new Map() };
}

/** The lots of a pool that may be drawn from, first to be drawn first; past ones too. */
export function lotsOf(state: ModelState, pool: string): (ModelAccount & { lot: ModelLot })[] {
  return [...state.accounts.values()]
    .filter((account): account is ModelAccount & { lot: ModelLot } => account.lot?.pool === pool)
    .filter((account) => account.status === 'open' && account.balance > 0)
    .sort((a, b) => compare(a.lot.order, b.lot.order) || compare(a.code, b.code));
}

export function poolTotal(state: ModelState, pool: string): number {
  let total = 0;
  for (const account of state.accounts.values()) if (account.lot?.pool === pool) total += account.balance;
  return total;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What the ledger must answer to a posting in this state. The state is left as it is; a posted one comes with the state after it. */
export function judge(chart: Record<string, ClassRow>, state: ModelState, posting: Posting, now: Now): Judgement {
  const known = state.entries.get(posting.key);
  if (known) return known.body === bodyOf(posting) ? { is: 'replayed', result: resultOf(known), after: state } : { is: 'conflict' };
  const books = new Books(chart, copyOf(state), now);
  try {
    const result = books.post(posting);
    return { is: 'posted', result, after: books.state };
  } catch (error) {
    if (error instanceof Refusal) return { is: 'refused', code: error.code, details: error.details };
    if (error instanceof Fault) return { is: 'fault' };
    throw error;
  }
}

function copyOf(state: ModelState): ModelState {
  return {
    ...state,
    accounts: new Map(state.accounts),
    entries: new Map(state.entries),
    numbers: new Map(state.numbers),
    documents: new Map(state.documents),
  };
}

export function resultOf({ key, seq, effectiveOn, legs, drawn, short, numbers }: ModelResult): ModelResult {
  return { key, seq, effectiveOn, legs, drawn, short, numbers };
}

/** Kind, source, what is to move, the entry taken back, and the caller's own facts; no dates, actors, writes. */
function bodyOf(posting: Posting | EnsuredPosting): string {
  const { kind, source, legs, lots, draws, reverses, corrects, status, facts } = posting as Posting;
  const whatLots = lots?.map(({ lot, pool, amount, origin, value }) => [lot, pool, amount, origin, value ?? 0]) ?? [];
  return JSON.stringify([kind.name, source, legs ?? [], whatLots, draws ?? [], reverses, corrects, status ?? [], facts ?? {}]);
}

/** One posting on its way into a copy of the books. */
class Books {
  #legs = new Map<string, number>();
  #drawn: ModelDrawn[] = [];
  #filled: { lot: string; value: number }[] = [];
  #short = 0;
  #day: LocalDate;

  constructor(
    readonly chart: Record<string, ClassRow>,
    readonly state: ModelState,
    readonly now: Now,
  ) {
    this.#day = now.day;
  }

  post(posting: Posting): ModelResult {
    this.#inTime(posting);
    for (const guard of posting.guards ?? []) {
      const is = this.state.documents.get(`${guard.in}/${guard.id}`) ?? 'absent';
      if (is !== guard.is) throw new Refusal(guard.is === 'absent' ? 'exists' : 'stale', { collection: guard.in, id: guard.id });
    }
    for (const grant of posting.ensure ?? []) if (!this.state.entries.has(grant.key)) this.#enter(grant);
    const result = this.#enter(posting);
    for (const write of posting.writes?.({ ...result, recordedAt: '', replayed: false }) ?? []) {
      if ('insert' in write) this.state.documents.set(`${write.insert}/${write.document._id}`, 1);
      else if ('remove' in write) this.state.documents.delete(`${write.remove}/${write.id}`);
      else this.state.documents.set(`${write.update}/${write.id}`, (this.state.documents.get(`${write.update}/${write.id}`) ?? 0) + 1);
    }
    return result;
  }

  #inTime({ notAfter, effectiveOn = this.now.day, kind }: Posting): void {
    if (notAfter && notAfter < this.now.instant) throw new Refusal('late');
    const closed = this.state.openFrom !== undefined && effectiveOn < this.state.openFrom;
    if (effectiveOn > this.now.day || (effectiveOn < this.now.day && !kind.backdated) || closed) {
      throw new Refusal('closedDay', { day: effectiveOn });
    }
  }

  #enter(posting: Posting | EnsuredPosting): ModelResult {
    const asked = posting as Posting;
    this.#legs = new Map();
    this.#drawn = [];
    this.#filled = [];
    this.#short = 0;
    this.#day = asked.effectiveOn ?? this.now.day;
    this.#status(asked, ['open']);
    for (const lot of asked.lots ?? []) this.#fill(lot);
    for (const { account, amount } of asked.legs ?? []) this.#leg(account, amount);
    for (const draw of asked.draws ?? []) this.#draw(draw);
    if (asked.reverses) this.#reverse(asked.reverses, asked.graceDays ?? 0);
    const legs = this.#settle();
    this.#status(asked, ['frozen', 'closed']);
    if (asked.closesThrough) {
      const openFrom = addDays(asked.closesThrough, 1);
      if (!this.state.openFrom || openFrom > this.state.openFrom) this.state.openFrom = openFrom;
    }
    const onlyWhatIsLeft = this.#drawn.length === 0 && (asked.draws ?? []).every((draw) => typeof draw.amount !== 'number');
    if (legs.length === 0 && !(onlyWhatIsLeft && !asked.legs?.length && !asked.lots?.length && !asked.reverses)) throw new Fault();
    if (legs.length > 0) this.state.seq += 1;
    const entry: ModelEntry = {
      key: posting.key,
      seq: legs.length > 0 ? this.state.seq : null,
      effectiveOn: this.#day,
      legs,
      drawn: this.#drawn,
      short: this.#short,
      numbers: this.#numbers(asked),
      body: bodyOf(posting),
      filled: this.#filled,
      ...(asked.reverses ? { reverses: asked.reverses } : {}),
    };
    this.state.entries.set(posting.key, entry);
    return resultOf(entry);
  }

  #status(posting: Posting, targets: readonly string[]): void {
    for (const change of posting.status ?? []) {
      if (!targets.includes(change.to)) continue;
      const account = this.state.accounts.get(change.account);
      if (!account) throw new Refusal('noAccount', { account: change.account });
      if (account.status === 'closed') throw new Refusal('frozen', { account: account.code });
      if (change.to === 'closed' && account.balance !== 0) {
        throw new Refusal('floor', { account: account.code, available: account.balance, asked: 0 });
      }
      this.state.accounts.set(account.code, { ...account, status: change.to });
    }
  }

  #row(code: string): { unit: string; side: 'debit' | 'credit'; floor: 0 | 'none'; pool: boolean } {
    const [name = '', ...parts] = code.split(':');
    const row = this.chart[name];
    if (!row) throw new Fault();
    return { unit: typeof row.unit === 'string' ? row.unit : row.unit(parts), side: row.side, floor: row.floor, pool: row.pool ?? false };
  }

  #fill({ lot: code, pool, amount, order, lastDay, origin, value }: NewLot): void {
    if (!(amount > 0)) throw new Fault();
    if (this.state.accounts.has(code)) throw new Refusal('exists', { account: code });
    const unitCost = value === undefined ? {} : { unitCost: Math.floor(value / amount) };
    this.#openLot(code, { pool, order, origin, ...(lastDay ? { lastDay } : {}), ...unitCost, value: value ?? 0 });
    if (value !== undefined) this.#filled.push({ lot: code, value });
    this.#change(code, amount);
  }

  #openLot(code: string, lot: ModelLot): void {
    const { unit, side } = this.#row(code);
    this.state.accounts.set(code, { code, unit, side, floor: 0, status: 'open', balance: 0, lot });
  }

  #leg(code: string, amount: number): void {
    if (!Number.isSafeInteger(amount) || Math.abs(amount) > ceiling || amount === 0) throw new Fault();
    this.#plain(code, amount);
  }

  /** Moves on an account that carries no book value; a plain one is opened by its first leg. */
  #plain(code: string, amount: number): void {
    const { pool, ...row } = this.#row(code);
    const account = this.state.accounts.get(code);
    if (!account && pool) throw new Refusal('noAccount', { account: code });
    if (account?.lot?.unitCost !== undefined) throw new Fault();
    if (!account) this.state.accounts.set(code, { code, ...row, status: 'open', balance: 0 });
    this.#change(code, row.side === 'debit' ? amount : -amount);
  }

  /** Adds to a balance, on the account's own side. */
  #change(code: string, change: number): void {
    const account = this.state.accounts.get(code);
    if (!account) throw new Refusal('noAccount', { account: code });
    if (account.status !== 'open') throw new Refusal('frozen', { account: code });
    const balance = account.balance + change;
    this.state.accounts.set(code, { ...account, balance });
    if (Math.abs(balance) > ceiling) throw new Refusal('overflow', { account: code });
    if (account.lot && poolTotal(this.state, account.lot.pool) > ceiling) throw new Refusal('overflow', { account: code });
    this.#legs.set(code, (this.#legs.get(code) ?? 0) + (account.side === 'debit' ? change : -change));
  }

  #changeValue(code: string, change: number): void {
    const account = this.state.accounts.get(code);
    if (!account?.lot || change === 0) return;
    const lot = { ...account.lot, value: account.lot.value + change };
    this.state.accounts.set(code, { ...account, lot });
  }

  #draw(draw: Draw): void {
    if (typeof draw.to !== 'string' && [draw.from].flat().includes(draw.to.pool)) throw new Fault();
    const parts = draw.lot ? this.#partOfLot(draw, draw.lot) : this.#parts(draw);
    let total = 0;
    let cost = 0;
    for (const part of parts) {
      total += part.amount;
      cost += this.#pass(draw, part);
    }
    const side = parts[0] ? this.#row(parts[0].code).side : 'debit';
    if (typeof draw.to === 'string' && total > 0) this.#plain(draw.to, side === 'debit' ? total : -total);
    if (draw.cost && cost > 0) {
      this.#plain(draw.cost.from, -cost);
      this.#plain(draw.cost.to, cost);
    }
    if (typeof draw.amount === 'object' && draw.amount.upTo > total) {
      this.#short += draw.amount.upTo - total;
      if (draw.short) this.#plain(draw.short.debit, draw.amount.upTo - total);
      if (draw.short) this.#plain(draw.short.credit, total - draw.amount.upTo);
    }
  }

  #parts(draw: Draw): { code: string; amount: number }[] {
    const wanted = wantedBy(draw);
    const parts: { code: string; amount: number }[] = [];
    let left = wanted;
    for (const pool of new Set(typeof draw.from === 'string' ? [draw.from] : draw.from)) {
      for (const { code, balance, lot } of lotsOf(this.state, pool)) {
        if (left === 0) break;
        if (lot.lastDay && lot.lastDay < this.#day) continue;
        if (parts.length === lotsPerDraw) throw new Refusal('tooManyLots', { pool, lots: lotsPerDraw });
        parts.push({ code, amount: Math.min(left, balance) });
        left -= Math.min(left, balance);
      }
    }
    if (typeof draw.amount === 'number' && left > 0) {
      throw new Refusal('floor', { account: String(draw.from), available: wanted - left, asked: wanted });
    }
    return parts;
  }

  #partOfLot(draw: Draw, code: string): { code: string; amount: number }[] {
    const account = this.state.accounts.get(code);
    const lot = account?.lot;
    if (!account || !lot || ![draw.from].flat().includes(lot.pool)) throw new Refusal('noAccount', { account: code });
    if ((lot.lastDay !== undefined && lot.lastDay < this.#day) !== (draw.expired ?? false)) throw new Refusal('lotPast', { account: code });
    if (account.status !== 'open') throw new Refusal('frozen', { account: code });
    const wanted = wantedBy(draw);
    const amount = Math.min(wanted, account.balance);
    if (typeof draw.amount === 'number' && amount < wanted) {
      throw new Refusal('floor', { account: code, available: account.balance, asked: wanted });
    }
    return amount > 0 ? [{ code, amount }] : [];
  }

  /** Book value goes with the pieces: unit cost each, and with the last piece of a lot whatever is left. */
  #pass(draw: Draw, { code, amount }: { code: string; amount: number }): number {
    const account = this.state.accounts.get(code);
    const lot = account?.lot;
    if (!account || !lot) throw new Fault();
    const cost = lot.unitCost === undefined ? undefined : amount === account.balance ? lot.value : lot.unitCost * amount;
    this.#change(code, -amount);
    this.#changeValue(code, -(cost ?? 0));
    const to = typeof draw.to === 'string' ? undefined : this.#successorOf(code, draw.to.pool, lot.lastDay, lot.order);
    if (to) this.#change(to, amount);
    if (to) this.#changeValue(to, cost ?? 0);
    this.#drawn.push({
      pool: lot.pool,
      lot: code,
      origin: lot.origin,
      amount,
      ...(lot.lastDay ? { lastDay: lot.lastDay } : {}),
      ...(cost === undefined ? {} : { cost }),
      ...(to ? { to } : {}),
    });
    return cost ?? 0;
  }

  /** The lot of a pool for pieces of another lot: one for each origin, last day and unit cost. */
  #successorOf(source: string, pool: string, lastDay: LocalDate | undefined, order: string): string {
    const lot = this.state.accounts.get(source)?.lot;
    if (!lot) throw new Fault();
    const { origin, unitCost } = lot;
    const code = `${pool}:${[origin, ...(lastDay ? [lastDay] : []), ...(unitCost === undefined ? [] : [`c${unitCost}`])].join('~')}`;
    const there = this.state.accounts.get(code)?.lot;
    if (there && (there.origin !== origin || there.lastDay !== lastDay || there.unitCost !== unitCost)) throw new Fault();
    const inherited = { ...(lastDay ? { lastDay } : {}), ...(unitCost === undefined ? {} : { unitCost }) };
    if (!this.state.accounts.has(code)) this.#openLot(code, { pool, order, origin, ...inherited, value: 0 });
    return code;
  }

  #reverse(key: string, graceDays: number): void {
    const original = this.state.entries.get(key);
    if (!original || original.seq === null) throw new Refusal('noAccount', { entry: key });
    if (original.reverses) throw new Refusal('exists', { entry: key });
    for (const leg of original.legs) {
      const account = this.state.accounts.get(leg.account);
      if (!account) throw new Fault();
      const gained = account.side === 'debit' ? leg.amount : -leg.amount;
      if (account.lot && gained > account.balance) throw new Refusal('spent', { account: account.code, left: account.balance });
      this.#change(gained < 0 ? this.#placeOf(account.code, graceDays) : account.code, -gained);
    }
    for (const { lot, cost, to } of original.drawn) {
      if (!cost) continue;
      this.#changeValue(this.#placeOf(lot, graceDays), cost);
      if (to) this.#takeValue(to, cost);
    }
    for (const { lot, value } of original.filled) this.#takeValue(lot, value);
  }

  /** Where pieces of a lot go back to: itself, or for a lot past its last day its successor for the days of grace. */
  #placeOf(code: string, graceDays: number): string {
    const lot = this.state.accounts.get(code)?.lot;
    if (!lot?.lastDay || lot.lastDay >= this.#day) return code;
    const lastDay = addDays(this.#day, graceDays);
    const order = lot.order.startsWith(lot.lastDay) ? lastDay + lot.order.slice(lot.lastDay.length) : lot.order;
    return this.#successorOf(code, lot.pool, lastDay, order);
  }

  #takeValue(code: string, value: number): void {
    this.#changeValue(code, -value);
    const account = this.state.accounts.get(code);
    if (!account?.lot) throw new Fault();
    if (account.lot.value < (account.lot.unitCost ?? 0) * account.balance) {
      throw new Refusal('spent', { account: code, left: account.balance });
    }
  }

  #settle(): ModelResult['legs'] {
    const legs: ModelResult['legs'] = [];
    const sums = new Map<string, number>();
    for (const [code, amount] of this.#legs) {
      const account = this.state.accounts.get(code);
      if (!account || amount === 0) continue;
      const change = account.side === 'debit' ? amount : -amount;
      if (account.floor === 0 && account.balance < 0 && change < 0) {
        throw new Refusal('floor', { account: code, available: account.balance - change, asked: -change });
      }
      sums.set(account.unit, (sums.get(account.unit) ?? 0) + amount);
      legs.push({ account: code, unit: account.unit, amount, balanceAfter: account.balance });
    }
    for (const [unit, sum] of sums) if (sum !== 0) throw new Refusal('unbalanced', { unit, sum });
    return legs;
  }

  #numbers(posting: Posting): Record<string, string> {
    const numbers: Record<string, string> = {};
    for (const series of posting.numbers ?? []) {
      const year = series.yearly ? `${this.now.day.slice(0, 4)}-` : '';
      const next = (this.state.numbers.get(series.name + year) ?? 0) + 1;
      this.state.numbers.set(series.name + year, next);
      numbers[series.name] = `${series.prefix}-${year}${String(next).padStart(series.digits, '0')}`;
    }
    return numbers;
  }
}

function wantedBy({ amount }: Draw): number {
  const wanted = amount === 'all' ? Number.MAX_SAFE_INTEGER : typeof amount === 'number' ? amount : amount.upTo;
  if (!Number.isSafeInteger(wanted) || wanted <= 0) throw new Fault();
  return wanted;
}
