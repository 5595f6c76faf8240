import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message, Messenger } from './messenger';

const keyShape = /^[A-Za-z0-9_-]{1,120}$/;

/**
 * Puts each message into a file of its key, readable by the owner only: for the demonstration, and where a gateway of the county picks
 * messages up from a folder. A repeated message is the same file.
 */
export function folderMessenger(folder: string): Messenger {
  return {
    async send({ key, by, to, text }: Message) {
      if (!keyShape.test(key)) throw new RangeError(`a message's key must be plain: ${key}`);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, `${key}.txt`), `${by}: ${to}\n\n${text}\n`, { mode: 0o600 });
    },
  };
}
