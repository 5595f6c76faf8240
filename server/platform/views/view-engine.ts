import { ExpressHandlebars } from 'express-handlebars';

type Partials = Awaited<ReturnType<ExpressHandlebars['getPartials']>>;
type PartialOptions = Parameters<ExpressHandlebars['getPartials']>[0];

/** express-handlebars looks up every partial on every page; when templates are cached, the collection is too. */
export class ViewEngine extends ExpressHandlebars {
  #partials: Promise<Partials> | undefined;

  override async getPartials(options: PartialOptions = {}): Promise<Partials> {
    if (!options.cache) return super.getPartials(options);
    this.#partials ??= super.getPartials(options);
    return this.#partials;
  }
}
