import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findMongod } from '../../server/platform/embedded/find-mongod';
import { findValkey } from '../../server/platform/embedded/find-valkey';
import { firstUsable, NoServer } from '../../server/platform/embedded/server-binary';
import { useTemporaryFolder } from '../support/temporary-folder';

const folder = useTemporaryFolder();
const wanted = { name: 'MongoDB server', version: /db version v((\d+)\.(\d+)\.\d+)/, atLeast: [6, 0] as const };
const quietly = () => undefined;

test.each`
  programs                                                        | taken       | why
  ${['db version v6.0.5', 'db version v8.0.4']}                   | ${'6.0.5'}  | ${'the first one is good enough'}
  ${['db version v5.0.31', 'db version v7.0.1']}                  | ${'7.0.1'}  | ${'the first one is too old'}
  ${['db version v4.4.9', 'something else', 'db version v6.0.0']} | ${'6.0.0'}  | ${'a program that does not tell its version is not trusted'}
  ${['', 'db version v10.1.2']}                                   | ${'10.1.2'} | ${'versions compare as numbers, not as text'}
`('takes $taken: $why', async ({ programs, taken }: { programs: string[]; taken: string }) => {
  expect((await firstUsable(wanted, programs.map(sourcePrinting), quietly)).version).toBe(taken);
});

test('with no usable program the message names each reason and three ways out', async () => {
  const sources = [sourcePrinting('db version v4.0.0', 0), { origin: 'nowhere', find: async () => join(folder, 'missing') }];
  const failure = await firstUsable(wanted, sources, quietly).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NoServer);
  const message = (failure as NoServer).message;
  for (const part of [
    'found no MongoDB server',
    'is version 4.0.0',
    'missing is not there',
    'docker compose up',
    'MONGODB_URI',
    'Python',
  ]) {
    expect(message).toContain(part);
  }
});

test('this machine has both servers, and where they come from is said', async () => {
  const [mongod, valkey] = await Promise.all([findMongod(quietly), findValkey(quietly)]);
  expect(mongod).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/), origin: expect.stringContaining('mongod') });
  expect(valkey).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/), origin: expect.stringMatching(/valkey|redis/i) });
});

function sourcePrinting(output: string, number: number) {
  const path = join(folder, `program-${number}`);
  writeFileSync(path, `#!/bin/sh\necho "${output}"\n`, { mode: 0o755 });
  return { origin: `program ${number}`, find: async () => path };
}
