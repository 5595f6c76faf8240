import { AppError } from '../kernel/errors';
import { accountOf, isRefused } from '../ledger';
import { points } from '../points';
import type { LimitUse } from './item-limits';
import type { PointsBound } from './points-bound';
import type { PricedLine } from './priced-lines';
import { shelf } from './supermarket.accounts';

/**
 * A refusal of the ledger in the words of the shop, with the numbers of the moment at which it was judged. Any other error is given back
 * as it came.
 */
export function inWords(error: unknown, lines: readonly PricedLine[], uses: readonly LimitUse[], bound?: PointsBound): unknown {
  if (!isRefused(error, 'floor')) return error;
  const account = String(error.details['account']);
  const [available, asked] = [Number(error.details['available']), Number(error.details['asked'])];
  const [className, , third] = account.split(':');
  if (className === points.className) return new AppError('supermarket.points-missing', { missing: asked - available, available, asked });
  if (className === shelf.className) {
    const product = lines.find((line) => line.product._id === third)?.product;
    return new AppError('supermarket.out-of-stock', { product: product?._id ?? '', name: product?.name ?? '', left: available });
  }
  if (bound && accountOf(bound.allowance) === account) return new AppError('supermarket.pin-needed', { left: available, asked });
  const used = uses.find(({ allowance }) => accountOf(allowance) === account);
  if (!used) return error;
  const { good, pieces: most, per } = used.limit;
  const name = lines.find((line) => line.good === good)?.product.name ?? '';
  return new AppError('supermarket.limit-reached', { good, name, most, left: available, per });
}
