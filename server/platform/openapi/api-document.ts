import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from '../validation/zod';
import type { ApiOperation } from './operation';

/** The OpenAPI document of all rooms' JSON endpoints, generated from the schemas that parse and answer. */
export function apiDocument(operations: readonly ApiOperation[], problem: z.ZodType): Record<string, unknown> {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: 'warm-heart' });
  registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'wh_…',
    description:
      'An access token of “My account”, or of `npm run token`. It does what its scopes (the names after “Guard”) and its person’s roles both allow; with it no form token is asked, and cookies count for nothing. People, settings and personal data in full are closed to it.',
  });
  for (const operation of operations) {
    registry.registerPath({
      method: operation.method,
      path: operation.path,
      summary: operation.summary,
      description: `Guard: ${operation.guard}`,
      security: operation.guard.startsWith('open') ? [] : [{ session: [] }, { token: [] }],
      request: requestOf(operation),
      responses: {
        [operation.answer.status]: {
          description: operation.answer.description,
          content: { 'application/json': { schema: operation.answer.schema } },
        },
        default: { description: 'Any error', content: { 'application/problem+json': { schema: problem } } },
      },
    });
  }
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Warm Heart', version: '1' },
    servers: [{ url: '/' }],
  });
  return document as unknown as Record<string, unknown>;
}

function requestOf({ method, path, input }: ApiOperation) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const params = inPath.length > 0 && {
    params: z.object(Object.fromEntries(inPath.map((name) => [name, input?.shape[name] ?? z.string()]))),
  };
  const headers = method !== 'get' && { headers: z.object({ 'Idempotency-Key': keyOf(input) }) };
  const rest = input && Object.keys(input.shape).filter((name) => !inPath.includes(name));
  if (!input || !rest?.length) return { ...params, ...headers };
  const fields = z.object(Object.fromEntries(rest.map((name) => [name, fieldOf(name, input.shape[name] as z.ZodType)])));
  return method === 'get'
    ? { ...params, query: fields }
    : { ...params, ...headers, body: { content: { 'application/json': { schema: fields } }, required: true } };
}

/** What every change takes: acts that make something new cannot do without. */
function keyOf(input: z.ZodObject | undefined) {
  const key = input?.shape['requestKey'] as z.ZodType | undefined;
  const isNeeded = key !== undefined && !key.safeParse(undefined).success;
  const description =
    'Chosen by the program before the first try (8 to 64 letters, digits, `_` and `-`) and sent again with each retry: for a day it gets the answer of the first. The same key with another request is 409 `ledger.conflict`; while the first is worked on it is 409 `request.running`; a refusal leaves the key free.';
  const hint = isNeeded ? ' Required here, unless the body has it as `requestKey`.' : '';
  return z
    .string()
    .optional()
    .openapi({ description: `${description}${hint}`, example: 'import-2026-11-24-0001' });
}

/** The key may stand in the header instead. */
function fieldOf(name: string, field: z.ZodType): z.ZodType {
  return name === 'requestKey' ? field.optional() : field;
}
