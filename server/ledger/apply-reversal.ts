import { addDays, type LocalDate } from '../kernel/local-date';
import type { Account } from './account-state';
import type { AccountCode } from './chart';
import { lotCode, lotForParts, orderFrom } from './lots';
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
  for (const { lot, value } of original.filled ?? []) takeValue(moves, lot, value);
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
  if (!lot.pool || !isPast(lot, moves.day)) return lot;
  const lastDay = addDays(moves.day, graceDays);
  return lotForParts(moves.state, lot.pool, lot, orderFrom(lot, lastDay), lastDay);
}

function returnValue(moves: Moves, drawn: DrawnLot, graceDays: number): void {
  const source = moves.state.account(drawn.lot);
  if (!drawn.cost || !source) return;
  moves.state.addValue(restored(moves, source, graceDays), drawn.cost);
  if (drawn.to) takeValue(moves, drawn.to, drawn.cost);
}

/** Book value leaves with the pieces, so a lot that has given away the value of its rest has given away what is to be taken back. */
function takeValue(moves: Moves, code: AccountCode, value: number): void {
  const lot = moves.state.account(code);
  if (!lot) moves.refuse('noAccount', { account: code });
  moves.state.addValue(lot, -value);
  if (lot.value < (lot.unitCost ?? 0) * lot.balance) moves.refuse('spent', { account: code, left: lot.balance });
}

/** The code of the lot that would take a lot's place once its last day is past. */
export function successorCode(lot: Account, day: LocalDate, graceDays: number): AccountCode | undefined {
  if (!lot.pool || !isPast(lot, day)) return undefined;
  return lotCode(lot.pool, { ...lot, origin: lot.origin ?? lot.code, lastDay: addDays(day, graceDays) });
}

function isPast(lot: Account, day: LocalDate): boolean {
  return lot.lastDay !== undefined && lot.lastDay < day;
}
