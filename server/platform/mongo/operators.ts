import mongoose from 'mongoose';

/**
 * An operator of our own in a filter: `{ to: operator({ $gte: day }) }`. Without this mark Mongoose takes what looks like an operator for
 * a plain value, so that one from outside never works (`sanitizeFilter`). Give it values that were parsed, never a body or query.
 */
export function operator<Condition extends object>(condition: Condition): Condition {
  return mongoose.trusted(condition);
}

/** One of these values. */
export function anyOf<Value>(values: readonly Value[]): { $in: Value[] } {
  return operator({ $in: [...values] });
}

/** Texts that begin so: a range, which an index serves. */
export function startingWith(prefix: string): { $gte: string; $lt: string } {
  return operator({ $gte: prefix, $lt: `${prefix}\u{10ffff}` });
}
