import { useCountyApp } from '../support/county-app';

const county = useCountyApp(); // 何平 is the cadre of 柳树村 and 石桥村

const placesOf = (text: string) => {
  const [, options = ''] = /<select[^>]*name="village"[^>]*>(.*?)<\/select>/s.exec(text) ?? [];
  return [...options.matchAll(/<option value="(\d+)"[^>]*>([^<]*)/g)].map(([, code, label]) => `${code} ${label?.trim()}`);
};

test('a cadre of two villages chooses between them, and the head of the page names both', async () => {
  const { text } = await (await county.agentOf('cadre-liushu')).get('/households').expect(200);
  expect(placesOf(text)).toEqual(['130499101201 安宁镇柳树村', '130499101202 安宁镇石桥村']);
  expect(text).toContain('安宁镇柳树村、安宁镇石桥村</span>');
});

test('a cadre of one village is offered no choice, a township officer the township and its villages', async () => {
  const one = await (await county.agentOf('cadre-hewan')).get('/households').expect(200);
  expect(placesOf(one.text)).toEqual([]);
  const township = await (await county.agentOf('township-anning')).get('/households').expect(200);
  expect(placesOf(township.text)).toEqual(['130499101 安宁镇', '130499101201 柳树村', '130499101202 石桥村']);
});

test('the queue of cases offers each township that somebody has cases in', async () => {
  const { text } = await (await county.agentOf('manager-1')).get('/aid/cases').expect(200);
  expect(text).toMatch(/<option value="130499101">安宁镇<\/option><option value="130499201">青河乡/);
});
