import { LedgerRefused } from '../../server/ledger';

/** The code and details of a refusal, `posted` when there was none, or the text of another error. */
export function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'posted',
    (error: unknown) => (error instanceof LedgerRefused ? { code: error.refusal, ...error.details } : String(error)),
  );
}
