import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { installI18n } from '../server/platform/i18n/install-i18n';
import { loadTranslator } from '../server/platform/i18n/translator';
import { assetFolders, iconNames } from '../server/platform/views/assets';
import { installViews } from '../server/platform/views/install-views';
import { bundleBrowser } from './build';
import { layoutOf, patternPages, sampleLocals, sampleOf } from './pattern-book/sample';

/**
 * Every part on sample pages, for looking and for axe: `npx tsx scripts/pattern-book.ts` prints the address. Changes to templates and
 * sheets show at the next request. No database, no rooms.
 */
export async function patternBook(): Promise<Express> {
  const app = express();
  installViews(app, { cache: false });
  app.use((_req, res, next) => {
    res.setHeader('Content-Security-Policy', "default-src 'self'; img-src 'self'; style-src 'self'; script-src 'self'; base-uri 'none'");
    next();
  });
  for (const [address, folder] of Object.entries(assetFolders)) app.use(address, express.static(folder));
  app.use(await installI18n(loadTranslator({ strict: true })));
  app.get('/', (req, res) => res.render('pattern-book/index', { ...sampleLocals(req), layout: 'public', pages: patternPages }));
  app.get('/:page', (req, res, next) => {
    const { page } = req.params;
    if (page === 'not-found' || !patternPages.includes(page)) {
      return res.status(404).render('errors/error', { ...sampleLocals(req), layout: 'public', code: 'not-found', requestId: '8F3A-21C7' });
    }
    if (!page) return next();
    res.render(`pattern-book/${page}`, { ...sampleLocals(req), ...sampleOf(page), layout: layoutOf(page), icons: [...iconNames()] });
  });
  return app;
}

async function main(): Promise<void> {
  await bundleBrowser({ minify: false });
  const server = (await patternBook()).listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
}

if (require.main === module) void main();
