import { defineAccounts, defineKind } from './chart';
import { credit, debit, type EnsuredPosting, type Leg } from './posting';

/**
 * A limit that a race could break is an account with a floor, in a unit of its own: the monthly cap of a household, the points budget
 * of a village, two bags of rice a month (DESIGN §2). `rule` names the limit, `subject` who has it, `period` when (`2026-11`).
 */
export interface Allowance {
  rule: string;
  subject: string;
  period: string;
}

export const allowance = defineAccounts({ name: 'allowance', unit: ([rule]) => `allowance:${rule}`, side: 'credit', floor: 0 });
export const allowanceGranted = defineAccounts({
  name: 'allowanceGranted',
  unit: ([rule]) => `allowance:${rule}`,
  side: 'debit',
  floor: 'none',
});
const granted = defineKind({ name: 'allowance.granted', accounts: [allowance, allowanceGranted], by: ['system'] });

/** Grants a period's allowance in the commit of its first use; later uses find it granted. `amount` in whole units of the rule. */
export function grantAllowance(one: Allowance, amount: number): EnsuredPosting {
  const account = accountOf(one);
  return {
    key: `grant:${one.rule}:${one.subject}:${one.period}`,
    kind: granted,
    source: { type: 'allowance', id: one.rule },
    legs: [debit(allowanceGranted(one.rule), amount), credit(account, amount)],
  };
}

/** Takes from an allowance; the floor refuses what is more than is left. */
export function useAllowance(one: Allowance, amount: number): Leg[] {
  return [debit(accountOf(one), amount), credit(allowanceGranted(one.rule), amount)];
}

/** The account of an allowance, to show what is left of it. */
export function accountOf({ rule, subject, period }: Allowance): string {
  return allowance(rule, subject, period);
}
