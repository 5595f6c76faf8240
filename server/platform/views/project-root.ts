import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json: `views/`, `public/` and `locales/` lie there, whether this runs from source or from `dist/`. */
export const projectRoot = findRoot(__dirname);

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder;
  return findRoot(dirname(folder));
}
