import { readFileSync } from 'node:fs';

// Packages with known holes below a version. The lock says what is installed, wherever in the tree it lies.

interface Lock {
  packages: Record<string, { version?: string }>;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;

/** Every installed version of a package, one's own and those below other packages. */
function installed(name: string): string[] {
  const found = Object.entries(lock.packages).filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`));
  return found.flatMap(([, { version }]) => version ?? []);
}

/** Whether a version is not older; a pre-release of the same numbers is. */
function isAtLeast(version: string, least: string): boolean {
  const [numbers = '', preRelease] = version.split('-');
  const parts = (text: string) => text.split('.').map(Number);
  const [have, need] = [parts(numbers), parts(least)];
  const place = need.findIndex((part, index) => part !== have[index]);
  return place < 0 ? preRelease === undefined : (have[place] ?? 0) > (need[place] ?? 0);
}

test.each`
  name            | least       | because
  ${'handlebars'} | ${'4.7.9'}  | ${'CVE-2026-33937: a crafted syntax tree runs code; CVE-2026-33916'}
  ${'mongoose'}   | ${'9.12.1'} | ${'CVE-2024-53900, CVE-2025-23061, CVE-2026-73562: __proto__ in update paths'}
  ${'multer'}     | ${'2.2.0'}  | ${'CVE-2025-47935, CVE-2025-7338, CVE-2026-5079: requests that stop the process'}
  ${'passport'}   | ${'0.6.0'}  | ${'CVE-2022-25896: session fixation'}
  ${'qs'}         | ${'6.14.2'} | ${'CVE-2025-15284, CVE-2026-2391: memory by nested fields'}
`('$name is at least $least ($because)', ({ name, least }) => {
  const versions = installed(name);
  expect(versions).not.toEqual([]);
  expect(versions.filter((version) => !isAtLeast(version, least))).toEqual([]);
});

test.each`
  version        | least       | enough
  ${'4.7.9'}     | ${'4.7.9'}  | ${true}
  ${'4.7.10'}    | ${'4.7.9'}  | ${true}
  ${'4.8.0'}     | ${'4.7.9'}  | ${true}
  ${'5.0.0'}     | ${'4.7.9'}  | ${true}
  ${'4.7.8'}     | ${'4.7.9'}  | ${false}
  ${'4.6.99'}    | ${'4.7.9'}  | ${false}
  ${'4.7.9-rc1'} | ${'4.7.9'}  | ${false}
  ${'6.9.0'}     | ${'6.14.2'} | ${false}
`('$version is enough for $least: $enough', ({ version, least, enough }) => expect(isAtLeast(version, least)).toBe(enough));
