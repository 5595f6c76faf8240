import type { Response } from 'express';
import { ZodError } from 'zod';
import { AppError, type ErrorCode, type ErrorDetails, type FieldIssue } from '../../kernel/errors';
import { fieldIssues } from '../validation/field-issues';
import type { Handler, Incoming } from './routes';
import { isWrongAddress } from './wrong-address';

/** A form that came back: what was typed, what is wrong with it. */
export interface Returned {
  /** Typed values by field name, without the form token. They stay in the form. */
  values: Readonly<Record<string, unknown>>;
  /** Wrong fields; empty when the form as a whole was refused. */
  issues: readonly FieldIssue[];
  /** Why the whole was refused (a rule, a state that changed), for the box on top; absent for wrong fields only. */
  refusal?: { code: ErrorCode; details: ErrorDetails };
  status: number;
}

const neverShownAgain = new Set(['_csrf', 'password', 'newPassword', 'pin', 'code']);
const shownInForm = new Set<number>([409, 422]);

/**
 * A form's handler: does the work, and when the input or a rule refuses it, shows the form again with status 422 (409 for a rule),
 * what was typed and what is wrong. Other errors go to the error page. The same for browsers and htmx, which swaps 4xx answers.
 */
export function submitted<Path extends string>(
  handle: Handler<Path>,
  showAgain: (req: Incoming<Path>, res: Response, returned: Returned) => unknown,
): Handler<Path> {
  return async (req, res) => {
    try {
      await handle(req, res);
    } catch (error) {
      const returned = returnedOf(error, req.method === 'GET' ? req.query : req.body);
      if (!returned || res.headersSent || isWrongAddress(error, req.params)) throw error;
      await showAgain(req, res, returned);
    }
  };
}

/** Renders a form's page again. `page` is its view model as for the first time; `form`, `issues` and `refusal` are for its parts. */
export function renderForm(
  res: Response,
  view: string,
  page: Record<string, unknown>,
  { values, issues, refusal, status }: Returned,
): void {
  res.status(status).render(view, { ...page, form: values, issues, refusal });
}

function returnedOf(error: unknown, body: unknown): Returned | undefined {
  const values = valuesOf(body);
  if (error instanceof ZodError) return { values, issues: fieldIssues(error), status: 422 };
  if (!(error instanceof AppError) || !shownInForm.has(error.status)) return undefined;
  const { code, details, issues, status } = error;
  if (code === 'ledger.conflict') delete values['requestKey']; // it stands for what was sent first: the form gets another
  return { values, issues, status, ...(issues.length === 0 && { refusal: { code, details } }) };
}

/** Only plain texts and lists of texts go back into a page; secrets are typed again. */
function valuesOf(body: unknown): Record<string, unknown> {
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return Object.fromEntries(entries.filter(([name, value]) => !neverShownAgain.has(name) && isTyped(value)));
}

function isTyped(value: unknown): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
}
