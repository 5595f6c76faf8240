/**
 * Every error a person can cause has one code here; the table is the only place that maps a code to an HTTP status.
 * The text a person reads is `errors:<code>` in `locales/`, filled with `details`.
 */
export const errorStatus = {
  'input.invalid': 422,
  'input.too-large': 413,
  'input.malformed': 400,
  'access.sign-in': 401,
  'access.second-factor': 401,
  'access.denied': 403,
  'access.token': 401,
  'access.token-scope': 403,
  'access.session-only': 403,
  'access.csrf': 403,
  'access.too-many-requests': 429,
  'not-found': 404,
  'access.link-ended': 404,
  'method-not-allowed': 405,
  'request.running': 409,
  'state.not-allowed': 409,
  'state.stale': 409,
  'rule.none-in-force': 409,
  'rule.same-person': 409,
  'rule.own-household': 409,
  'aid.not-eligible': 409,
  'aid.has-case': 409,
  'aid.relief-first': 409,
  'aid.not-monitored': 409,
  'aid.no-signed-income': 409,
  'aid.income-too-old': 409,
  'aid.notice-runs': 409,
  'aid.minutes-missing': 409,
  'payment.none-chosen': 409,
  'payment.in-batch': 409,
  'payment.too-many': 409,
  'payment.account-missing': 409,
  'payment.file-changed': 409,
  'payment.already-sent': 409,
  'fund.cost-cap': 409,
  'fund.day-over': 409,
  'donation.form-used': 409,
  'donation.not-bookable': 409,
  'donation.refund-late': 409,
  'cash.day-closed': 409,
  'cash.earlier-day-open': 409,
  'cash.voids-waiting': 409,
  'cash.gift-used': 409,
  'cash.not-in-hand': 409,
  'cash.other-day': 409,
  'cash.explain-first': 409,
  'cash.being-counted': 409,
  'goods.none-usable': 409,
  'goods.other-area': 409,
  'pledge.binds': 409,
  'campaign.papers': 409,
  'campaign.closed': 409,
  'campaign.proposed': 409,
  'campaign.proposal-over': 409,
  'campaign.nothing-changed': 409,
  'journal.codes-missing': 409,
  'journal.too-large': 409,
  'roster.gift-used': 409,
  'roster.used': 409,
  'roster.past': 409,
  'donation.last-owner': 409,
  'receipt.not-due': 409,
  'receipt.no-numbers': 409,
  'receipt.nobody-to-tell': 409,
  'reconciliation.fee-is-refund': 409,
  'reconciliation.fee-too-large': 422,
  'reconciliation.figures-changed': 409,
  'reconciliation.day-not-open': 409,
  'points.already-recorded': 409,
  'points.no-room': 409,
  'supermarket.forbidden-goods': 409,
  'supermarket.nothing-chosen': 409,
  'supermarket.price-changed': 409,
  'supermarket.points-missing': 409,
  'supermarket.out-of-stock': 409,
  'supermarket.limit-reached': 409,
  'supermarket.pin-needed': 409,
  'kiosk.code-unknown': 409,
  'service.unavailable': 503,
  'ledger.refused': 409,
  'ledger.exists': 409,
  'ledger.lot-past': 409,
  'ledger.frozen': 409,
  'ledger.not-booked': 409,
  'ledger.closed-day': 409,
  'ledger.conflict': 409,
  'ledger.unknown': 503,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorStatus;

/** Facts for the message and for programs: codes, numbers and ids only, never personal data (they are logged). */
export type ErrorDetails = Record<string, string | number>;

/** One wrong field of a form or JSON body. `path` is dotted (`lines.0.amountFen`); `code` is a message key below `errors:field.`. */
export interface FieldIssue {
  path: string;
  code: string;
  params?: ErrorDetails;
}

/** An error with a cause that the caller can understand and mend. Everything else is a fault of ours. */
export class AppError extends Error {
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
    readonly issues: readonly FieldIssue[] = [],
  ) {
    super(code);
    this.name = 'AppError';
    this.status = errorStatus[code];
  }
}

/** Throws an {@link AppError}; an expression, so it can stand after `??`. */
export function fail(code: ErrorCode, details: ErrorDetails = {}): never {
  throw new AppError(code, details);
}

/** Too many tries: how long to wait is told to the person in whole minutes, to programs by `Retry-After`. */
export function tooManyRequests(retryAfterS: number): AppError {
  return new AppError('access.too-many-requests', { retryAfterS, minutes: Math.ceil(retryAfterS / 60) });
}

/** Throws one wrong field as `input.invalid`. */
export function failField(path: string, code: string, params: ErrorDetails = {}): never {
  throw new AppError('input.invalid', {}, [{ path, code, params }]);
}

/** Something that must never be true was seen: the act stops, the fault is logged and alarmed. Never shown as the person's mistake. */
export class BrokenInvariant extends Error {
  constructor(
    readonly invariant: string,
    readonly facts: ErrorDetails = {},
  ) {
    super(`broken invariant: ${invariant} ${JSON.stringify(facts)}`);
    this.name = 'BrokenInvariant';
  }
}

/** Stops with a {@link BrokenInvariant} unless the condition holds. */
export function invariant(condition: unknown, name: string, facts: ErrorDetails = {}): asserts condition {
  if (!condition) throw new BrokenInvariant(name, facts);
}
