import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder that goes away after the file's (or the `describe`'s) tests. */
export function useTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'warm-heart-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
