import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { roomsPage } from './generated/rooms-page';
import { routesAndApi } from './generated/routes-and-api';

// `npm run generate` writes what is made from the code, so that a change of a route, a guard or an import shows in the diff;
// `npm run check:generated` fails when it is out of date. Needs no server.
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const folder = 'docs/generated';

async function generate(): Promise<Record<string, string>> {
  const { routesPage, openApi } = await routesAndApi();
  return {
    [`${folder}/routes.md`]: routesPage,
    [`${folder}/openapi.json`]: `${JSON.stringify(openApi, null, 2)}\n`,
    [`${folder}/rooms.md`]: roomsPage(),
  };
}

generate().then(
  (files) => {
    const stale = Object.entries(files).filter(([file, content]) => !existsSync(file) || readFileSync(file, 'utf8') !== content);
    for (const [file, content] of stale) {
      if (values.check) {
        console.log(`${file} is out of date: run npm run generate`);
        process.exitCode = 1;
        continue;
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      console.log(`${file} is written`);
    }
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
