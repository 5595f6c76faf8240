import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { within } from '../process/within';
import type { Lifecycle } from './health';

export interface RunningServer {
  port: number;
  /** Turns `/readyz` off, takes no new connections, lets running requests end until the deadline, then cuts what is left. */
  close(deadlineMs: number): Promise<void>;
}

/** Listens until closed. */
export async function serve(app: Express, where: { host: string; port: number }, lifecycle: Lifecycle): Promise<RunningServer> {
  const server = createServer(app);
  server.requestTimeout = 60_000;
  server.headersTimeout = 20_000;
  server.listen(where.port, where.host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: (deadlineMs) => drain(server, lifecycle, deadlineMs) };
}

async function drain(server: Server, lifecycle: Lifecycle, deadlineMs: number): Promise<void> {
  lifecycle.draining = true; // answers from now on ask the browser to close the connection
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  if (!(await within(deadlineMs, closed))) server.closeAllConnections();
  await closed;
}
