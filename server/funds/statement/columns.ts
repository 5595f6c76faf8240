/** What an entry means for the money that lies for a purpose. `other` is what no rule here names, so that a statement always adds up. */
export const columns = ['in', 'used', 'moved', 'fees', 'givenBack', 'other'] as const;
export type Column = (typeof columns)[number];

const rules: readonly [pattern: RegExp, column: Column][] = [
  [/^(?:gift\.(?:received|voided)|fund\.incomeRecorded)$/, 'in'], // what two people took back on its day is no income
  [/^(?:fund\.purposeChanged$|roster\.)/, 'moved'],
  [/fee|^operating\./i, 'fees'],
  [/refund|disput|charged?Back|reinstat/i, 'givenBack'],
  [/^(?:aid|goods|payment)\./, 'used'],
];

/** The column of a kind of entry. A cancelled case is a use taken back, not an income. */
export function columnOf(kind: string): Column {
  return rules.find(([pattern]) => pattern.test(kind))?.[1] ?? 'other';
}
