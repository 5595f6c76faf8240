import { AppError, type ErrorCode, type ErrorDetails } from '../kernel/errors';

export type RefusalCode =
  | 'floor'
  | 'stale'
  | 'exists'
  | 'noAccount'
  | 'frozen'
  | 'closedDay'
  | 'late'
  | 'tooManyLots'
  | 'tooLarge'
  | 'spent'
  | 'lotPast'
  | 'unbalanced'
  | 'overflow';

/** What people and programs are told; `ledger.refused` says that the balance is not enough, which is true of these three. */
const codeOf: Readonly<Record<RefusalCode, ErrorCode>> = {
  floor: 'ledger.refused',
  spent: 'ledger.refused',
  noAccount: 'ledger.refused',
  stale: 'state.stale',
  exists: 'ledger.exists',
  lotPast: 'ledger.lot-past',
  frozen: 'ledger.frozen',
  closedDay: 'ledger.closed-day',
  late: 'ledger.not-booked',
  tooManyLots: 'ledger.not-booked',
  tooLarge: 'ledger.not-booked',
  unbalanced: 'ledger.not-booked',
  overflow: 'ledger.not-booked',
};

/**
 * The ledger said no, and nothing happened; the key stays free. `asOf` is the entry number at which it was judged.
 * `details` by code: floor {account, available, asked}, spent {account, left}, stale/exists {collection, id}, lotPast {account}.
 */
export class LedgerRefused extends AppError {
  constructor(
    readonly refusal: RefusalCode,
    readonly asOf: number,
    details: ErrorDetails = {},
  ) {
    super(codeOf[refusal], { refusal, asOf, ...details });
    this.name = 'LedgerRefused';
  }
}

/** The same key was used before with another body. */
export class LedgerConflict extends AppError {
  constructor(key: string) {
    super('ledger.conflict', { key });
    this.name = 'LedgerConflict';
  }
}

/** No answer in time: it happened once or not at all. Repeat with the same key, never with a new one. */
export class LedgerUnknown extends AppError {
  constructor(key: string) {
    super('ledger.unknown', { key });
    this.name = 'LedgerUnknown';
  }
}

/** True when the ledger refused with this code; the rooms turn it into words of their own. */
export function isRefused(error: unknown, code: RefusalCode): error is LedgerRefused {
  return error instanceof LedgerRefused && error.refusal === code;
}
