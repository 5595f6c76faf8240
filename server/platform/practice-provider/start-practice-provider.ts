import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createPracticeProvider, type PracticeControl, type PracticeProviderOptions, type WebhookTarget } from './practice-provider';
import { loadState, noStateFile, stateFile } from './state-file';

export interface StartOptions extends Pick<PracticeProviderOptions, 'clock' | 'random' | 'deliver' | 'timer'> {
  /** 0 takes a free one. */
  port: number;
  /** Loopback when absent. */
  host?: string | undefined;
  secretKey: string;
  webhook?: WebhookTarget | undefined;
  /** A folder to keep the sessions in over a restart; absent means memory only. */
  dataFolder?: string | undefined;
  /** Where a payer's browser reaches it, when that is not the address it listens on. */
  publicUrl?: string | undefined;
}

export interface RunningPracticeProvider {
  /** The API's base and the pay page's: `http://127.0.0.1:<port>`. */
  url: string;
  control: PracticeControl;
  /** Closes the port and all connections, waits for the delivery under way, keeps the state. */
  stop(): Promise<void>;
}

/** Starts the practice provider on a port of its own. Throws when the port is taken or the kept state cannot be read. */
export async function startPracticeProvider(options: StartOptions): Promise<RunningPracticeProvider> {
  const { dataFolder, host = '127.0.0.1' } = options;
  const state = dataFolder === undefined ? undefined : await loadState(dataFolder);
  const file = dataFolder === undefined ? noStateFile : stateFile(dataFolder);
  let url = '';
  const provider = createPracticeProvider({ ...options, state, file, origin: () => options.publicUrl ?? url });
  if (options.webhook) provider.control.setWebhook(options.webhook);

  const server = provider.app.listen(options.port, host);
  await once(server, 'listening');
  url = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;

  return {
    url,
    control: provider.control,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await provider.close();
    },
  };
}
