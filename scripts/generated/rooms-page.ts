import { execFileSync } from 'node:child_process';

interface Cruised {
  modules: { source: string; dependencies: { resolved: string }[] }[];
}

/** What every room stands on: named in the table, left out of the picture. */
const foundation = new Set(['kernel', 'platform']);

/** Which room imports which, as a table and a picture, from what dependency-cruiser sees. */
export function roomsPage(): string {
  const imports = importsOfRooms();
  const rooms = [...imports.keys()].sort();
  const sorted = (room: string) => [...(imports.get(room) ?? [])].sort();
  const arrows = rooms
    .filter((room) => !foundation.has(room))
    .flatMap((room) =>
      sorted(room)
        .filter((other) => !foundation.has(other))
        .map((other) => `  ${room} --> ${other}`),
    );
  return [
    '# Rooms',
    '',
    'Made by `npm run generate`: which room of `server/` imports which. An import goes to a lower level only, through `index.ts` (`.dependency-cruiser.cjs`).',
    '',
    '| room | imports | is imported by |',
    '|---|---|---|',
    ...rooms.map((room) => {
      const by = rooms.filter((other) => imports.get(other)?.has(room));
      return `| ${room} | ${sorted(room).join(', ')} | ${by.join(', ')} |`;
    }),
    '',
    'Without `kernel` and `platform`, which all stand on:',
    '',
    '```mermaid',
    'flowchart TD',
    ...arrows,
    '```',
    '',
  ].join('\n');
}

function importsOfRooms(): Map<string, Set<string>> {
  const args = [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    'server',
  ];
  const { modules } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })) as Cruised;
  const imports = new Map<string, Set<string>>();
  for (const { source, dependencies } of modules) {
    const room = roomOf(source);
    if (!room) continue;
    const others = imports.get(room) ?? new Set();
    imports.set(room, others);
    for (const { resolved } of dependencies) {
      const other = roomOf(resolved);
      if (other && other !== room) others.add(other);
    }
  }
  return imports;
}

function roomOf(file: string): string | undefined {
  return /^server\/([^/]+)\//.exec(file)?.[1];
}
