import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { invariant } from '../../kernel/errors';
import { projectRoot } from './project-root';

/** Where the browser's files lie. The shell serves each folder under its address, immutably: addresses carry the content's hash. */
export const assetFolders: Readonly<Record<string, string>> = {
  '/css': join(projectRoot, 'public', 'css'),
  '/img': join(projectRoot, 'public', 'img'),
  '/js': join(projectRoot, 'dist', 'public'),
};

/** Gives `/css/base.css?v=1a2b3c4d`: a changed file has a new address, so that it can be cached for a year. */
export function assetAddresses(options: { cache: boolean }): (path: string) => string {
  const seen = new Map<string, { address: string; changed: number }>();
  return (path) => {
    const known = seen.get(path);
    if (known && options.cache) return known.address;
    const file = fileOf(path);
    const changed = existsSync(file) ? statSync(file).mtimeMs : 0;
    if (known?.changed === changed) return known.address;
    const address = changed === 0 ? path : `${path}?v=${shortHash(readFileSync(file))}`;
    seen.set(path, { address, changed });
    return address;
  };
}

/** The names in the sprite; a page that asks for another icon is a fault. */
export function iconNames(): ReadonlySet<string> {
  const sprite = readFileSync(fileOf('/img/icons.svg'), 'utf8');
  return new Set([...sprite.matchAll(/<symbol id="([^"]+)"/g)].map((match) => match[1] ?? ''));
}

function fileOf(path: string): string {
  const address = Object.keys(assetFolders).find((start) => path.startsWith(`${start}/`));
  invariant(address, 'asset.has-folder', { path });
  return join(assetFolders[address] ?? '', path.slice(address.length));
}

function shortHash(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 8);
}
