import { addDays, type LocalDate } from '../kernel/local-date';
import type { Account } from './account-state';
import { movedOrder } from './apply-draw';
import type { AccountCode } from './chart';
import { lotCode } from './collections';
import type { Moves } from './moves';
import type { DrawnLot, StoredLeg } from './posting';

/**
 * Takes back a whole entry, leg by leg. What it drew goes back to the same lots; a lot past its last day comes back as a new lot that
 * lives for `graceDays`. A lot that it filled must still hold what it got: else `spent`, with what is left (LEDGER 5).
 */
export function applyReversal(moves: Moves, key: string, graceDays: number): void {
  const original = moves.state.entries.get(key);
  if (!original) moves.refuse('noAccount', { entry: key });
  if (original.reverses) moves.refuse('exists', { entry: key });
  for (const leg of original.legs) takeBack(moves, leg, graceDays);
  for (const drawn of original.drawn ?? []) returnValue(moves, drawn, graceDays);
}

function takeBack(moves: Moves, leg: StoredLeg, graceDays: number): void {
  const account = moves.state.account(leg.account);
  if (!account) moves.refuse('noAccount', { account: leg.account });
  const gained = (account.side === 'debit' ? leg.amount : -leg.amount) > 0;
  if (account.pool && gained && account.balance < Math.abs(leg.amount)) {
    moves.refuse('spent', { account: account.code, left: account.balance });
  }
  moves.moveOn(account.pool && !gained ? restored(moves, account, graceDays) : account, -leg.amount);
}

/** The lot itself while it may still be drawn from, else its successor for the days of grace. */
function restored(moves: Moves, lot: Account, graceDays: number): Account {
  const code = successorCode(lot, moves.day, graceDays);
  if (!code || !lot.pool) return lot;
  const { pool, unitCost } = lot;
  const origin = lot.origin ?? lot.code;
  const lastDay = addDays(moves.day, graceDays);
  const successor = { code, pool, origin, lastDay, order: movedOrder(lot, code), ...(unitCost === undefined ? {} : { unitCost }) };
  return moves.state.account(code) ?? moves.state.openLot(successor, 0);
}

function returnValue(moves: Moves, drawn: DrawnLot, graceDays: number): void {
  const source = moves.state.account(drawn.lot);
  if (!drawn.cost || !source) return;
  moves.state.addValue(restored(moves, source, graceDays), drawn.cost);
  const target = drawn.to ? moves.state.account(drawn.to) : undefined;
  if (target) moves.state.addValue(target, -drawn.cost);
}

/** The code of the lot that would take a lot's place once its last day is past. */
export function successorCode(lot: Account, day: LocalDate, graceDays: number): AccountCode | undefined {
  if (!lot.pool || !lot.lastDay || lot.lastDay >= day) return undefined;
  return lotCode(lot.pool, lot.origin ?? lot.code, addDays(day, graceDays));
}
