import { order, payPageOf, press, usePractice } from './practising';

const practice = usePractice();

async function pageOf(address: string): Promise<string> {
  const answer = await fetch(address);
  expect(answer.status).toBe(200);
  return answer.text();
}

test('the page says the sum, that it is practice, and the ways to pay', async () => {
  const page = await pageOf(payPageOf(await practice.ours.createCheckoutSession(order)));
  expect(page).toContain('<html lang="zh-CN">');
  expect(page).toContain('演练付款 · 不会动真钱');
  expect(page).toContain('>付 ¥10,000.00</button>');
  expect(page).toContain('D-2026-000123');
  expect([...page.matchAll(/name="method" value="(\w+)"/g)].map((match) => match[1])).toEqual(['card', 'wechat_pay', 'alipay']);
  expect(page).toContain('<a class="back" href="http://localhost:3000/give">先不付，回到捐赠页</a>');
  expect(page).not.toMatch(/<script|style=/);
});

test('the page is in the language of the session, and of the person who changes it', async () => {
  const address = payPageOf(await practice.ours.createCheckoutSession({ ...order, locale: 'en' }));
  expect(await pageOf(address)).toContain('>Pay ¥10,000.00</button>');
  expect(await pageOf(`${address}?lang=zh-CN`)).toContain('>付 ¥10,000.00</button>');
  expect(await pageOf(`${address}?lang=tlh`)).toContain('<html lang="en">');
});

test('what came from outside is shown as text', async () => {
  const hostile = '"><script>alert(1)</script>';
  const page = await pageOf(payPageOf(await practice.ours.createCheckoutSession({ ...order, productName: hostile, giftNumber: hostile })));
  expect(page).not.toContain('<script');
  expect(page).toContain('&lt;script&gt;');
});

test('the page keeps its address to itself and lets the form go nowhere but home and back', async () => {
  const { headers } = await fetch(payPageOf(await practice.ours.createCheckoutSession(order)));
  expect(headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:3000");
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('cache-control')).toBe('no-store');
});

test('the sheet is served', async () => {
  const answer = await fetch(`${practice.provider.url}/pay.css`);
  expect(answer.headers.get('content-type')).toContain('text/css');
  expect(await answer.text()).toContain('#b4461a');
});

test('a second press of the button pays nothing more and goes on like the first', async () => {
  const opened = await practice.ours.createCheckoutSession(order);
  const answers = await Promise.all([1, 2, 3].map(() => press(payPageOf(opened), 'pay')));
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
  expect((await practice.stripe.charges.list()).data).toHaveLength(1);
  expect(await pageOf(payPageOf(opened))).toContain('这一笔已经付好了');
});

test('a decline says so and leaves the way open', async () => {
  const opened = await practice.ours.createCheckoutSession(order);
  const answer = await press(payPageOf(opened), 'decline');
  expect(answer.status).toBe(303);
  const page = await pageOf(new URL(answer.headers.get('location') ?? '', practice.provider.url).href);
  expect(page).toContain('role="alert"');
  expect(page).toContain('这次没付成');
  expect(page).toContain('>付 ¥10,000.00</button>');
  expect((await practice.ours.readCheckoutSession(opened.id)).status).toBe('open');
});

test('an expired page cannot pay, and shows the way back', async () => {
  const opened = await practice.ours.createCheckoutSession(order);
  await press(payPageOf(opened), 'expire');
  const answer = await press(payPageOf(opened), 'pay');
  expect(answer.headers.get('location')).toBe(`/pay/${opened.id}?lang=zh-CN`);
  const page = await pageOf(payPageOf(opened));
  expect(page).toContain('这一页已经过期');
  expect(page).toContain('href="http://localhost:3000/give"');
  expect(await practice.ours.readCheckoutSession(opened.id)).toMatchObject({ status: 'expired', paymentStatus: 'unpaid' });
});

test('a page left open until its time is over cannot pay', async () => {
  const opened = await practice.ours.createCheckoutSession(order);
  practice.clock.advance(24 * 3_600_000);
  await press(payPageOf(opened), 'pay');
  expect((await practice.ours.readCheckoutSession(opened.id)).paymentStatus).toBe('unpaid');
});

test.each`
  outcome   | method    | why
  ${'pay'}  | ${'cash'} | ${'a way that is not offered'}
  ${'pay'}  | ${''}     | ${'no way chosen'}
  ${'gift'} | ${'card'} | ${'an unknown button'}
`('$why changes nothing and is said above the form', async ({ outcome, method }) => {
  const opened = await practice.ours.createCheckoutSession(order);
  const answer = await press(payPageOf(opened), outcome, method);
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('还没选怎样付款');
  expect((await practice.ours.readCheckoutSession(opened.id)).status).toBe('open');
});

test('the way on stands in the session, never in the request', async () => {
  const opened = await practice.ours.createCheckoutSession(order);
  const body = new URLSearchParams({ outcome: 'pay', method: 'card', success_url: 'https://evil.example' });
  const answer = await fetch(`${payPageOf(opened)}?success_url=https://evil.example`, { method: 'POST', redirect: 'manual', body });
  expect(answer.headers.get('location')).toMatch(/^http:\/\/localhost:3000\//);
});

test.each`
  path
  ${'/pay/cs_test_none'}
  ${'/pay/__proto__'}
  ${'/pay/%3Cscript%3E'}
`('$path is no page, in plain words', async ({ path }) => {
  for (const method of ['GET', 'POST']) {
    const answer = await fetch(`${practice.provider.url}${path}`, { method });
    expect(answer.status).toBe(404);
    const page = await answer.text();
    expect(page).toContain('没有这一页');
    expect(page).not.toContain('<script');
  }
});
