import type { RequestHandler } from 'express';
import multer from 'multer';
import { AppError } from '../../kernel/errors';
import { checkFormToken } from './form-token';

export interface FileRule {
  /** Name of the form's file field. */
  field: string;
  maxBytes: number;
}

const fields = { fieldSize: 20_000, fields: 50, fieldNameSize: 100 };

/**
 * Reads one file into memory as `req.file`, then checks the form token, which is a field of the same multipart body. What the file
 * really is must be seen from its first bytes: name and type are the sender's claim.
 */
export function receiveFile({ field, maxBytes }: FileRule): RequestHandler[] {
  const limits = { ...fields, fileSize: maxBytes, files: 1, parts: fields.fields + 1 };
  const read = multer({ storage: multer.memoryStorage(), limits }).single(field);
  return [(req, res, next) => void read(req, res, (error?: unknown) => next(asInput(error))), checkFormToken];
}

/** Memory cannot fail us: what multer or its parser throws is about the body, such as one that ends too early. */
function asInput(error: unknown): unknown {
  if (error === undefined || error instanceof multer.MulterError) return error;
  return new AppError('input.malformed');
}
