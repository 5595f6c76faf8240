import { checkTruths } from '../../scripts/county/run-truths';
import { families, officers, organisations } from '../../scripts/sample-county/cast';
import { ReceiptRange } from '../../server/donations/receipts/receipt-range.model';
import { FiledPlan } from '../../server/funds/papers/filed-plan.model';
import { useCountyApp } from '../support/county-app';

const county = useCountyApp();
const seats = [...officers.map(({ key }) => key), organisations[0].key, organisations[2].key, families[0].key, families[1].key];

test.each(seats)('%s signs in through the pages and finds the own account', async (key) => {
  const agent = await county.agentOf(key);
  await agent.get('/me').expect(200);
});

test.each(['finance-1', 'manager-1', 'auditor', 'admin'])('%s finds at most eight pages under one heading', async (key) => {
  const { text } = await (await county.agentOf(key)).get('/me').expect(200);
  const [side = ''] = text.split('</nav>');
  const groups = side.split('<ul class="side-links"').slice(1);
  expect(groups.length).toBeGreaterThan(2);
  for (const group of groups) expect(group.match(/<li>/g)?.length).toBeLessThanOrEqual(8);
});

test('transfers go to the account of whoever issues the receipts', async () => {
  const plan = await FiledPlan.findOne({ ledger: county.ctx.ledger }).lean<FiledPlan>();
  const ranges = await ReceiptRange.find({ ledger: county.ctx.ledger }).lean<ReceiptRange[]>();
  expect([...new Set(ranges.map(({ payee }) => payee))]).toEqual([plan?.bankAccount.holder]);
});

test('a browser can stand in for a kiosk', async () => {
  const kiosk = await county.kiosk();
  await kiosk.get('/kiosk').expect(200);
});

test('each number of policy has its page, also for who may propose', async () => {
  const admin = await county.agentOf('admin');
  const { text } = await admin.get('/settings').expect(200);
  const pages = new Set([...text.matchAll(/href="(\/settings\/[\w.]+)"/g)].map(([, page]) => page ?? ''));
  expect(pages.size).toBeGreaterThan(40);
  for (const page of pages) expect([page, (await admin.get(page)).status]).toEqual([page, 200]);
});

// An id, a word of the code, a fingerprint in full, a code of a place (6, 9 or 12 digits): what no reader of the audit should meet. A
// shortened fingerprint may end with digits, and a receipt has two numbers of ten.
const rawWords = /\b[a-z]{2,4}_[0-9a-z]{20}\b|\b[a-z]+[A-Z]\w*|\b[0-9a-f]{40,}\b|(?<![-\d])(?:\d{3}){2,4}\b(?!…)/g;

test.each(['zh-CN', 'en'])('whatever happened in the county is told in words (%s)', async (lang) => {
  const auditor = await county.agentOf('auditor');
  const met = new Set<string>();
  let pages = 0;
  for (let page: string | undefined = `/audit?limit=200&lang=${lang}`; page; ) {
    const { text }: { text: string } = await auditor.get(page).expect(200);
    pages += 1;
    const rows = text.slice(text.indexOf('<tbody>'), text.indexOf('</tbody>')).replace(/<[^>]*>/g, ' ');
    for (const [word] of rows.matchAll(rawWords)) met.add(word);
    page = / href="(\/audit\?[^"]*)" rel="next"/.exec(text)?.[1]?.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
  }
  expect(pages).toBeGreaterThan(1);
  expect([...met]).toEqual([]);
});

test.each(['zh-CN', 'en'])('limits are told in words on the pages of the ledger (%s)', async (lang) => {
  const auditor = await county.agentOf('auditor');
  const granted = await auditor.get(`/ledger/entries?kind=allowance.granted&lang=${lang}`).expect(200);
  const [, entry] = /href="(\/ledger\/entries\/\d+)"/.exec(granted.text) ?? [];
  const { text } = await auditor.get(entry ?? '').expect(200);
  const accounts = [...text.matchAll(/<th scope="row"><a href="[^"]*allowance[^"]*">([^<]*)</g)].map(([, words]) => words);
  expect(accounts.length).toBeGreaterThan(0);
  expect(accounts.join()).not.toMatch(/points-|limit-|hs_/);
});

test('the county holds all its truths', async () => {
  expect(await checkTruths('hean')).toEqual([]);
});
