import type { ErrorDetails, FieldIssue } from '../../kernel/errors';
import { AppError } from '../../kernel/errors';
import type { z } from './zod';

const codeShape = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/;
const tooSmall = { string: 'too-short', number: 'number-too-small', array: 'too-few' } as const;
const tooBig = { string: 'too-long', number: 'number-too-large', array: 'too-many' } as const;

/** Zod's findings as wrong fields: dotted path, message code, and the limits that the message names. Never the value itself. */
export function fieldIssues(error: z.ZodError): FieldIssue[] {
  const all = error.issues.flatMap((issue) => issuesOf(issue, []));
  return all.filter((issue, index) => all.findIndex((other) => other.path === issue.path) === index); // one sentence at each field
}

/** What came from outside does not fit its schema; a rule that an act found later is a plain AppError. */
export class WrongInput extends AppError {
  constructor(issues: readonly FieldIssue[]) {
    super('input.invalid', {}, issues);
  }
}

/** Parses what came from outside. @throws AppError `input.invalid` with every wrong field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const read = schema.safeParse(input);
  if (!read.success) throw new WrongInput(fieldIssues(read.error));
  return read.data;
}

function issuesOf(issue: z.core.$ZodIssue, before: readonly PropertyKey[]): FieldIssue[] {
  const path = [...before, ...issue.path];
  const at = (code: string, params: ErrorDetails = {}): FieldIssue => ({ path: path.map(String).join('.'), code, params });
  if (codeShape.test(issue.message)) return [at(issue.message, paramsOf(issue))]; // our own schemas name their code
  switch (issue.code) {
    case 'invalid_type':
      return [at(isMissing(issue) ? 'required' : 'wrong-type')];
    case 'too_small':
      return [
        at(issue.minimum === 1 && issue.origin === 'string' ? 'required' : sizeCode(tooSmall, issue.origin), {
          min: Number(issue.minimum),
        }),
      ];
    case 'too_big':
      return [at(sizeCode(tooBig, issue.origin), { max: Number(issue.maximum) })];
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key].map(String).join('.'), code: 'not-expected' }));
    case 'invalid_union':
      return unionIssues(issue, path, at);
    case 'invalid_value':
      return [at('not-a-choice')];
    case 'invalid_format':
      return [at('wrong-format')];
    default:
      return [at('invalid')];
  }
}

/** Of a union the branch that got farthest speaks, since the others are of another type. */
function unionIssues(issue: z.core.$ZodIssueInvalidUnion, path: PropertyKey[], at: (code: string) => FieldIssue): FieldIssue[] {
  const branch = issue.errors.find((issues) => !issues.some((inner) => inner.code === 'invalid_type' && inner.path.length === 0));
  return branch ? branch.flatMap((inner) => issuesOf(inner, path)) : [at(issue.errors.flat().some(isMissing) ? 'required' : 'wrong-type')];
}

/** Zod tells a missing value only in its English sentence. */
function isMissing(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
}

function sizeCode(codes: Record<string, string>, origin: string): string {
  return codes[origin] ?? 'invalid';
}

function paramsOf(issue: z.core.$ZodIssue): ErrorDetails {
  const given = issue.code === 'custom' ? (issue.params ?? {}) : {};
  const sized = { ...given, ...('minimum' in issue && { min: issue.minimum }), ...('maximum' in issue && { max: issue.maximum }) };
  return Object.fromEntries(
    Object.entries(sized).flatMap(([name, value]) => (typeof value === 'number' || typeof value === 'string' ? [[name, value]] : [])),
  );
}
