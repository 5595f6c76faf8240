import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Reads a file by its path from the project's root, which is above this file both in the source and in `dist/`. */
export function projectFile(path: string): string {
  let folder = __dirname;
  while (!existsSync(join(folder, path))) {
    const above = dirname(folder);
    if (above === folder) throw new Error(`not in the project: ${path}`);
    folder = above;
  }
  return readFileSync(join(folder, path), 'utf8');
}
