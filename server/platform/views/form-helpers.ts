import type { FieldIssue } from '../../kernel/errors';
import { isLocalDate } from '../../kernel/local-date';
import { formatDay } from './format';
import { type HelperOptions, optionsOf, rootOf } from './helper-options';

/** The id of a field's input: `f-lines.0.amount`. Error links point there. */
function fieldId(name: string): string {
  return `f-${name}`;
}

/** The sentence for a wrong field, or nothing: `issues` of the page are read, so parts need no errors handed to them. */
function issueOf(name: string, options: HelperOptions): string | undefined {
  const issue = rootOf(options).issues?.find(({ path }) => path === name);
  return issue && issueText(issue, options);
}

/** The sentence for an issue: a message below `errors:field.`, or elsewhere with `below="errors:"` (the code of an AppError). */
function issueText(issue: Pick<FieldIssue, 'code' | 'params'>, options: HelperOptions): string {
  const { t, locale } = rootOf(options);
  // A day in an error is kept as programs read it; people read it like any other.
  const params = Object.entries(issue.params ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' && isLocalDate(value) ? formatDay(value, locale) : value,
  ]);
  return t(`${options.hash['below'] ?? 'errors:field.'}${issue.code}`, Object.fromEntries(params));
}

/** `{{#if (anyIssue "holder" "account")}} open{{/if}}`: whether one of these fields, or one below it (`items`), came back wrong. */
function anyIssue(...args: readonly unknown[]): boolean {
  const names = args.slice(0, -1);
  return rootOf(optionsOf(args)).issues?.some(({ path }) => names.some((name) => path === name || path.startsWith(`${name}.`))) ?? false;
}

/** `{{valueOf name value}}`: what was typed, else what the page gives. */
function typedOr(name: string, given: unknown, options: HelperOptions): unknown {
  const { form } = rootOf(options);
  return form && Object.hasOwn(form, name) ? form[name] : given;
}

/** Whether a box or radio is chosen: what was sent back wins; a repeated field is a list. */
function isChosen(name: string, option: unknown, given: unknown, options: HelperOptions): boolean {
  const value = typedOr(name, given, options);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.some((one) => one !== undefined && one !== null && String(one) === String(option));
}

/** "Not yours" and "not there" read the same, so that nobody learns what exists. */
function isHidden(code: string): boolean {
  return code === 'not-found' || code === 'access.denied';
}

export const formHelpers = {
  isHidden,
  fieldId,
  anyIssue,
  issueOf,
  issueText,
  valueOf: typedOr,
  isChosen,
};
