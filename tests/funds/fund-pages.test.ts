import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordIncome, tellNeeds } from '../../server/funds';
import { recordIncomeInput } from '../../server/funds/funds.inputs';
import { fundBalances } from '../../server/funds/overview/fund-balances';
import type { Need } from '../../server/funds/overview/match-needs';
import { needsPage } from '../../server/funds/overview/needs-page';
import { findStatement } from '../../server/funds/statement/find-statement';
import { localDate } from '../../server/kernel/local-date';
import { loadTranslator } from '../../server/platform/i18n/translator';
import { formatSum } from '../../server/platform/views/format';
import { useCountyApp } from '../support/county-app';
import { pdfPages } from '../support/pdf-text';
import { submit } from '../support/sign-in';

const county = useCountyApp(); // gifts and reserved cases of last year and this one
const today = localDate('2026-11-24');
const year = { from: localDate('2026-01-01'), to: today };
const everything = { from: localDate('2020-01-01'), to: today };

let interest: string;
beforeAll(async () => {
  const fields = { document: '利息单 4 号', legalBasis: '存款合同', receivedOn: '2026-11-20', purpose: 'general' };
  const income = { ...fields, requestKey: 'interest-of-year', source: 'interest', bankSerial: 'NSH20261120-7', amount: '321.07' };
  ({ number: interest } = await recordIncome(county.stage.as('finance-1'), recordIncomeInput.parse(income)));
});

test('the statement of any two periods that meet goes on to the fen, and agrees with the balances that entries store', async () => {
  const [before, after, whole] = await Promise.all([
    findStatement(county.ctx, { from: everything.from, to: localDate('2025-12-31') }),
    findStatement(county.ctx, year),
    findStatement(county.ctx, everything),
  ]);
  expect(before.total.opening).toBe(0);
  expect(after.total.opening).toBe(before.total.closing);
  expect(whole.total.closing).toBe(after.total.closing);
  for (const column of ['in', 'used', 'moved', 'givenBack'] as const)
    expect(before.total[column] + after.total[column]).toBe(whole.total[column]);
  expect(whole.total.used).toBeGreaterThan(0);
  for (const one of [before, after, whole]) {
    expect(one.agrees).toBe(true);
    expect(one.standing.otherFen).toBe(0);
    expect(one.sources.reduce((sum, { fen }) => sum + fen, 0)).toBe(one.total.in);
  }
  expect(after.sources).toContainEqual({ source: 'interest', fen: 321_07, entries: 1 });
});

test('each figure of the statement opens entries that add up to it', async () => {
  const auditor = await county.agentOf('auditor');
  for (const page of ['/funds/statement', '/ledger/entries']) {
    const turned = await auditor.get(`${page}?from=${today}&to=2020-01-01`).expect(200);
    expect(turned.text).toMatch(/id="q-to-error"[\s\S]*结束日期比开始还早[\s\S]*name="to"[^>]*value="2020-01-01"/);
  }
  const { text } = await auditor.get(`/funds/statement?from=${everything.from}&to=${today}`).expect(200);
  const figures = [...text.matchAll(/href="(\/funds\/statement\/entries\?[^"]+)"[^>]*>(?:<[^>]+>)*([−¥\d,.]+)/g)];
  expect(figures.length).toBeGreaterThan(8);
  for (const [, href = '', figure = ''] of figures) {
    const { text: page } = await auditor.get(href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')).expect(200);
    const [, , net = ''] = [...page.matchAll(/<dd>(?:<[^>]+>)*([−¥\d,.]+)/g)].map(([, sum]) => sum);
    expect([href, net.replace('−', '')]).toEqual([href, figure.replace('−', '')]);
  }
});

test('the files say the same as the page', async () => {
  const finance = await county.agentOf('finance-1');
  const query = `from=${year.from}&to=${today}`;
  const { total } = await findStatement(county.ctx, year);
  const binary = (path: string) =>
    finance
      .get(path)
      .buffer(true)
      .parse((res, done) => {
        const parts: Buffer[] = [];
        res.on('data', (part: Buffer) => parts.push(part));
        res.on('end', () => done(null, Buffer.concat(parts)));
      });
  const pdf = await binary(`/funds/statement.pdf?${query}`).expect(200);
  const pages = await pdfPages(pdf.body as Buffer, mkdtempSync(join(tmpdir(), 'wh-statement-')));
  expect(pages).toHaveLength(1);
  for (const figure of [total.opening, total.in, total.used, total.closing]) expect(pages[0]).toContain(formatSum(figure, 'bare'));
  const excel = await binary(`/funds/statement.xlsx?${query}`).expect(200);
  expect((excel.body as Buffer).subarray(0, 2).toString()).toBe('PK');
});

test('a finance officer records income by the form; others see it and cannot record any', async () => {
  const finance = await county.agentOf('finance-2');
  const form = {
    requestKey: 'relief-day-2026',
    source: 'reliefDay',
    document: '扶贫日公告',
    legalBasis: '慈善法第七十二条',
    amount: '8,800',
  };
  const more = { bankSerial: 'NSH20261124-1', receivedOn: '2026-11-24', purpose: 'illness', place: '130499101', lastDay: '2026-12-31' };
  const wrong = await submit(finance, '/funds/incomes/new', '/funds/incomes', { ...form, ...more, legalBasis: '', amount: 'viel' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('扶贫日公告');
  const { headers } = await submit(finance, '/funds/incomes/new', '/funds/incomes', { ...form, ...more });
  const page = await finance.get(headers['location'] ?? '').expect(200);
  expect(page.text).toMatch(/扶贫日募集[\s\S]*8,800\.00/);
  const manager = await county.agentOf('manager-1');
  await manager.get('/funds/incomes/new').expect(403);
  expect((await manager.get('/funds/incomes?source=reliefDay').expect(200)).text).toContain('扶贫日公告');
  const funds = await manager.get('/funds').expect(200);
  expect(funds.text).toMatch(/2026年12月31日 到期，还有 ¥8,800\.00 没用/);
  expect(funds.text).toContain('低于 ¥500,000.00');
});

test('the page of gifts and needs names cases by number and village, wishes by purpose, and no family', async () => {
  const manager = await county.agentOf('manager-1');
  const { text } = await manager.get('/funds/needs').expect(200);
  expect(text).toContain('没人等的钱');
  expect(text.slice(text.indexOf('<main'))).not.toMatch(/张|李|王/);
});

test('everybody may see the fund: in by source, out by purpose with small cells hidden, and the same closing', async () => {
  const text = await (await fetch(`${county.url}/fund`)).text();
  const { total, rows } = await findStatement(county.ctx, year);
  expect(text).toContain('存款利息');
  expect(text).toContain(formatSum(total.closing));
  const used = rows.filter((row) => row.used > 0);
  const outgoing = text.slice(text.indexOf('支出按用途'));
  expect(used.length).toBeGreaterThan(0);
  for (const row of used) if (row.used !== total.used) expect(outgoing).not.toContain(formatSum(row.used)); // fewer than five households each
});

test('public pages of the year count other income in, to the fen', async () => {
  const text = await (await fetch(`${county.url}/money`)).text();
  expect(text).toContain('财政和其他收入');
  expect(text).toContain('一分不差');
});

test('a change of purpose: who cannot ask or confirm reads who can, and finds no button that leads nowhere', async () => {
  const [finance, second] = [await county.agentOf('finance-1'), await county.agentOf('finance-2')];
  const [manager, auditor] = [await county.agentOf('manager-1'), await county.agentOf('auditor')];
  for (const looking of [manager, auditor]) {
    const { text } = await looking.get('/funds/changes').expect(200);
    expect(text).toContain('由财务人员提出，基金管理员确认');
    expect(text).not.toContain('/funds/changes/new');
    expect(text).not.toContain('在这里提出');
  }
  expect((await finance.get('/funds/changes').expect(200)).text).toContain('href="/funds/changes/new"');

  const form = `/funds/changes/new?origin=${interest}`;
  const lot = /<option value="([^"]+)"/.exec((await finance.get(form).expect(200)).text)?.[1] ?? '';
  const asked = {
    origin: interest,
    lot,
    amount: '21.07',
    purpose: 'illness',
    consentOn: today,
    consentDocument: '存款合同补充 2 号',
    reason: '因病的家庭在等',
  };
  const sent = await submit(finance, form, '/funds/changes', { requestKey: 'change-of-interest', ...asked });
  expect(sent.status).toBe(303);
  const path = String(sent.headers['location']);
  const confirms = `action="${path}/confirmations"`;
  for (const waiting of [finance, second, auditor]) {
    const { text } = await waiting.get(path).expect(200);
    expect(text).not.toContain(confirms);
    expect(text).toContain(waiting === finance ? '您提出的，要由基金管理员确认' : '等基金管理员确认');
  }
  expect((await manager.get(path).expect(200)).text).toContain(confirms);

  const { text } = await auditor.get(path).expect(200);
  expect(text).toContain(`<a href="/funds/incomes/${interest}">${interest}</a>`);
  const pool = /href="(\/ledger\/pools\/[^"]+)">([^<]+)</.exec(text);
  expect(pool?.[2]).toMatch(/\p{Script=Han}/u);
  await auditor.get(pool?.[1] ?? '').expect(200);
  await auditor.get('/funds/changes/%2A').expect(404);
});

test('a need that no money covers stands with what is missing, a wish that no family waits for with what is free', async () => {
  const fields = { document: '捐款协议 9 号', legalBasis: '协议', receivedOn: '2026-11-20', purpose: 'schooling', place: '130499101202' };
  const income = { ...fields, requestKey: 'wish-of-nobody', source: 'other', bankSerial: 'NSH20261120-9', amount: '77.11' };
  await recordIncome(county.stage.as('finance-1'), recordIncomeInput.parse(income));
  const balances = (await fundBalances(county.ctx)).flatMap(({ purposes }) => purposes.flatMap(({ restrictions }) => restrictions));
  const usable = balances.filter(
    ({ restriction: { purpose, area } }) => ['illness', 'general'].includes(purpose) && (!area || area === '130499101'),
  );
  const freeFen = usable.reduce((sum, one) => sum + one.freeFen, 0);
  const need = {
    number: 'A-TEST-1',
    href: '/cases/test',
    cause: 'illness',
    village: '130499101201',
    day: today,
    amountFen: freeFen + 5_55,
  };
  tellNeeds('aid', async () => [need as Need]);
  const { needs, wishes, shortFen } = await needsPage(county.ctx, (await loadTranslator({ strict: true })).in('zh-CN'));
  expect(needs.map(({ number, shortFen: fen }) => [number, fen])).toEqual([['A-TEST-1', 5_55]]);
  expect(shortFen).toBe(5_55);
  expect(wishes).toContainEqual(expect.objectContaining({ freeFen: 77_11, href: expect.stringContaining('schooling') }));
});
