/** What banks take fees for. */
export const bankFees = ['transfers', 'account', 'paper', 'other'] as const;
export type BankFee = (typeof bankFees)[number];
