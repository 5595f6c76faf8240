import request from 'supertest';
import { fail } from '../../server/kernel/errors';
import { open } from '../../server/platform/http/guard';
import { routes } from '../../server/platform/http/routes';
import { addGauge } from '../../server/platform/metrics/metrics';
import { queueDepth } from '../../server/platform/queues/queue-depth';
import { openQueue } from '../../server/platform/queues/work-queue';
import { testConfig } from '../support/sign-in';
import { useTestRedis } from '../support/test-database';
import { sampleApp } from './support/sample-app';

const redis = useTestRedis();

function room() {
  const its = routes();
  its.get('/things/:id', open('test'), (_req, res) => res.send('ok'));
  its.get('/broken/:id', open('test'), () => fail('not-found'));
  return its;
}
const appWith = async (metricsToken?: string) =>
  (await sampleApp(redis, [room()], { config: { ...testConfig(), ...(metricsToken && { metricsToken }) } })).app;

test('requests are measured by the template of their route, never by their address', async () => {
  const app = await appWith();
  await request(app).get('/things/hh_secret?name=zhang');
  await request(app).get('/broken/hh_secret');
  await request(app).get('/nowhere/hh_secret');
  const { text, headers } = await request(app).get('/metrics').expect(200);
  expect(headers['content-type']).toContain('text/plain');
  expect(text).toContain('warm_heart_http_request_seconds_count{method="GET",route="/things/:id",status="2xx"} 1');
  expect(text).toContain('warm_heart_http_request_seconds_count{method="GET",route="/broken/:id",status="4xx"} 1');
  expect(text).toMatch(/_count\{method="GET",route="none",status="4xx"\} \d/);
  expect(text).not.toContain('hh_secret');
});

test('a room adds a number that is read when asked for; one that cannot be read hides no other', async () => {
  const app = await appWith();
  let open = 3;
  addGauge({ name: 'test_breaks_open', help: 'Breaks', read: async () => open });
  addGauge({ name: 'test_by_owner', help: 'By owner', label: 'owner', read: async () => ({ bank: 2, provider: 1 }) });
  addGauge({ name: 'test_broken', help: 'Broken', read: () => Promise.reject(new Error('no database')) });
  open = 4;
  const { text } = await request(app).get('/metrics').expect(200);
  expect(text).toContain('warm_heart_test_breaks_open 4');
  expect(text).toContain('warm_heart_test_by_owner{owner="bank"} 2');
  expect(text).toContain('warm_heart_test_broken Nan');
});

test('without a token in the settings only this machine itself may ask, not who comes through its proxy', async () => {
  const app = await appWith();
  await request(app).get('/metrics').expect(200);
  for (const header of ['X-Forwarded-For', 'Forwarded', 'Via']) await request(app).get('/metrics').set(header, '203.0.113.9').expect(404);
});

test('with one, whoever shows it, from wherever', async () => {
  const app = await appWith('sixteen-letters-and-more');
  await request(app).get('/metrics').expect(404);
  await request(app).get('/metrics').set('Authorization', 'Bearer wrong').expect(404);
  await request(app)
    .get('/metrics')
    .set({ Authorization: 'Bearer sixteen-letters-and-more', 'X-Forwarded-For': '203.0.113.9' })
    .expect(200);
});

test('the queue is counted by state as BullMQ keeps it', async () => {
  const queue = openQueue(redis, 'hean');
  await queue.add('a', { payload: {} });
  await queue.add('b', { payload: {} }, { delay: 60_000 });
  await queue.add('c', { payload: {} }, { priority: 2 });
  expect(await queueDepth(redis, 'hean')).toEqual({ waiting: 2, active: 0, delayed: 1, failed: 0 });
  await queue.close();
});
