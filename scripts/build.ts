import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const publicFolder = 'public';

/** Bundles the browser's modules: each `public/<name>/main.ts` becomes `dist/public/<name>.js`. CSS and images are served as they are. */
export async function bundleBrowser(options: { minify: boolean } = { minify: true }): Promise<void> {
  const entryPoints = readdirSync(publicFolder)
    .map((name) => ({ in: join(publicFolder, name, 'main.ts'), out: name }))
    .filter((entry) => existsSync(entry.in));
  await build({
    entryPoints,
    outdir: 'dist/public',
    bundle: true,
    minify: options.minify,
    sourcemap: options.minify ? false : 'inline',
    target: 'es2022',
    format: 'esm',
    logLevel: 'warning',
  });
}

async function buildAll(): Promise<void> {
  rmSync('dist', { recursive: true, force: true });
  const compiled = spawnSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  if (compiled.status !== 0) process.exit(compiled.status ?? 1);
  await bundleBrowser();
}

if (require.main === module) void buildAll();
