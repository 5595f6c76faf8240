import { invariant } from '../kernel/errors';
import { type Account, NotLoaded } from './account-state';
import type { AccountCode, PoolCode } from './chart';
import { lastDayInto, lotCode, lotForParts, orderKey, orderOf, unitCostOf } from './lots';
import type { Moves } from './moves';
import { amountCeiling, type Draw, lotsPerDraw, type NewLot } from './posting';

const plainText = /^[\x21-\x7e]*$/; // what the database and we sort alike, and no blank

/** Puts an amount into a lot that must not exist yet. */
export function fillNewLot(moves: Moves, lot: NewLot): void {
  const { lastDay, value = 0 } = lot;
  const unitCost = unitCostOf(lot);
  invariant(lot.amount > 0 && Number.isSafeInteger(value), 'posting.lot-amount', { kind: moves.kind.name });
  invariant(value >= 0 && value <= amountCeiling, 'posting.lot-value', { kind: moves.kind.name });
  invariant(plainText.test(lot.order) && plainText.test(lot.origin), 'posting.lot-order', { kind: moves.kind.name });
  if (moves.state.account(lot.lot)) moves.refuse('exists', { account: lot.lot });
  const account = moves.state.openLot(
    {
      code: lot.lot,
      pool: lot.pool,
      order: orderKey(lot.order, lot.lot),
      origin: lot.origin,
      ...(lastDay ? { lastDay } : {}),
      ...(unitCost === undefined ? {} : { unitCost }),
    },
    value,
  );
  if (unitCost !== undefined) moves.filled.push({ lot: lot.lot, value });
  moves.moveOn(account, account.side === 'debit' ? lot.amount : -lot.amount);
}

/** Takes what is asked, first lot first, and books it to where it goes. */
export function applyDraw(moves: Moves, draw: Draw): void {
  const elsewhere = typeof draw.to === 'string' || ![draw.from].flat().includes(draw.to.pool);
  invariant(elsewhere, 'posting.draw-elsewhere', { kind: moves.kind.name });
  const taken = draw.lot ? takeFromLot(moves, draw, draw.lot) : takeFromPools(moves, draw);
  assertTargetsLoaded(moves, draw, taken);
  let total = 0;
  let cost = 0;
  for (const part of taken) {
    total += part.amount;
    cost += passOn(moves, draw, part);
  }
  if (typeof draw.to === 'string' && total > 0) moves.move(draw.to, taken[0]?.lot.side === 'debit' ? total : -total);
  if (draw.cost && cost > 0) {
    moves.move(draw.cost.from, -cost);
    moves.move(draw.cost.to, cost);
  }
  if (typeof draw.amount === 'object') bookShort(moves, draw, draw.amount.upTo - total);
}

/** Asks for all lots that the parts will fill at once: one commit more, and not one for each. */
function assertTargetsLoaded(moves: Moves, draw: Draw, parts: readonly Part[]): void {
  const { to } = draw;
  if (typeof to === 'string') return;
  const codes = parts.map(({ lot }) => lotCode(to.pool, { ...lot, lastDay: lastDayInto(to, lot.lastDay), origin: lot.origin ?? lot.code }));
  const missing = codes.filter((code) => !moves.state.accounts.has(code));
  if (missing.length > 0) throw new NotLoaded(missing);
}

interface Part {
  lot: Account;
  pool: PoolCode;
  amount: number;
}

function takeFromPools(moves: Moves, draw: Draw): Part[] {
  const wanted = wantedOf(draw);
  const parts: Part[] = [];
  let left = wanted;
  for (const code of new Set(typeof draw.from === 'string' ? [draw.from] : draw.from)) {
    const pool = moves.state.pool(code);
    for (const lot of pool.lots) {
      if (left === 0) break;
      if (lot.lastDay && lot.lastDay < moves.day) continue;
      if (parts.length === lotsPerDraw) moves.refuse('tooManyLots', { pool: code, lots: lotsPerDraw });
      const amount = Math.min(left, lot.balance);
      parts.push({ lot, pool: code, amount });
      left -= amount;
    }
    if (left > 0 && pool.loadedTo !== 'all') throw new NotLoaded([], { pool: code, beyond: pool.loadedTo });
  }
  if (typeof draw.amount === 'number' && left > 0) {
    moves.refuse('floor', { account: String(draw.from), available: wanted - left, asked: wanted });
  }
  return parts;
}

function takeFromLot(moves: Moves, draw: Draw, code: AccountCode): Part[] {
  const lot = moves.state.account(code);
  if (!lot?.pool || ![draw.from].flat().includes(lot.pool)) moves.refuse('noAccount', { account: code });
  const past = lot.lastDay !== undefined && lot.lastDay < moves.day;
  if (past !== (draw.expired ?? false)) moves.refuse('lotPast', { account: code });
  if (lot.status !== 'open') moves.refuse('frozen', { account: code });
  const wanted = wantedOf(draw);
  const amount = Math.min(wanted, lot.balance);
  if (typeof draw.amount === 'number' && amount < wanted) {
    moves.refuse('floor', { account: code, available: lot.balance, asked: wanted });
  }
  return amount > 0 ? [{ lot, pool: lot.pool, amount }] : [];
}

function wantedOf(draw: Draw): number {
  if (draw.amount === 'all') return Number.MAX_SAFE_INTEGER;
  const wanted = typeof draw.amount === 'number' ? draw.amount : draw.amount.upTo;
  invariant(Number.isSafeInteger(wanted) && wanted > 0, 'posting.draw-amount');
  return wanted;
}

/** Takes a part off its lot and, for a draw into a pool, puts it into the lot of the same origin there. Returns the book value. */
function passOn(moves: Moves, draw: Draw, { lot, pool, amount }: Part): number {
  const whole = amount === lot.balance;
  const cost = lot.unitCost === undefined ? undefined : whole ? lot.value : lot.unitCost * amount;
  moves.moveOn(lot, lot.side === 'debit' ? -amount : amount);
  if (cost) moves.state.addValue(lot, -cost);
  const { to } = draw;
  const target = typeof to === 'string' ? undefined : lotForParts(moves.state, to.pool, lot, orderOf(lot), lastDayInto(to, lot.lastDay));
  if (target) {
    moves.moveOn(target, target.side === 'debit' ? amount : -amount);
    if (cost) moves.state.addValue(target, cost);
  }
  moves.drawn.push({
    pool,
    lot: lot.code,
    origin: lot.origin ?? lot.code,
    amount,
    ...(lot.lastDay ? { lastDay: lot.lastDay } : {}),
    ...(cost === undefined ? {} : { cost }),
    ...(target ? { to: target.code } : {}),
  });
  return cost ?? 0;
}

function bookShort(moves: Moves, draw: Draw, short: number): void {
  if (short <= 0) return;
  moves.short += short;
  if (!draw.short) return;
  moves.move(draw.short.debit, short);
  moves.move(draw.short.credit, -short);
}
