import { stopTestServers } from './test-servers';

export default async function globalTeardown(): Promise<void> {
  await stopTestServers();
}
