import type { Express } from 'express';
import request from 'supertest';
import { AppError, BrokenInvariant, failField } from '../../server/kernel/errors';
import { open } from '../../server/platform/http/guard';
import { routes } from '../../server/platform/http/routes';
import { zYuan } from '../../server/platform/validation/types';
import { z } from '../../server/platform/validation/zod';
import { useTestRedis } from '../support/test-database';
import { sampleApp } from './support/sample-app';

const redis = useTestRedis();
let app: Express;
let log: string[];

const faults: Record<string, () => void> = {
  'not-found': () => {
    throw new AppError('not-found');
  },
  stale: () => {
    throw new AppError('state.stale', { id: 'cas_1' });
  },
  field: () => failField('lines.0.yuan', 'too-long', { max: 3 }),
  zod: () => void z.object({ lines: z.array(z.object({ yuan: zYuan() })) }).parse({ lines: [{ yuan: 'x' }] }),
  invariant: () => {
    throw new BrokenInvariant('legs.sum-to-zero', { seq: 4711 });
  },
  bug: () => {
    throw new TypeError('secret of 13800000000');
  },
  away: () => {
    throw Object.assign(new Error('no server'), { name: 'MongoServerSelectionError' });
  },
};

beforeAll(async () => {
  const room = routes();
  const act = async (fault: string) => faults[fault]?.();
  room.get('/faults', open('test'), (_req, res) => void res.send('the list'));
  room.get('/faults/:fault', open('test'), async (req, res) => res.json(await act(req.params.fault)));
  room.get('/api/v1/faults/:fault', open('test'), async (req, res) => res.json(await act(req.params.fault)));
  room.get('/half', open('test'), (_req, res) => {
    res.write('half');
    throw new Error('late');
  });
  ({ app, log } = await sampleApp(redis, [room]));
});
beforeEach(() => void log.splice(0));

test.each`
  fault          | status | code                     | chinese
  ${'not-found'} | ${404} | ${'not-found'}           | ${'没有这一页'}
  ${'stale'}     | ${409} | ${'state.stale'}         | ${'刚才有人改过了'}
  ${'field'}     | ${422} | ${'input.invalid'}       | ${'太长了，最多 3 个字'}
  ${'zod'}       | ${422} | ${'input.invalid'}       | ${'金额写成'}
  ${'invariant'} | ${500} | ${'fault'}               | ${'是我们的错'}
  ${'bug'}       | ${500} | ${'fault'}               | ${'是我们的错'}
  ${'away'}      | ${503} | ${'service.unavailable'} | ${'现在连不上'}
`('$fault: a page in Chinese and problem+json, both with $status', async ({ fault, status, code, chinese }) => {
  const page = await request(app).get(`/faults/${fault}`).set('Accept', 'text/html').expect(status);
  expect(page.text).toContain(chinese);
  const { body, headers } = await request(app).get(`/api/v1/faults/${fault}`).expect(status);
  expect(headers['content-type']).toContain('application/problem+json');
  expect(body).toMatchObject({ type: `urn:warm-heart:${code}`, code, status, requestId: headers['x-request-id'] });
});

test.each`
  referer                           | back                | why
  ${'http://wh.test/gifts?state=x'} | ${'/gifts?state=x'} | ${'to the page that led here'}
  ${undefined}                      | ${'/faults'}        | ${'to the list of such things, where no page led here'}
  ${'http://wh.test/faults/stale'}  | ${'/faults'}        | ${'not to itself'}
  ${'http://evil.test/gifts'}       | ${'/faults'}        | ${'not to another site'}
  ${'http://wh.test//evil.test/x'}  | ${'/faults'}        | ${'nor to one that looks like a path of ours'}
  ${'nonsense'}                     | ${'/faults'}        | ${'not to nonsense'}
`('who is refused is led back $why', async ({ referer, back }) => {
  const asked = request(app).get('/faults/stale').set('Host', 'wh.test').set('Accept', 'text/html');
  const { text } = await (referer ? asked.set('Referer', referer) : asked).expect(409);
  expect(text.replaceAll('&#x3D;', '=')).toContain(`<a class="button main" href="${back}">回上一页</a>`);
});

test('an English reader gets English', async () => {
  const { text, headers } = await request(app).get('/nowhere?lang=en').expect(404);
  expect(headers['content-language']).toBe('en');
  expect(text).toContain('<html lang="en"');
});

test('problem+json points at each wrong field', async () => {
  const { body } = await request(app).get('/api/v1/faults/zod').expect(422);
  expect(body.errors).toEqual([{ pointer: '#/lines/0/yuan', code: 'not-yuan', detail: expect.stringContaining('金额') }]);
});

test('our own faults are logged with the number that the page shows, and say nothing about people', async () => {
  const { text, headers } = await request(app).get('/faults/bug?name=张伟').expect(500);
  const number = String(headers['x-request-id']);
  expect(text).toContain(number);
  expect(text).not.toMatch(/secret|TypeError/);
  expect(log.join('')).toContain(number);
  expect(log.join('')).not.toMatch(/13800000000|张伟|%E5/);
});

test.each`
  fault          | type                 | facts
  ${'bug'}       | ${'TypeError'}       | ${{ message: expect.stringContaining('secret of') }}
  ${'invariant'} | ${'BrokenInvariant'} | ${{ facts: { seq: 4711 } }}
`('a fault of ours ($fault) is logged with what and where it was', async ({ fault, type, facts }) => {
  await request(app).get(`/faults/${fault}`).expect(500);
  const lines = log.map((line) => JSON.parse(line) as { level: number; err?: object });
  const [line] = lines.filter(({ level }) => level >= 50);
  expect(line?.err).toMatchObject({ type, stack: expect.stringContaining('http-errors.test'), ...facts });
});

test("a caller's mistake is no fault of ours and is not logged as one", async () => {
  await request(app).get('/faults/stale').expect(409);
  expect(log.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50)).toEqual([]);
});

test('what passes by itself says when to come back', async () => {
  const { headers } = await request(app).get('/faults/away').expect(503);
  expect(headers['retry-after']).toBe('5');
});

test('htmx gets the message without the layout', async () => {
  const { text } = await request(app).get('/faults/stale').set('HX-Request', 'true').expect(409);
  expect(text).toContain('刚才有人改过了');
  expect(text).not.toContain('<html');
});

test.each`
  method   | path                      | status
  ${'get'} | ${'/nowhere'}             | ${404}
  ${'get'} | ${'/api/v1/nowhere'}      | ${404}
  ${'get'} | ${'/faults/%E0%A4%A'}     | ${400}
  ${'get'} | ${'/%E0%A4%A'}            | ${404}
  ${'get'} | ${'/css/../package.json'} | ${404}
`('$path is $status', async ({ path, status }) => {
  await request(app).get(path).expect(status);
});

test('a half answer is cut, never ended as if it were whole', async () => {
  await expect(request(app).get('/half')).rejects.toThrow(/aborted|hang up/);
});
