import type { Express } from 'express';
import request from 'supertest';
import { SteppedClock } from '../../server/kernel/clock';
import { AppError, fail, failField } from '../../server/kernel/errors';
import { ApiRequest } from '../../server/platform/http/api-request.model';
import { both } from '../../server/platform/http/both';
import { renderForm } from '../../server/platform/http/form';
import { type Guard, guarded, open } from '../../server/platform/http/guard';
import { listRoutes } from '../../server/platform/http/route-table';
import { type Routes, routes } from '../../server/platform/http/routes';
import { zId, zNfcText, zRequestKey, zYuan } from '../../server/platform/validation/types';
import { z } from '../../server/platform/validation/zod';
import { useTestKeys } from '../support/sign-in';
import { useTestDatabase, useTestRedis } from '../support/test-database';
import { sampleApp } from './support/sample-app';

useTestDatabase();
const redis = useTestRedis();
useTestKeys();
const clock = new SteppedClock('2026-11-24T00:00:00Z');
let acts = 0;
let wait: Promise<void> | undefined;
const nobody = guarded('nobody', (_req, _res, next) => next(new AppError('access.denied')));

/** A room with one act for forms and programs, an upload and a webhook. */
function giftRoom(): Routes {
  const room = routes();
  room.get('/form', open('test'), (_req, res) => res.send(`${res.locals['csrfToken']}`));
  room.get('/closed', nobody, (_req, res) => res.send('never'));
  both(room, {
    method: 'post',
    path: '/gifts/:id/notes',
    guard: open('test'),
    summary: 'Adds a note to a gift',
    input: z.object({ id: zId(), text: zNfcText(10), yuan: zYuan(), requestKey: zRequestKey.optional() }),
    act: async (_ctx, input) => {
      acts += 1;
      await wait;
      if (input.text === 'closed') fail('state.not-allowed', { id: input.id });
      if (input.text === 'double') failField('text', 'taken');
      return input;
    },
    page: (res, { id }) => res.redirect(303, `/gifts/${id}`),
    showAgain: (_req, res, returned) =>
      returned.values['text'] === 'show'
        ? renderForm(res, 'errors/error', { code: 'input.invalid' }, returned)
        : res.status(returned.status).json(returned),
    answer: {
      status: 201,
      description: 'The note',
      schema: z.object({ giftId: z.string(), yuan: z.int(), key: z.string().optional() }),
      from: ({ id, yuan, requestKey }) => ({ giftId: id, yuan, key: requestKey }),
    },
  });
  room.upload('/files', open('test'), { field: 'file', maxBytes: 1_000 }, (req, res) =>
    res.json({ bytes: req.file?.size, note: (req.body as { note?: string }).note }),
  );
  room.webhook('/webhooks/test', open('signed'), (req, res) => {
    res.json({ raw: Buffer.isBuffer(req.body) && req.body.toString(), actor: req.ctx.actor.id, session: req.session !== undefined });
  });
  return room;
}

let app: Express;
beforeAll(async () => {
  ({ app } = await sampleApp(redis, [giftRoom()], { clock }));
});

async function visit() {
  const browser = request.agent(app);
  const token = (await browser.get('/form').expect(200)).text;
  return { browser, token };
}

describe('guards', () => {
  test('every route of the shell and of a room names one', () => {
    const table = listRoutes(app);
    expect(table.filter(({ guard }) => guard === undefined)).toEqual([]);
    expect(table).toEqual(
      expect.arrayContaining([
        { method: 'GET', path: '/healthz', guard: 'open: asked by the machine that runs us' },
        { method: 'GET', path: '/closed', guard: 'nobody' },
        { method: 'POST', path: '/api/v1/gifts/:id/notes', guard: 'open: test' },
        { method: 'POST', path: '/files', guard: 'open: test' },
        { method: 'POST', path: '/webhooks/test', guard: 'open: signed' },
      ]),
    );
  });

  test('a route that went around the builder is listed without one', () => {
    const room = routes();
    room.pages.get('/sneaky', (_req, res) => res.send('in'));
    return sampleApp(redis, [room]).then((sample) =>
      expect(listRoutes(sample.app)).toContainEqual({ method: 'GET', path: '/sneaky', guard: undefined }),
    );
  });

  test.each`
    what                         | add
    ${'has no guard'}            | ${(room: Routes) => room.get('/x', (() => undefined) as unknown as Guard, () => undefined)}
    ${'has a nameless guard'} | ${(room: Routes) => room.get('/x', guarded('', () => undefined), () => undefined)}
    ${'is there already'}        | ${(room: Routes) => ['a', 'b'].map(() => room.get('/x', nobody, () => undefined))}
    ${'has a path without root'} | ${(room: Routes) => room.get('x', nobody, () => undefined)}
  `('a route that $what stops the start', ({ add }) => {
    expect(() => add(routes())).toThrow(/route\./);
  });

  test('a guard that refuses keeps the handler from running', async () => {
    await request(app).get('/closed').expect(403);
  });

  test('another method of a known path is 405 and says which ones there are', async () => {
    const { headers } = await request(app).get('/files').expect(405);
    expect(headers['allow']).toBe('POST');
  });
});

describe('one act for forms and programs', () => {
  test('a form is redirected', async () => {
    const { browser, token } = await visit();
    const { headers } = await browser.post('/gifts/D-1/notes').type('form').send({ _csrf: token, text: '好', yuan: '12.50' }).expect(303);
    expect(headers['location']).toBe('/gifts/D-1');
  });

  test('a program gets JSON; the path says which gift, the header which try', async () => {
    const { browser, token } = await visit();
    const { body } = await browser
      .post('/api/v1/gifts/D-1/notes')
      .set({ 'x-csrf-token': token, 'Idempotency-Key': 'try-0001' })
      .send({ id: 'D-2', text: '好', yuan: '12.50' })
      .expect(201);
    expect(body).toEqual({ giftId: 'D-1', yuan: 1250, key: expect.stringMatching(/^[0-9a-f]{40}$/) }); // a visitor's, bound to the session
  });

  test('a program that sends wrong fields gets 422 and pointers', async () => {
    const { browser, token } = await visit();
    const { body } = await browser.post('/api/v1/gifts/D-1/notes').set('x-csrf-token', token).send({ yuan: 5 }).expect(422);
    expect(body.errors).toMatchObject([
      { pointer: '#/text', code: 'required' },
      { pointer: '#/yuan', code: 'wrong-type' },
    ]);
  });

  test('an address that can name nothing is not found, whatever else is wrong, for pages and programs', async () => {
    const { browser, token } = await visit();
    const sent = { _csrf: token, text: '', yuan: '1' };
    const page = await browser.post('/gifts/%2A%2A/notes').type('form').send(sent).expect(404);
    expect(page.text).toContain('没有这一页');
    const { body } = await browser.post('/api/v1/gifts/%2A%2A/notes').set('x-csrf-token', token).send({ text: 'a', yuan: '1' }).expect(404);
    expect(body.code).toBe('not-found');
  });

  test('a form with wrong fields comes back as typed, without its secrets', async () => {
    const { browser, token } = await visit();
    const sent = { _csrf: token, text: '', yuan: '一百', password: 'hunter2', pin: '1234', boxes: ['a', 'b'] };
    const { body } = await browser.post('/gifts/D-1/notes').type('form').send(sent).expect(422);
    expect(body).toEqual({
      status: 422,
      values: { text: '', yuan: '一百', boxes: ['a', 'b'] },
      issues: [
        { path: 'text', code: 'required', params: { min: 1 } },
        { path: 'yuan', code: 'not-yuan', params: {} },
      ],
    });
  });

  test.each`
    text        | status | returned                                                                          | why
    ${'closed'} | ${409} | ${{ issues: [], refusal: { code: 'state.not-allowed', details: { id: 'D-1' } } }} | ${'a rule'}
    ${'double'} | ${422} | ${{ issues: [{ path: 'text', code: 'taken', params: {} }] }}                      | ${'a field that only the act can judge'}
  `('a form refused for $why comes back too', async ({ text, status, returned }) => {
    const { browser, token } = await visit();
    const { body } = await browser.post('/gifts/D-1/notes').type('form').send({ _csrf: token, text, yuan: '1' }).expect(status);
    expect(body).toMatchObject(returned);
  });

  test('renderForm shows the sentences in the page, for browsers and htmx alike', async () => {
    const { browser, token } = await visit();
    const { text } = await browser
      .post('/gifts/D-1/notes')
      .set('HX-Request', 'true')
      .type('form')
      .send({ _csrf: token, text: 'show', yuan: 'x' })
      .expect(422);
    expect(text).toContain('金额写成');
  });
});

describe('a change asked for under a key', () => {
  let visitor: ReturnType<typeof visit>;
  beforeEach(() => {
    visitor = visit();
  });
  const ask = async (key: string, fields: object, by = visitor) => {
    const { browser, token } = await by;
    return browser.post('/api/v1/gifts/D-1/notes').set({ 'x-csrf-token': token, 'Idempotency-Key': key }).send(fields);
  };
  const fields = { text: '好', yuan: '12.50' };

  test('is done once; whoever asks again gets the first answer, in whatever order the fields stand', async () => {
    const before = acts;
    const first = await ask('once-0001', fields);
    const again = await ask('once-0001', { yuan: '12.50', text: '好' });
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect(acts).toBe(before + 1);
    const [kept] = await ApiRequest.find({ ledger: 'hean' }).sort({ at: -1, _id: -1 }).limit(1).lean();
    expect([JSON.stringify(kept).includes('answer'), JSON.stringify(kept).includes('giftId')]).toEqual([true, false]); // sealed
  });

  test('of another visitor is another request, whatever its key and fields', async () => {
    const first = await ask('mine-0001', fields);
    const other = await ask('mine-0001', fields, visit());
    expect([first.status, other.status, other.body.key === first.body.key]).toEqual([201, 201, false]);
  });

  test('with something else in it is a conflict', async () => {
    await ask('other-0001', fields);
    expect(await ask('other-0001', { ...fields, text: '坏' })).toMatchObject({ status: 409, body: { code: 'ledger.conflict' } });
  });

  test('and refused leaves the key free', async () => {
    expect((await ask('free-0001', { ...fields, text: 'closed' })).status).toBe(409);
    expect((await ask('free-0001', { ...fields, yuan: 'x' })).status).toBe(422);
    expect((await ask('free-0001', fields)).status).toBe(201);
  });

  test('with a key that is none is told so', async () => {
    expect(await ask('a b', fields)).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/requestKey', code: 'not-an-id' }] } });
  });

  test('while the first is worked on is asked to wait; one that was left behind is taken over', async () => {
    let go = () => undefined as unknown;
    wait = new Promise((resolve) => {
      go = () => resolve();
    });
    const before = acts;
    const first = ask('slow-0001', fields);
    while (acts === before) await new Promise(setImmediate);
    const second = await ask('slow-0001', fields);
    expect(second).toMatchObject({ status: 409, body: { code: 'request.running' } });
    expect(second.headers['retry-after']).toBe('1');
    clock.advance(30_000);
    wait = undefined;
    expect((await ask('slow-0001', fields)).status).toBe(201);
    go();
    expect((await first).status).toBe(201);
    expect((await ask('slow-0001', fields)).status).toBe(201);
    expect(acts).toBe(before + 2);
  });
});

describe('a file', () => {
  const send = async (token: string | undefined, bytes: number, field = 'file') => {
    const { browser, token: right } = await visit();
    const post = browser.post('/files').field('note', '好');
    if (token !== 'none') post.field('_csrf', token ?? right);
    return post.attach(field, Buffer.alloc(bytes), 'a.bin');
  };

  test('is read together with the fields and the token of its form', async () => {
    const { status, body } = await send(undefined, 500);
    expect({ status, body }).toEqual({ status: 200, body: { bytes: 500, note: '好' } });
  });

  test.each`
    token        | bytes    | field      | status | why
    ${'none'}    | ${10}    | ${'file'}  | ${403} | ${'without a token'}
    ${'wrong'}   | ${10}    | ${'file'}  | ${403} | ${'with a wrong token'}
    ${undefined} | ${1_001} | ${'file'}  | ${413} | ${'too large'}
    ${undefined} | ${10}    | ${'other'} | ${400} | ${'in a field that nobody asked for'}
  `('$why is refused with $status', async ({ token, bytes, field, status }) => {
    expect(await send(token, bytes, field)).toMatchObject({ status });
  });

  test('in a body that ends too early is refused as malformed, not taken for a fault of ours', async () => {
    const { browser, token } = await visit();
    const half = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n1';
    await browser.post('/files').set('x-csrf-token', token).set('Content-Type', 'multipart/form-data; boundary=x').send(half).expect(400);
  });
});

describe('a webhook', () => {
  test('is handed over byte by byte, as a machine without session or token', async () => {
    const raw = '{"a": 1,  "b":2}';
    const { body } = await request(app).post('/webhooks/test').type('application/json').send(raw).expect(200);
    expect(body).toEqual({ raw, actor: 'system:webhook', session: false });
  });

  test('larger than any the provider sends is refused', async () => {
    await request(app)
      .post('/webhooks/test')
      .type('application/json')
      .send(JSON.stringify('x'.repeat(300_000)))
      .expect(413);
  });
});

describe('the description of the API', () => {
  test('is made from the schemas that parse', async () => {
    const { body } = await request(app).get('/api/v1/openapi.json').expect(200);
    const operation = body.paths['/api/v1/gifts/{id}/notes'].post;
    expect(operation.parameters).toMatchObject([
      { name: 'id', in: 'path', required: true },
      { name: 'Idempotency-Key', in: 'header', required: false },
    ]);
    expect(operation.requestBody.content['application/json'].schema).toMatchObject({
      required: ['text', 'yuan'],
      properties: { text: { type: 'string', maxLength: 10 }, yuan: { type: 'string' } },
    });
    expect(operation.responses['201'].content['application/json'].schema.properties).toHaveProperty('giftId');
    expect(operation.responses.default.content['application/problem+json'].schema).toEqual({ $ref: '#/components/schemas/Problem' });
  });

  test('is shown by files of our own origin', async () => {
    const { text } = await request(app).get('/api/docs').expect(200);
    const addresses = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(addresses).toHaveLength(3);
    for (const address of addresses) await request(app).get(address).expect(200);
  });
});
