import type { Express } from 'express';
import type { Actor } from '../../server/kernel/context';
import { localDate } from '../../server/kernel/local-date';
import { findPointsOf } from '../../server/points';
import { Browser, hidden, journeyApp } from '../kiosk/kiosk-app';
import { useTestRedis } from '../support/test-database';
import { cadre, hewan, household, manager, person, requestKey, rule, system, township, usePointsCounty } from './points-county';

usePointsCounty();
const redis = useTestRedis();
let app: Express;
const journey: Record<string, Actor> = {};

beforeAll(async () => {
  const other = person('usr_other', 'townshipOfficer', '130499201');
  Object.assign(journey, { cadre: cadre.actor, township: township.actor, manager: manager.actor, other: other.actor });
  app = await journeyApp(redis, journey);
});

const as = (who: string) => new Browser(app, { 'x-as': who });
const idIn = (location: string | undefined) => /(ded_[0-9a-z]{20})/.exec(location ?? '')?.[1] ?? '';

test('a cadre records a deed, another person confirms it, and the points arrive', async () => {
  const { household: zhang } = await household('张小明');
  const sweeping = await rule('村里清扫', 10);
  const form = as('cadre');
  const page = await form.get(`/deeds/new?household=${zhang._id}`);
  expect(page.text).toContain('张*明户');
  expect(page.text).not.toContain('#trash'); // of public service, which also is settling a quarrel
  const recorded = await form.send('/deeds', {
    requestKey: hidden(page.text, 'requestKey'),
    household: zhang._id,
    rule: sweeping,
    day: 'other',
    otherDay: '2026-11-20',
    words: '清了村口到桥头的水沟',
  });
  const id = idIn(recorded.headers['location']);
  expect((await form.get(`/deeds/${id}`)).text).toContain('另一位来确认');

  const second = as('township');
  expect((await second.get('/deeds')).text).toContain('村里清扫');
  expect((await second.get(`/deeds/${id}`)).text).toContain('属实，给 10 分');
  const confirmed = await second.post(`/deeds/${id}/confirmations`);
  expect(confirmed.text).toContain('到账');
  expect((await second.post(`/deeds/${id}/confirmations`)).text).toContain('到账'); // a second click
  expect((await findPointsOf(system, zhang)).balance).toBe(10);
});

test('after a deed the next one is one tap away: the same village, rule and day, what was used last in front', async () => {
  const { household: first } = await household('周海燕');
  const { household: next } = await household('周海生');
  const { household: elsewhere } = await household('周海平', hewan);
  const [sweeping, mending] = [await rule('扫公路', 11), await rule('修水渠', 12)];
  journey['people'] = person('usr_two_villages', 'townshipOfficer', '130499').actor;
  const form = as('people');
  const page = await form.get(`/deeds/new?household=${first._id}`);
  expect(page.text.indexOf(sweeping)).toBeLessThan(page.text.indexOf(mending));
  const after = await form.post('/deeds', {
    requestKey: hidden(page.text, 'requestKey'),
    household: first._id,
    rule: mending,
    day: 'other',
    otherDay: '2026-11-12',
    words: '',
  });
  expect(after.text).toContain('下一件');
  expect(after.text).toContain(next._id);
  expect(after.text).not.toContain(elsewhere._id);
  const [address = 'no link'] = new RegExp(`/deeds/new\\?household=${next._id}&recorded=ded_[0-9a-z]{20}`).exec(after.text) ?? [];
  const second = await form.get(address);
  expect(second.text).toMatch(new RegExp(`value="${mending}" checked`));
  expect(second.text).toMatch(/value="other" checked/);
  expect(second.text).toContain('value="2026-11-12"');
  expect(second.text.indexOf(mending)).toBeLessThan(second.text.indexOf(sweeping));
});

test('two families whose masked names are the same are told apart by number and members, also among the latest', async () => {
  const { household: one } = await household('徐大海');
  const { household: two } = await household('徐小海');
  const form = as('cadre');
  const found = (await form.get(`/deeds/new?q=${encodeURIComponent('徐')}`)).text;
  for (const { number } of [one, two]) expect(found).toContain(`1 人　${number}`);
  const page = await form.get(`/deeds/new?household=${one._id}`);
  expect(page.text).toContain(`1 人　${one.number}`);
  expect(page.text).toContain('等确认的还没算进去');
  expect(page.text).not.toMatch(/for="[^"]*otherDay"[^<]*<[^<]*选填/);
  const asked = {
    requestKey: hidden(page.text, 'requestKey'),
    household: one._id,
    rule: await rule('修路', 10),
    day: 'other',
    otherDay: '',
    words: '',
  };
  expect((await form.post('/deeds', asked)).status).toBe(422);
  const after = await form.post('/deeds', { ...asked, otherDay: '2026-11-20' });
  expect(after.text).toMatch(new RegExp(`class="pills".*${one.number}　1 人`, 's'));
});

test('the form comes back with what was typed, and says at the field what is wrong', async () => {
  const { household: one } = await household('李梅');
  const form = as('cadre');
  const page = await form.get(`/deeds/new?household=${one._id}`);
  const again = await form.post('/deeds', {
    requestKey: hidden(page.text, 'requestKey'),
    household: one._id,
    day: '2026-11-25',
    words: '打扫了院子',
  });
  expect(again.status).toBe(422);
  expect(again.text).toContain('打扫了院子');
  expect(again.text).toContain('请填这一项');
});

test('what was recorded before is refused in plain words', async () => {
  const { household: one } = await household('王国');
  const sweeping = await rule('清扫', 10);
  const send = async () => {
    const form = as('cadre');
    await form.get(`/deeds/new?household=${one._id}`);
    return form.send('/deeds', { requestKey: requestKey(), household: one._id, rule: sweeping, day: '2026-11-24', words: '' });
  };
  expect((await send()).status).toBe(303);
  const again = await send();
  expect(again.status).toBe(409);
  expect(again.text).toContain('已经记过了');
});

test.each`
  who           | path            | status
  ${'manager'}  | ${'/deeds'}     | ${200}
  ${'manager'}  | ${'/deeds/new'} | ${403}
  ${'township'} | ${'/my/points'} | ${403}
  ${'nobody'}   | ${'/deeds'}     | ${303}
`('$who asks for $path: $status', async ({ who, path, status }) => {
  expect((await as(who).get(path)).status).toBe(status);
});

test('another township neither sees nor confirms it, by form or by JSON', async () => {
  const { household: one } = await household('孙兰');
  const form = as('cadre');
  await form.get(`/deeds/new?household=${one._id}`);
  const sent = await form.send('/deeds', {
    requestKey: requestKey(),
    household: one._id,
    rule: await rule('调解', 20),
    day: localDate('2026-11-24'),
    words: '',
  });
  const id = idIn(sent.headers['location']);
  expect((await as('other').get(`/deeds/${id}`)).status).toBe(404);
  expect((await as('other').get(`/deeds/new?household=${one._id}`)).status).toBe(404);
  const { household: theirs } = await household('钱多', hewan);
  const api = as('other');
  await api.get(`/deeds/new?household=${theirs._id}`);
  expect((await api.send(`/api/v1/deeds/${id}/confirmations`)).status).toBe(404);
});
