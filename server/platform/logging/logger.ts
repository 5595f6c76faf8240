import { type DestinationStream, type Logger, pino } from 'pino';
import { AppError, BrokenInvariant } from '../../kernel/errors';
import { scrub } from './scrub';

export type { Logger };

/** Fields that are never written, however deep a caller hides them (two levels are checked). */
const personal = [
  'name',
  'idNumber',
  'phone',
  'bankAccount',
  'card',
  'email',
  'address',
  'password',
  'pin',
  'code',
  'token',
  'secret',
  'cookie',
  'authorization',
];
const nested = personal.filter((field) => field !== 'code'); // the code of an error says what went wrong

/** Writes one JSON line per event to stdout. Says codes, ids and numbers; never a name, number or text of a person. */
export function createLogger({ level, process }: { level: string; process: string }, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { process },
      redact: { paths: [...personal, ...nested.map((field) => `*.${field}`)], censor: '…' },
      serializers: { err: describeError },
    },
    ...(destination ? [destination] : []),
  );
}

/** An error as it may be logged: what and where, with values taken out of its message. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const facts =
    error instanceof AppError
      ? { code: error.code, details: error.details }
      : error instanceof BrokenInvariant
        ? { facts: error.facts }
        : {};
  return {
    type: error.name,
    message: scrub(error.message),
    stack: scrub(error.stack ?? ''),
    ...facts,
    ...('code' in error && { code: error.code }),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}
