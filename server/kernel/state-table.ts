import type { Context } from './context';
import { AppError } from './errors';

/** The state a document is in, who brought it there and when. Kept in the document instead of flags that mean "has been". */
export interface StateRecord<State extends string = string> {
  name: State;
  by: string;
  at: Date;
}

/** Which state may follow which. */
export interface StateTable<State extends string> {
  readonly states: readonly State[];
  has(text: string): text is State;
  next(from: State): readonly State[];
  may(from: State, to: State): boolean;
  /** Throws `state.not-allowed` with `from` and `to` when the step is not in the table. */
  assertMay(from: State, to: State): void;
  /** The record of a first state. */
  begin(state: State, ctx: Pick<Context, 'actor' | 'clock'>): StateRecord<State>;
  /** The record of the next state; throws like `assertMay`. */
  enter(current: StateRecord<State>, to: State, ctx: Pick<Context, 'actor' | 'clock'>): StateRecord<State>;
}

/** The states of a table: `type AidState = StateOf<typeof aidStates>`. */
export type StateOf<Table> = Table extends StateTable<infer State> ? State : never;

/**
 * A transition table: each state with those that may follow, `[]` for a last one. A state that follows but is not listed does not
 * compile. `stateTable({ draft: ['active'], active: ['merged'], merged: [] })`
 */
export function stateTable<const State extends string>(
  follows: { readonly [From in State]: readonly NoInfer<State>[] },
): StateTable<State> {
  const table = new Map(Object.entries(follows) as [State, readonly State[]][]);
  const next = (from: State): readonly State[] => table.get(from) ?? [];
  const may = (from: State, to: State): boolean => next(from).includes(to);
  const assertMay = (from: State, to: State): void => {
    if (!may(from, to)) throw new AppError('state.not-allowed', { from, to });
  };
  const begin: StateTable<State>['begin'] = (state, ctx) => ({ name: state, by: ctx.actor.id, at: ctx.clock.now() });
  return {
    states: [...table.keys()],
    has: (text): text is State => table.has(text as State),
    next,
    may,
    assertMay,
    begin,
    enter(current, to, ctx) {
      assertMay(current.name, to);
      return begin(to, ctx);
    },
  };
}
