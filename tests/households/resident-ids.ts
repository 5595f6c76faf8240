const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An ID number of He'an county that checks: birth as `19700101`, order number (odd: male). */
export function residentId(birth: string, order: number): string {
  const body = `130499${birth}${String(order).padStart(3, '0')}`;
  const sum = weights.reduce((total, weight, place) => total + weight * Number(body[place]), 0);
  return body + '10X98765432'.charAt(sum % 11);
}
