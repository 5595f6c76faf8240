import type { RequestHandler } from 'express';
import multer from 'multer';
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
  return [multer({ storage: multer.memoryStorage(), limits }).single(field), checkFormToken];
}
