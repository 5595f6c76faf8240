import { localDate } from '../../server/kernel/local-date';
import { type Step, stepChart } from '../../server/settings/step-chart';

const today = localDate('2026-11-24');
const step = (from: string, size: number, kind: Step['kind'], to?: string): Step => ({
  from: localDate(from),
  to: to === undefined ? undefined : localDate(to),
  size,
  label: `${size}`,
  kind,
});
const chart = stepChart(
  [
    step('2020-04-01', 3_000, 'still', '2021-12-31'),
    step('2022-01-01', 6_000, 'current', '2026-12-31'),
    step('2027-01-01', 8_000, 'proposed'),
  ],
  today,
  'today',
);

test('the highest step reaches the ceiling, the others their share of it', () => {
  const [low, middle, high] = ['still', 'current', 'proposed'].map(
    (kind) => chart.lines.find((line) => line.kind === kind && line.y1 === line.y2)?.y1,
  );
  expect([low, middle, high]).toEqual([103, 68, 44]); // floor 138: 94 high at 8,000, so 70 at 6,000 and 35 at 3,000
});

test('steps that follow each other are joined by a rise, the first is not', () => {
  const rises = chart.lines.filter(({ x1, x2 }) => x1 === x2);
  expect(rises.map(({ kind, y1, y2 }) => [kind, y1, y2])).toEqual([
    ['current', 103, 68],
    ['proposed', 68, 44],
  ]);
});

test('a gap between two versions stays a gap', () => {
  const { lines } = stepChart([step('2020-01-01', 1, 'still', '2020-12-31'), step('2022-01-01', 2, 'current')], today, 'today');
  expect(lines.filter(({ x1, x2 }) => x1 === x2)).toEqual([]);
});

test('the axis spans whole years, to two years after the last change, and names at most seven', () => {
  const years = chart.labels.filter(({ kind }) => kind === 'axis').map(({ text }) => text);
  expect(years).toEqual(['2020', '2022', '2024', '2026', '2028']);
});

test('today stands where it is in its year', () => expect(chart.today.x).toBe('76.61%'));

test('a version of thirty years ago and one number alone can be drawn', () => {
  expect(
    stepChart([step('1996-01-01', 0, 'current')], today, 'today').labels.filter(({ kind }) => kind === 'axis').length,
  ).toBeLessThanOrEqual(7);
  expect(stepChart([step('2026-11-25', 0, 'proposed')], today, 'today').lines).toHaveLength(1);
});

test('every place lies inside the picture', () => {
  const shares = [...chart.lines.flatMap(({ x1, x2 }) => [x1, x2]), ...chart.labels.map(({ x }) => x)].map((text) =>
    Number(text.replace('%', '')),
  );
  expect(shares.filter((share) => !(share >= 0 && share <= 100))).toEqual([]);
});
