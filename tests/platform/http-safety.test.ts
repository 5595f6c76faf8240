import type { Express } from 'express';
import request from 'supertest';
import { limited, open } from '../../server/platform/http/guard';
import { createLimiter } from '../../server/platform/http/rate-limit';
import { routes } from '../../server/platform/http/routes';
import { createLogger } from '../../server/platform/logging/logger';
import { connectRedis } from '../../server/platform/redis/connection';
import { testRedisUrl, useTestRedis } from '../support/test-database';
import { echoRoom, origin, sampleApp } from './support/sample-app';

const redis = useTestRedis();
let app: Express;
beforeAll(async () => {
  ({ app } = await sampleApp(redis, [echoRoom()]));
});
beforeEach(() => redis.flushdb());

/** A browser with a session, and the form token of that session. */
async function visit(): Promise<{ browser: ReturnType<typeof request.agent>; token: string }> {
  const browser = request.agent(app);
  const token = (await browser.get('/form').expect(200)).text;
  return { browser, token };
}

describe('headers', () => {
  test('trust our own files and the payment page only', async () => {
    const { headers } = await request(app).get('/plain');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://127.0.0.1:12111");
    expect(policy).not.toMatch(/unsafe|https:|\*/);
    expect(headers).toMatchObject({ 'referrer-policy': 'same-origin', 'x-frame-options': 'DENY', 'cache-control': 'private, no-store' });
    expect(headers['x-request-id']).toMatch(/^req_[0-9a-z]{20}$/);
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  test('a hashed file is kept for a year, another is asked for anew', async () => {
    const hashed = await request(app).get('/css/base.css?v=0123abcd').expect(200);
    expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const plain = await request(app).get('/css/base.css').expect(200);
    expect(plain.headers['cache-control']).toBe('no-cache');
  });
});

describe('sessions', () => {
  test('a page that prints no token starts none', async () => {
    const { headers } = await request(app).get('/plain').expect(200);
    expect(headers).not.toHaveProperty('set-cookie');
    expect(await redis.keys('*session*')).toEqual([]);
  });

  test('the cookie is out of reach of scripts and other sites', async () => {
    const { headers } = await request(app).get('/form').expect(200);
    expect(headers['set-cookie']?.[0]).toMatch(/^warm-heart=.*; HttpOnly; SameSite=Lax$/);
  });
});

describe('a change', () => {
  test('with the token of its session is taken, as a field or as a header', async () => {
    const { browser, token } = await visit();
    await browser.post('/echo').type('form').send({ _csrf: token, yuan: '5' }).expect(200);
    await browser.post('/echo').set('x-csrf-token', token).set('Origin', origin).send({ yuan: '5' }).expect(200);
  });

  test.each`
    why                            | headers                                | body
    ${'has no token'}              | ${{}}                                  | ${() => ({})}
    ${'has a wrong token'}         | ${{}}                                  | ${() => ({ _csrf: 'x'.repeat(64) })}
    ${'has a doubled token'}       | ${{}}                                  | ${(token: string) => ({ _csrf: [token, token] })}
    ${'comes from another site'}   | ${{ Origin: 'https://evil.example' }}  | ${(token: string) => ({ _csrf: token })}
    ${'comes from another port'}   | ${{ Origin: 'http://localhost:3001' }} | ${(token: string) => ({ _csrf: token })}
    ${'hides where it comes from'} | ${{ Origin: 'null' }}                  | ${(token: string) => ({ _csrf: token })}
    ${'is sent by a foreign page'} | ${{ 'Sec-Fetch-Site': 'cross-site' }}  | ${(token: string) => ({ _csrf: token })}
  `('that $why is refused', async ({ headers, body }) => {
    const { browser, token } = await visit();
    const { text } = await browser.post('/echo').set(headers).type('form').send(body(token)).expect(403);
    expect(text).toContain('这一页开得太久了');
  });

  test("with another session's token is refused", async () => {
    const [mine, theirs] = [await visit(), await visit()];
    await mine.browser.post('/echo').type('form').send({ _csrf: theirs.token }).expect(403);
  });

  test('after Redis lost the session is refused; reading goes on', async () => {
    const { browser, token } = await visit();
    await redis.flushdb();
    await browser.get('/plain').expect(200);
    await browser.post('/echo').type('form').send({ _csrf: token }).expect(403);
    const fresh = (await browser.get('/form').expect(200)).text;
    await browser.post('/echo').type('form').send({ _csrf: fresh }).expect(200);
  });

  test('by a program without a token is told so as problem+json', async () => {
    const { body, headers } = await request(app).post('/api/v1/echo').send({}).expect(403);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toMatchObject({ code: 'access.csrf', status: 403 });
  });
});

describe('hostile bodies', () => {
  test('operator objects stay plain keys, and nothing reaches a prototype', async () => {
    const { browser, token } = await visit();
    const form = await browser.post('/echo').type('form').send(`_csrf=${token}&name[$ne]=x&__proto__[isAdmin]=1`).expect(200);
    expect(form.body.body).toMatchObject({ 'name[$ne]': 'x' });
    await browser.post('/echo').set('x-csrf-token', token).type('json').send('{"__proto__":{"isAdmin":true}}').expect(200);
    expect({}).not.toHaveProperty('isAdmin');
  });

  test.each`
    what                   | type                                   | body                                   | status
    ${'a form too large'}  | ${'application/x-www-form-urlencoded'} | ${`a=${'x'.repeat(110_000)}`}          | ${413}
    ${'JSON too large'}    | ${'application/json'}                  | ${JSON.stringify('x'.repeat(110_000))} | ${413}
    ${'too many fields'}   | ${'application/x-www-form-urlencoded'} | ${'a=1&'.repeat(1_001)}                | ${413}
    ${'malformed JSON'}    | ${'application/json'}                  | ${'{"yuan": 5'}                        | ${400}
    ${'a bare JSON value'} | ${'application/json'}                  | ${'5'}                                 | ${400}
    ${'an odd charset'}    | ${'application/json; charset=x-none'}  | ${'{}'}                                | ${400}
  `('$what is refused with $status', async ({ type, body, status }) => {
    const page = await request(app).post('/echo').set('Content-Type', type).send(body).expect(status);
    expect(page.headers['content-type']).toContain('text/html');
    const api = await request(app).post('/api/v1/echo').set('Content-Type', type).send(body).expect(status);
    expect(api.body.code).toMatch(/^input\./);
  });
});

describe('limits', () => {
  test('the address that asks too often waits, and hears how long', async () => {
    const { app: busy } = await sampleApp(redis, [echoRoom()], { requestsPerMinute: 2 });
    await request(busy).get('/plain').expect(200);
    await request(busy).get('/plain').expect(200);
    const { headers, text } = await request(busy).get('/plain').expect(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(text).toContain('请过 1 分钟再来');
    await request(busy).get('/healthz').expect(200);
  });

  test('a limit of its own counts what it names', async () => {
    const room = routes();
    const limiter = createLimiter({ redis, ledger: 'hean', logger: createLogger({ level: 'silent', process: 'test' }) })({
      name: 'pin',
      perMinute: 1,
      key: (req) => String(req.query['card']),
    });
    room.get('/pin', limited(limiter, open('test')), (_req, res) => res.send('ok'));
    const { app: guardedApp } = await sampleApp(redis, [room]);
    await request(guardedApp).get('/pin?card=a').expect(200);
    await request(guardedApp).get('/pin?card=b').expect(200);
    await request(guardedApp).get('/pin?card=a').expect(429);
  });
});

test('while Redis is away visitors still read, and who has a session is told to come back', async () => {
  const own = connectRedis(testRedisUrl());
  const { app: cutOff } = await sampleApp(own, [echoRoom()]);
  const browser = request.agent(cutOff);
  await browser.get('/form').expect(200);
  own.disconnect();
  await request(cutOff).get('/plain').expect(200);
  const { text, headers } = await browser.get('/plain').expect(503);
  expect(headers['retry-after']).toBe('5');
  expect(text).toContain('现在连不上');
});
