import { addDays, daysBetween, type LocalDate, localDate, yearOf } from '../kernel/local-date';

/** One version of a number in time. */
export interface Step {
  from: LocalDate;
  /** Last day; without one until further notice. */
  to?: LocalDate | undefined;
  size: number;
  label: string;
  /** Past and coming versions, the one in force, and a proposal, which is dashed. */
  kind: 'still' | 'current' | 'proposed';
}

/** Across in percent of the width, with two decimals; down in pixels. */
interface Line {
  x1: string;
  x2: string;
  y1: number;
  y2: number;
  kind: Step['kind'];
}

interface Label {
  x: string;
  y: number;
  anchor: 'start' | 'end' | 'middle';
  text: string;
  kind: Step['kind'] | 'today' | 'axis';
}

export interface StepChart {
  height: number;
  floor: number;
  grounds: readonly { x: string; width: string; y: number; height: number; kind: Step['kind'] }[];
  lines: readonly Line[];
  labels: readonly Label[];
  today: { x: string; top: number };
}

const height = 168;
const floor = 138; // the axis; year numbers stand below it
const ceiling = 44; // room for a label above the highest step, and for "today" above that
const leastShare = 1_400; // a label needs 14 % of the width
const mostTicks = 7;

/**
 * A number over time as a step chart, for drawing only: steps as level lines with their value on them, a line for today, years below.
 * Shares of the width instead of a view box, so that the text stays readable on a phone. Steps come oldest first.
 */
export function stepChart(steps: readonly Step[], today: LocalDate, todayLabel: string): StepChart {
  const { first, last } = spanOf(steps, today);
  const days = daysBetween(first, last);
  const share = (day: LocalDate) => clamp(Math.floor((daysBetween(first, day) * 10_000) / days));
  const largest = Math.max(1, ...steps.map(({ size }) => size));
  const level = (size: number) => floor - Math.floor((Math.max(0, size) * (floor - ceiling)) / largest);
  const placed = steps.map((step) => {
    const end = step.to === undefined ? last : addDays(step.to, 1);
    return { ...step, x1: share(step.from), x2: share(end), y: level(step.size) };
  });
  return {
    height,
    floor,
    grounds: placed
      .filter(({ kind }) => kind !== 'proposed')
      .map(({ x1, x2, y, kind }) => ({ x: percent(x1), width: percent(x2 - x1), y, height: floor - y, kind })),
    lines: placed.flatMap(({ x1, x2, y, kind }, index) => {
      const before = placed[index - 1];
      const rise = before && before.x2 >= x1 ? [{ x1: percent(x1), x2: percent(x1), y1: before.y, y2: y, kind }] : [];
      return [...rise, { x1: percent(x1), x2: percent(x2), y1: y, y2: y, kind }];
    }),
    labels: [...placed.flatMap(stepLabel), todayMark(share(today), todayLabel), ...yearLabels(first, last, share)],
    today: { x: percent(share(today)), top: 18 },
  };
}

/** Whole years around all steps, and at least a year after today. */
function spanOf(steps: readonly Step[], today: LocalDate): { first: LocalDate; last: LocalDate } {
  const earliest = Math.min(yearOf(today), ...steps.map(({ from }) => yearOf(from)));
  const latest = Math.max(yearOf(today), ...steps.map(({ from }) => yearOf(from)));
  return { first: localDate(`${earliest}-01-01`), last: localDate(`${latest + 2}-01-01`) };
}

function stepLabel({ x1, x2, y, label, kind }: Step & { x1: number; x2: number; y: number }): Label[] {
  if (kind === 'still' && x2 - x1 < leastShare) return [];
  const toTheLeft = kind !== 'still' && x2 - x1 < 2 * leastShare ? x2 > 3_000 : false;
  return [{ x: percent(toTheLeft ? x2 : x1), y: y - 8, anchor: toTheLeft ? 'end' : 'start', text: label, kind }];
}

function todayMark(x: number, text: string): Label {
  return { x: percent(x), y: 12, anchor: x > 8_500 ? 'end' : 'middle', text, kind: 'today' };
}

function yearLabels(first: LocalDate, last: LocalDate, share: (day: LocalDate) => number): Label[] {
  const [from, to] = [yearOf(first), yearOf(last)];
  const apart = Math.ceil((to - from) / (mostTicks - 1));
  const years = Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((year) => (year - from) % apart === 0);
  return years.map((year) => {
    const x = share(localDate(`${year}-01-01`));
    const anchor = x < 300 ? 'start' : x > 9_700 ? 'end' : 'middle';
    return { x: percent(x), y: floor + 20, anchor, text: String(year), kind: 'axis' };
  });
}

function clamp(share: number): number {
  return Math.max(0, Math.min(10_000, share));
}

function percent(share: number): string {
  return `${Math.floor(share / 100)}.${String(share % 100).padStart(2, '0')}%`;
}
