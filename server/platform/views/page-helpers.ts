import { invariant } from '../../kernel/errors';
import { type HelperOptions, optionsOf, rootOf } from './helper-options';
import { type Html, trusted } from './html';

/** `{{setTitle (t "donations:give.title")}}`: names the page for the tab, the phone's header and the screen reader. Prints nothing. */
function setTitle(text: string, options: HelperOptions): void {
  rootOf(options)['title'] = text;
}

/** `{{#slot "bottom"}}…{{/slot}}`: content for a place in the layout (`head`, `bottom`, `status`), which prints it with `{{fill "bottom"}}`. */
function slot(this: unknown, name: string, options: HelperOptions): void {
  const slots = (rootOf(options)['slots'] ?? {}) as Record<string, string>;
  rootOf(options)['slots'] = { ...slots, [name]: options.fn?.(this) ?? '' };
}

function fill(name: string, options: HelperOptions): Html | undefined {
  const markup = ((rootOf(options)['slots'] ?? {}) as Record<string, string>)[name];
  return markup ? trusted(markup) : undefined;
}

/**
 * `{{#part "card" title=(t "…")}}…{{/part}}`: a partial around content. The content keeps the context it stands in and the partial
 * sees only what it is given (and `body`), so that a name used by the page never slips into a part.
 */
function part(this: unknown, ...args: readonly unknown[]): Html {
  const options = optionsOf(args);
  const name = String(args[0]);
  const { exphbs } = options.data;
  const template = exphbs?.partials[name];
  invariant(template && exphbs, 'part.exists', { name });
  const content = options.fn?.(this).trim();
  const body = content ? trusted(content) : undefined;
  return trusted(template({ ...options.hash, body }, { data: options.data, helpers: exphbs.helpers, partials: exphbs.partials }));
}

export const pageHelpers = { setTitle, slot, fill, part };
