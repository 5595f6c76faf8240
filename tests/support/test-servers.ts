import { rmSync } from 'node:fs';
import type { EmbeddedServers } from '../../server/platform/embedded/start-embedded';

// Jest loads set-up and teardown as separate modules of one process: what they share hangs on the process.
const shared = globalThis as typeof globalThis & { warmHeartTestServers?: { servers: EmbeddedServers; folder: string } };

export function keepForTeardown(servers: EmbeddedServers, folder: string): void {
  shared.warmHeartTestServers = { servers, folder };
}

export async function stopTestServers(): Promise<void> {
  if (!shared.warmHeartTestServers) return;
  const { servers, folder } = shared.warmHeartTestServers;
  await servers.stop();
  rmSync(folder, { recursive: true, force: true });
}
