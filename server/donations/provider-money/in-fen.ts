import { type Fen, fen } from '../../kernel/money';

/** A sum in the smallest unit of a currency, and how many units of it one yuan was. */
export interface ForeignSum {
  amount: number;
  currency: string;
  /** Decimal text, as the provider says it; null where nothing was changed. */
  exchangeRate: string | null;
}

/**
 * The sum in fen at the provider's rate, half up by its size (DO4): 3.74 HKD at 1.0870 HKD for a yuan are 3.44 yuan. Undefined for a
 * foreign sum without a rate: nobody guesses one.
 */
export function inFen({ amount, currency, exchangeRate }: ForeignSum): Fen | undefined {
  if (currency === 'cny') return fen(amount);
  const rate = /^(\d+)(?:\.(\d+))?$/.exec(exchangeRate ?? '');
  const scale = 10n ** BigInt(rate?.[2]?.length ?? 0);
  const units = BigInt(`${rate?.[1] ?? ''}${rate?.[2] ?? ''}` || '0');
  if (units === 0n) return undefined;
  const size = (2n * BigInt(Math.abs(amount)) * scale + units) / (2n * units);
  return fen(amount < 0 ? -Number(size) : Number(size));
}
