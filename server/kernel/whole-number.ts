/**
 * The largest amount of any unit: 2^51 - 1. Below a quarter of what a double holds exactly, so the sum or difference of two
 * amounts is always exact and can still be tested.
 */
export const largestAmount = 2 ** 51 - 1;

/** True for a whole number from -(2^51 - 1) to 2^51 - 1, of whatever unit. */
export function isAmount(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= largestAmount;
}
