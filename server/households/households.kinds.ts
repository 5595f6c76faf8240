import { defineKind, defineSeries } from '../ledger';

// Notes: nothing moves, but each is one commit with its key and its line in the audit.
const cadres = ['villageCadre', 'townshipOfficer', 'system'] as const;

export const householdRegistered = defineKind({ name: 'household.registered', by: cadres });
export const householdConfirmed = defineKind({ name: 'household.confirmed', by: ['townshipOfficer', 'system'] });
export const householdMonitored = defineKind({ name: 'household.monitored', by: ['townshipOfficer', 'system'] });
export const bankAccountEntered = defineKind({ name: 'household.bankAccountEntered', by: cadres });
export const bankAccountChecked = defineKind({ name: 'household.bankAccountChecked', by: [...cadres, 'financeOfficer'] });
export const incomeStated = defineKind({ name: 'income.stated', by: cadres });
export const incomeVerified = defineKind({ name: 'income.verified', by: cadres });
export const incomeWithdrawn = defineKind({ name: 'income.withdrawn', by: cadres });
export const incomeSigned = defineKind({ name: 'income.signed', by: cadres });
export const cardIssued = defineKind({ name: 'card.issued', by: [...cadres, 'shopClerk'] });
export const cardBlocked = defineKind({ name: 'card.blocked', by: [...cadres, 'shopClerk', 'household'] });
export const pinTried = defineKind({ name: 'pin.tried', by: ['kiosk', 'shopClerk', 'household', 'system'] });
export const pinReplaced = defineKind({ name: 'pin.replaced', by: cadres });
export const dataUnmasked = defineKind({
  name: 'household.unmasked',
  by: ['villageCadre', 'townshipOfficer', 'departmentOfficer', 'fundManager', 'financeOfficer', 'system'],
});

/** `H-2026-000001`: the number on a household's papers. */
export const householdNumbers = defineSeries({ name: 'household', prefix: 'H' });
