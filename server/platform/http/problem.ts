import type { AppError, FieldIssue } from '../../kernel/errors';
import type { Translate } from '../i18n/translator';
import { z } from '../validation/zod';

/** The body of every error under `/api` (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string().openapi({ example: 'urn:warm-heart:input.invalid', description: 'Says the code as a URN; it leads nowhere' }),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ example: 'input.invalid' }),
    requestId: z.string(),
    details: z.record(z.string(), z.union([z.string(), z.number()])),
    errors: z.array(z.object({ pointer: z.string().openapi({ example: '#/lines/0/count' }), code: z.string(), detail: z.string() })),
  })
  .openapi('Problem');

export type Problem = z.output<typeof problemSchema>;

/** An error as problem+json, in the caller's language. */
export function problemOf(error: AppError, t: Translate, requestId: string): Problem {
  return {
    type: `urn:warm-heart:${error.code}`,
    title: t(`errors:${error.code}`, error.details),
    status: error.status,
    code: error.code,
    requestId,
    details: error.details,
    errors: error.issues.map((issue) => ({
      pointer: pointerOf(issue),
      code: issue.code,
      detail: t(`errors:field.${issue.code}`, issue.params ?? {}),
    })),
  };
}

/** `lines.0.count` as a JSON pointer. */
function pointerOf({ path }: FieldIssue): string {
  const steps = path.split('.').map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'));
  return path === '' ? '#' : `#/${steps.join('/')}`;
}
