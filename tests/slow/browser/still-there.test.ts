import { press, textOf, useCountyBrowser } from '../../browser/county-browser';
import { faultsOf } from '../../browser/page-faults';

const { visitor } = useCountyBrowser();

test('who stands there too long is asked aloud, and then forgotten', async () => {
  const kiosk = await visitor('kiosk');
  await kiosk.goto('/kiosk');
  await press(kiosk, 'button:has-text("河湾村")', /\/kiosk$/);
  await press(kiosk, 'a[href="/kiosk/number"]', '**/kiosk/number');
  expect(await faultsOf(kiosk, 'kiosk', 'tablet')).toEqual([]);
  await press(kiosk, 'a[href="/kiosk"]', /\/kiosk$/);
  await press(kiosk, '.demo-cards button:has-text("张*明")', '**/kiosk/me');
  await press(kiosk, 'a[href="/kiosk/help"]', '**/kiosk/help');
  expect(await faultsOf(kiosk, 'kiosk', 'tablet')).toEqual([]);
  await kiosk.goto('/kiosk/still-there');
  expect(await textOf(kiosk, 'h1')).toBe('您还在吗？');
  expect(await faultsOf(kiosk, 'kiosk', 'tablet')).toEqual([]);
  await press(kiosk, '[data-countdown-ends] button', /\/kiosk$/);
  await kiosk.goto('/kiosk/me');
  expect(await textOf(kiosk, 'h1')).toBe('请刷卡');
}, 60_000);
