import { join } from 'node:path';
import type { Express } from 'express';
import { assetAddresses, iconNames } from './assets';
import { formHelpers } from './form-helpers';
import { logicHelpers } from './logic-helpers';
import { iconHelper, markHelpers } from './mark-helpers';
import { navigationHelpers } from './navigation-helpers';
import { pageHelpers } from './page-helpers';
import { projectRoot } from './project-root';
import { textHelpers } from './text-helpers';
import { ViewEngine } from './view-engine';

export interface ViewOptions {
  viewsDir?: string;
  /** Compile each template once (production); else a changed file is seen at the next request. */
  cache: boolean;
}

/** Makes `res.render('donations/give', viewModel)` work: Handlebars pages in `views/`, layout `public` unless `layout` says otherwise. */
export function installViews(app: Express, options: ViewOptions): void {
  const views = options.viewsDir ?? join(projectRoot, 'views');
  const engine = new ViewEngine({
    extname: '.hbs',
    defaultLayout: 'public',
    layoutsDir: join(views, 'layouts'),
    partialsDir: [join(views, 'partials'), views],
    helpers: viewHelpers(options.cache),
    // A partial gets what it is given and no more; the page's own names must not slip in.
    compilerOptions: { explicitPartialContext: true, preventIndent: true },
  });
  app.engine('hbs', engine.engine);
  app.set('view engine', 'hbs');
  app.set('views', views);
  if (options.cache) app.enable('view cache');
  else app.disable('view cache');
}

/** All helpers that templates may use. */
export function viewHelpers(cache: boolean): Record<string, unknown> {
  const asset = assetAddresses({ cache });
  return {
    ...logicHelpers,
    ...textHelpers,
    ...markHelpers,
    ...pageHelpers,
    ...formHelpers,
    ...navigationHelpers,
    asset: (path: string) => asset(path),
    icon: iconHelper(asset, iconNames()),
  };
}
