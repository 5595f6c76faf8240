import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire between a client and a server on loopback, which a fault test can cut. */
export interface CuttingProxy {
  port: number;
  /** Lets the next requests that hold this text reach the server, and loses the answers: the connection is cut when one comes. */
  loseAnswerTo(text: string, times: number): void;
  /** How many answers were lost. */
  lost(): number;
  /** Cuts every connection now. */
  cut(): void;
  close(): Promise<void>;
}

/** Starts a proxy to a port. */
export async function startCuttingProxy(target: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let wanted = { text: '', times: 0 };
  let lost = 0;
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    let doomed = false;
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on('data', (chunk) => {
      if (wanted.times > 0 && chunk.includes(wanted.text)) {
        wanted.times -= 1;
        doomed = true;
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (!doomed) return void client.write(chunk);
      lost += 1;
      end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    loseAnswerTo: (text, times) => {
      wanted = { text, times };
    },
    lost: () => lost,
    cut,
    async close() {
      server.close();
      cut();
      await once(server, 'close');
    },
  };
}
