import type { HelperOptions } from './helper-options';

type Logic = (...args: readonly unknown[]) => unknown;

/** Handlebars gives its own options as the last argument. */
function operands(args: readonly unknown[]): readonly unknown[] {
  return args.slice(0, -1);
}

/** An empty list counts as nothing, as in `{{#if}}`. */
function isTruthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** Small logic for templates; anything longer belongs in the view model. */
export const logicHelpers: Readonly<Record<string, Logic>> = {
  eq: (left, right) => left === right,
  ne: (left, right) => left !== right,
  gt: (left, right) => Number(left) > Number(right),
  lt: (left, right) => Number(left) < Number(right),
  not: (value) => !isTruthy(value),
  and: (...args) => (operands(args).every(isTruthy) ? operands(args).at(-1) : false),
  or: (...args) => operands(args).find(isTruthy),
  concat: (...args) => operands(args).join(''),
  add: (left, right) => Number(left) + Number(right),
  list: (...args) => operands(args),
  object: (...args) => (args.at(-1) as HelperOptions).hash,
  includes: (all, value) => Array.isArray(all) && all.includes(value),
  isSet: (value) => value !== undefined && value !== null && value !== '',
};
