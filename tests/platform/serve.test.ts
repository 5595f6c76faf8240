import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { open } from '../../server/platform/http/guard';
import type { Lifecycle } from '../../server/platform/http/health';
import { routes } from '../../server/platform/http/routes';
import { serve } from '../../server/platform/http/serve';
import { useTestDatabase, useTestRedis } from '../support/test-database';
import { sampleApp } from './support/sample-app';

useTestDatabase();
const redis = useTestRedis();

/** A server with a page that answers when told to. */
async function start() {
  const gate = { open: () => {}, entered: () => {} };
  const opened = new Promise<void>((resolve) => Object.assign(gate, { open: resolve }));
  const entered = new Promise<void>((resolve) => Object.assign(gate, { entered: resolve }));
  const room = routes();
  room.get('/slow', open('test'), async (_req, res) => {
    gate.entered();
    await opened;
    res.send('done');
  });
  const lifecycle: Lifecycle = { draining: false };
  const { app } = await sampleApp(redis, [room], { lifecycle });
  const server = await serve(app, { host: '127.0.0.1', port: 0 }, lifecycle);
  return { server, lifecycle, entered, release: gate.open, at: (path: string) => `http://127.0.0.1:${server.port}${path}` };
}

async function ask(url: string, agent?: Agent): Promise<{ status: number | undefined; body: string; connection: string | undefined }> {
  const [answer] = (await once(get(url, agent ? { agent } : {}), 'response')) as [IncomingMessage];
  let body = '';
  for await (const part of answer) body += String(part);
  return { status: answer.statusCode, body, connection: answer.headers.connection };
}

test('is ready while it reaches its servers, and not once it drains', async () => {
  const { server, lifecycle, at } = await start();
  expect(await ask(at('/healthz'))).toMatchObject({ status: 200 });
  expect(await ask(at('/readyz'))).toMatchObject({ status: 200, body: expect.stringContaining('"status":"ready"') });
  lifecycle.draining = true;
  expect(await ask(at('/readyz'))).toMatchObject({ status: 503, connection: 'close' });
  expect(await ask(at('/healthz'))).toMatchObject({ status: 200 });
  await server.close(1_000);
});

test('a running request ends, new ones find nobody', async () => {
  const { server, entered, release, at } = await start();
  const running = ask(at('/slow'));
  await entered;
  const closed = server.close(5_000);
  await expect(ask(at('/healthz'))).rejects.toThrow('ECONNREFUSED');
  release();
  expect(await running).toMatchObject({ status: 200, body: 'done' });
  await closed;
});

test('an idle connection does not hold the end up', async () => {
  const { server, at } = await start();
  const agent = new Agent({ keepAlive: true });
  await ask(at('/healthz'), agent);
  await server.close(60_000);
  agent.destroy();
});

test('what does not end by the deadline is cut', async () => {
  const { server, entered, at } = await start();
  const running = ask(at('/slow'));
  const cut = expect(running).rejects.toThrow('socket hang up');
  await entered;
  await server.close(10);
  await cut;
});
