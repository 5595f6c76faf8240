import { patternPages } from '../../../scripts/pattern-book/sample';
import { faultsOf, pixelsTooWide, type Screen } from '../../browser/page-faults';
import { usePatternBrowser } from '../../browser/pattern-browser';

// The pages of people are looked at in `npm test`, on their journeys; these show every part in every state. CI runs them, too.
const book = usePatternBrowser();

const shown = patternPages.flatMap((name): [string, Screen][] =>
  name.startsWith('kiosk-')
    ? [[name, 'kiosk']]
    : [
        [name, 'desktop'],
        [name, 'phone'],
      ],
);

test.each(shown)('%s, %s, has no fault, and keeps its width in English and in large text', async (name, size) => {
  const { page, complaints } = await book.open(name, size);
  const faults: unknown[] = await faultsOf(page, size);
  for (const query of ['?lang=en', '?text=large']) {
    await page.goto(`${book.address()}/${name}${query}`);
    const tooWide = await pixelsTooWide(page);
    if (tooWide !== 0) faults.push({ query, tooWide });
  }
  await page.context().close();
  expect([...faults, ...complaints]).toEqual([]);
});
