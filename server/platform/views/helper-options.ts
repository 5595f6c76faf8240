import { invariant } from '../../kernel/errors';
import type { PageLocals } from './locals';

/** A compiled template or partial. */
export type Template = (context: unknown, options: Record<string, unknown>) => string;

/** What Handlebars hands to a helper. `data.root` is the page's whole context; helpers read the language there. */
export interface HelperOptions {
  hash: Record<string, unknown>;
  data: { root: PageLocals & Record<string, unknown>; exphbs?: { partials: Record<string, Template>; helpers: object } };
  fn?: (context: unknown) => string;
}

/** The options of a helper called with any number of arguments: always the last. */
export function optionsOf(args: readonly unknown[]): HelperOptions {
  const last = args.at(-1);
  invariant(typeof last === 'object' && last !== null && 'hash' in last, 'helper.has-options');
  return last as HelperOptions;
}

/** The page's own context. */
export function rootOf(options: HelperOptions): HelperOptions['data']['root'] {
  return options.data.root;
}
