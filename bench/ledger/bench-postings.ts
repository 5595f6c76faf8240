import { type AccountCode, credit, debit, post } from '../../server/ledger';
import { context, fund, gift, gifts, outside, purse, transfer } from './bench-chart';

/** A transfer between two purses: two legs, a key, a floor. */
export function postTransfer(key: string, from: number, to: number, amount: number): Promise<void> {
  return pay(key, purse(String(from)), purse(String(to)), amount);
}

/** A payment out of the one fund account. */
export function postFromFund(key: string, to: number, amount: number): Promise<void> {
  return pay(key, fund('county'), purse(String(to)), amount);
}

async function pay(key: string, from: AccountCode, to: AccountCode, amount: number): Promise<void> {
  await post(context, { key, kind: transfer, source: { type: 'bench', id: key }, legs: [debit(from, amount), credit(to, amount)] });
}

/** A gift: a new lot of the one pool of gifts. */
export async function postGift(id: string, amount: number): Promise<void> {
  await post(context, {
    key: `gift:${id}`,
    kind: gift,
    source: { type: 'gift', id },
    legs: [debit(outside('world'), amount)],
    lots: [{ lot: gifts('county', id), pool: gifts('county'), amount, order: id, origin: id }],
  });
}
