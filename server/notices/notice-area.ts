/** The smallest division that holds all these villages: a village, a township, or the county. */
export function commonArea(villages: readonly string[]): string {
  const [first = ''] = villages;
  const length = [12, 9, 6].find((digits) => villages.every((village) => village.slice(0, digits) === first.slice(0, digits)));
  return first.slice(0, length ?? 6);
}
