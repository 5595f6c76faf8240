import { restrictionPool } from '../../funds';
import type { Context } from '../../kernel/context';
import { type AccountCode, findAccountsOfClass, findPools, findReversalOf, findStatementLines, isRefused, post } from '../../ledger';
import { asSystem } from '../as-system';
import { operatingGotBack, operatingPaidFee, operatingPaidLoss, uncovered, uncoveredFees } from './provider-money.accounts';

const operatingPool = restrictionPool({ purpose: 'operating' });
const atOnce = 200;

/**
 * Lets the purpose `operating` pay what still stands on `uncovered:…`, as far as it has money (DO4, DO9). The floor of that account and
 * of the lots decides, so that two sweeps at once never pay twice.
 */
export async function coverByOperating(ctx: Context): Promise<void> {
  for (let after: AccountCode | undefined; ; ) {
    const accounts = await findAccountsOfClass(ctx, uncovered.className, after, atOnce);
    for (const { code, balance } of accounts) if (balance > 0) await coverOne(ctx, code, balance);
    after = accounts.at(-1)?.code;
    if (accounts.length < atOnce) return;
  }
}

/** The same for who has just booked a fee: the county's machinery pays it. */
export async function coverFees(ctx: Context): Promise<void> {
  await coverByOperating(asSystem(ctx, 'sweep'));
}

async function coverOne(ctx: Context, account: AccountCode, balance: number): Promise<void> {
  const [pool] = await findPools(ctx, [operatingPool]);
  if (!pool || pool.total === 0) return;
  const [last] = await findStatementLines(ctx, account, {}, 1);
  try {
    await post(ctx, {
      key: `covered:${account}:${last?.seq}:${pool.total}`,
      kind: account === uncoveredFees ? operatingPaidFee : operatingPaidLoss,
      source: { type: 'uncovered', id: account },
      draws: [{ from: operatingPool, amount: { upTo: balance }, to: account }],
    });
  } catch (error) {
    if (!isRefused(error, 'floor')) throw error; // somebody else has just covered it
  }
}

/** Gives back to `operating` what it paid for a loss, so that the loss can be taken back. */
export async function uncover(ctx: Context, account: AccountCode): Promise<void> {
  const paid = await findStatementLines(ctx, account, { kind: operatingPaidLoss.name }, atOnce);
  for (const { key } of paid) {
    if (await findReversalOf(ctx, key)) continue;
    await post(ctx, {
      key: `reversal:${key}`,
      kind: operatingGotBack,
      source: { type: 'uncovered', id: account },
      reverses: key,
      graceDays: 30,
    });
  }
}
