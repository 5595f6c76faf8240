import { householdsById, payeeOf } from '../households';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import type { PaymentLine } from './payment-line.model';

/**
 * A bank account that was changed, failed or not yet checked by a second person since its line was made blocks the line (DOMAIN 6, BP5).
 * @throws `payment.account-missing` with the numbers of the cases.
 */
export async function assertAccountsStand(ctx: Context, lines: readonly PaymentLine[]): Promise<void> {
  const households = await householdsById(
    ctx,
    lines.map(({ household }) => household),
  );
  const blocked = lines.filter(({ household, accountHash, holder }) => {
    const payee = payeeOf(households.get(household) ?? { _id: household });
    return payee?.hash !== accountHash || payee.holder !== holder;
  });
  if (blocked.length === 0) return;
  fail('payment.account-missing', {
    numbers: blocked
      .slice(0, 10)
      .map(({ number }) => number)
      .join(' '),
  });
}
