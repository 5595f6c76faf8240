import type { z } from '../validation/zod';

/** One JSON endpoint as the OpenAPI document tells it. */
export interface ApiOperation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Express path, `/api/v1/aid/cases/:id`; stored as `/api/v1/aid/cases/{id}`. */
  path: string;
  summary: string;
  /** Name of the guard, so that the reader sees who may call it. */
  guard: string;
  /** Body of a change, query of a read; path parameters are taken from the path. */
  input?: z.ZodObject;
  /** The answer's status and body. */
  answer: { status: number; schema: z.ZodType; description: string };
}

/** Express writes `:id`, OpenAPI `{id}`. */
export function operationPath(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}');
}
