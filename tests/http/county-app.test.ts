import { checkTruths } from '../../scripts/county/run-truths';
import { families, officers, organisations } from '../../scripts/sample-county/cast';
import { useCountyApp } from '../support/county-app';

const county = useCountyApp();
const seats = [...officers.map(({ key }) => key), organisations[0].key, organisations[2].key, families[0].key, families[1].key];

test.each(seats)('%s signs in through the pages and finds the own account', async (key) => {
  const agent = await county.agentOf(key);
  await agent.get('/me').expect(200);
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

test('the county holds all its truths', async () => {
  expect(await checkTruths('hean')).toEqual([]);
});
