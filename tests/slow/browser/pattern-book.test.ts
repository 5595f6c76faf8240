import { screens } from '../../browser/page-faults';
import { usePatternBrowser } from '../../browser/pattern-browser';

const book = usePatternBrowser();
const { open } = book;

describe('with script', () => {
  test('the bar of a selection counts and adds up', async () => {
    const { page } = await open('queue', 'desktop');
    expect(await page.textContent('[data-batch-text]')).toBe('已选 3 件，拟补合计 \u00a55,750.00');
    await page.check('tbody tr:first-child input[data-tick]');
    expect(await page.textContent('[data-batch-text]')).toBe('已选 4 件，拟补合计 \u00a56,730.00');
    const ticked = page.locator('input[data-tick]:checked');
    while ((await ticked.count()) > 0) await ticked.first().uncheck();
    expect(await page.isVisible('[data-batch-bar]')).toBe(false);
    await page.check('[data-tick-all]');
    expect(await page.textContent('[data-batch-text] b')).toBe('10');
    await page.context().close();
  });

  test('keys act only while the list has the focus, and can be switched off', async () => {
    const { page } = await open('queue', 'desktop');
    await page.keyboard.press('j');
    expect(await page.locator('.current-row').count()).toBe(0);
    await page.focus('.table-scroll');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    expect(await page.isChecked('tbody tr:first-child input[data-tick]')).toBe(true);
    await page.click('[data-keys-off]');
    await page.focus('.table-scroll');
    await page.keyboard.press('j');
    expect(await page.locator('tbody tr:first-child.current-row').count()).toBe(1);
    await page.context().close();
  });

  test('the slash goes to the search field', async () => {
    const { page } = await open('queue', 'desktop');
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.name')).toBe('q');
    await page.context().close();
  });

  test('a number is copied', async () => {
    const { page } = await open('case', 'desktop');
    await page.click('[data-copy]');
    await page.waitForSelector('[role=status]:has-text("已复制")');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('A-2026-000412');
    await page.context().close();
  });

  test('without a clipboard the number is selected, and the page says so', async () => {
    const { page } = await open('case', 'desktop');
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    await page.click('[data-copy]');
    await page.waitForSelector('[role=status]:has-text("已选中")');
    expect(await page.evaluate('getSelection().toString()')).toBe('A-2026-000412');
    await page.context().close();
  });

  test('a dialog asks before many are approved, and can be left', async () => {
    const { page } = await open('queue', 'desktop');
    await page.click('[data-opens]');
    expect(await page.textContent('dialog[open] h2')).toBe('把 3 户的补差一起通过？');
    await page.click('dialog [data-closes]');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await page.context().close();
  });

  test('the list of errors has the focus and leads to the field', async () => {
    const { page } = await open('states', 'desktop');
    expect(await page.evaluate('document.activeElement.className')).toBe('error-box');
    await page.click('.error-box a >> nth=1');
    expect(await page.evaluate('document.activeElement.name')).toBe('amount');
    await page.context().close();
  });

  test('filters leave what is empty out of the address', async () => {
    const { page } = await open('queue', 'desktop');
    await page.selectOption('select[name=township]', '2');
    await page.waitForURL('**/queue?*');
    expect(new URL(page.url()).search).toBe('?township=2&days=30');
    await page.context().close();
  });
});

test('without script the filters, the selection and the menu are there', async () => {
  const context = await book.browser().newContext({ viewport: screens.phone, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${book.address()}/queue`);
  expect([await page.isVisible('[data-batch-bar]'), await page.isVisible('select[name=township]')]).toEqual([true, false]);
  await page.click('label[for=filters-open]');
  expect(await page.isVisible('select[name=township]')).toBe(true);
  await page.click('.bottom-tabs summary');
  expect(await page.isVisible('.more-sheet a')).toBe(true);
  await context.close();
});

test('only the pages for print are black on white at A4', async () => {
  const { page } = await open('notice-a4', 'desktop');
  const file = await page.pdf({ preferCSSPageSize: true });
  expect(file.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
  await page.context().close();
});
