import type { Context } from '../kernel/context';
import { type LocalDate, shanghaiDay } from '../kernel/local-date';
import { type AccountCode, type Draw, findAccounts, followLot, isRefused, type Posted } from '../ledger';
import { gift as giftLot } from './donations.accounts';
import type { Gift } from './gift.model';
import { isFreeLot } from './trace-gift';

/** A lot in which a part of a gift lies, unspent and for nobody yet. */
interface FreeLot {
  account: AccountCode;
  pool: string;
  balance: number;
  lastDay?: LocalDate;
}

/** A part of a gift that was drawn into a pool of its own. */
export interface HeldLot {
  account: AccountCode;
  lastDay?: LocalDate;
}

const tries = 5;

/** Where what a gift has free lies now: mostly its own lot, else where a change of purpose or a return has brought it. */
export async function freeOf(ctx: Context, gift: Pick<Gift, 'number'>): Promise<{ lots: FreeLot[]; freeFen: number }> {
  const { held } = await followLot(ctx, giftLot(gift.number));
  const codes = [...held].filter(([code, balance]) => balance > 0 && isFreeLot(code)).map(([code]) => code);
  const lots = (await findAccounts(ctx, codes)).flatMap(({ code, pool, balance, lastDay }) =>
    pool ? [{ account: code, pool, balance, ...(lastDay && { lastDay }) }] : [],
  );
  return { lots, freeFen: lots.reduce((sum, { balance }) => sum + balance, 0) };
}

/**
 * Draws a sum out of what a gift has free, and nothing else (LEDGER 5.6): also what is past its last day, since it can be used no more.
 * Undefined when that is less than the sum. Exact amounts: the commit refuses when somebody has spent it meanwhile.
 */
export function drawsOf(ctx: Context, lots: readonly FreeLot[], sumFen: number, to: Draw['to']): Draw[] | undefined {
  const today = shanghaiDay(ctx.clock.now());
  const draws: Draw[] = [];
  let left = sumFen;
  for (const { account, pool, balance, lastDay } of lots) {
    const amount = Math.min(left, balance);
    if (amount === 0) break;
    draws.push({ from: pool, lot: account, amount, to, ...(lastDay !== undefined && lastDay < today && { expired: true }) });
    left -= amount;
  }
  return left === 0 ? draws : undefined;
}

/** Does it again when what was free has been spent between the look and the commit. */
export async function onFreshRest<Done>(act: () => Promise<Done>): Promise<Done> {
  for (let left = tries; ; left -= 1) {
    try {
      return await act();
    } catch (error) {
      const isSpent = isRefused(error, 'floor') || isRefused(error, 'stale') || isRefused(error, 'lotPast');
      if (left <= 1 || !isSpent) throw error;
    }
  }
}

/** Where the drawn parts lie now. */
export function heldBy({ drawn }: Pick<Posted, 'drawn'>): HeldLot[] {
  const reached = new Map<string, HeldLot>();
  for (const { to, lastDay } of drawn) if (to) reached.set(to, { account: to, ...(lastDay && { lastDay }) });
  return [...reached.values()];
}

/** Draws that move all that is held, whether or not its last day has passed meanwhile. */
export function movesOf(ctx: Context, pool: string, lots: readonly HeldLot[], to: Draw['to']): Draw[] {
  const today = shanghaiDay(ctx.clock.now());
  return lots.map(({ account, lastDay }) => ({
    from: pool,
    lot: account,
    amount: 'all',
    to,
    ...(lastDay !== undefined && lastDay < today && { expired: true }),
  }));
}

/** True when a part is past its last day: a reversal would put it where the gift's trace does not look. */
export function isPast(ctx: Context, lots: readonly HeldLot[]): boolean {
  const today = shanghaiDay(ctx.clock.now());
  return lots.some(({ lastDay }) => lastDay !== undefined && lastDay < today);
}
