import { ZodError } from 'zod';
import { AppError, type ErrorCode } from '../../kernel/errors';
import { fieldIssues } from '../validation/field-issues';

/** Faults of the servers behind us that pass by themselves. */
const passing = new Set([
  'MongoServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongooseServerSelectionError',
  'MaxRetriesPerRequestError',
]);

/**
 * What a thrown thing means to the caller, or undefined for a fault of ours. Errors of parsers tell themselves by their `type` or
 * `status` (package http-errors), those of uploads by their name.
 */
export function asAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) return new AppError('input.invalid', {}, fieldIssues(error));
  if (error instanceof URIError) return new AppError('input.malformed');
  if (!(error instanceof Error)) return undefined;
  const code = codeOf(error);
  return code && new AppError(code);
}

function codeOf(error: Error): ErrorCode | undefined {
  if (isPassing(error)) return 'service.unavailable';
  if (error.name === 'MulterError') return 'code' in error && error.code === 'LIMIT_FILE_SIZE' ? 'input.too-large' : 'input.malformed';
  const status = 'status' in error ? error.status : undefined;
  if (status === 413) return 'input.too-large';
  return typeof status === 'number' && status >= 400 && status < 500 ? 'input.malformed' : undefined;
}

/** True when a server behind us could not be reached: the fault is logged, the caller may try again. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return passing.has(error.name) || error.message === 'Command timed out' || error.message === 'Connection is closed.';
}
