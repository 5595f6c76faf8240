import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type BenchResult, type Ratio, ratioOf } from './bench-result';
import type { Setting } from './environment';
import { rate } from './report';

type KeptResult = Omit<BenchResult, 'ratios'> & { ratios: (Ratio & { value: number })[]; setting: Setting };

/** Puts a result in the place of the last one of the same bench; a quick one never replaces a full one. */
export function keepResult(file: string, result: BenchResult, setting: Setting): void {
  const known = readResults(file);
  if (setting.quick && known[result.id]?.setting.quick === false) return;
  const kept = {
    ...result,
    measured: rounded(result),
    ratios: result.ratios.map((one) => ({ ...one, value: digits(ratioOf(result, one)) })),
  };
  const all = { ...known, [result.id]: { ...kept, setting } };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}

function readResults(file: string): Record<string, KeptResult> {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function rounded({ measured }: BenchResult) {
  return measured.map((one) => ({ ...one, median: digits(one.median), lowest: digits(one.lowest), highest: digits(one.highest) }));
}

function digits(value: number): number {
  return Number(value.toPrecision(4));
}

const begin = '<!-- results: written by npm run bench -->';
const end = '<!-- end of results -->';

/** Renews the tables of a document between its two marks, so that what it says is what was measured. */
export function renewTables(document: string, file: string): void {
  const text = readFileSync(document, 'utf8');
  const [before, after] = [text.indexOf(begin), text.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`${document} has lost its marks for the results`);
  const tables = Object.values(readResults(file)).map(tableOf).join('\n');
  writeFileSync(document, `${text.slice(0, before + begin.length)}\n${tables}\n${text.slice(after)}`);
}

function tableOf({ id, title, measured, ratios, figures, checked, setting }: KeptResult): string {
  const { quick, rounds, measuredAt, database, node, cores, processor, loadBefore } = setting;
  const how = `${quick ? 'Quick run' : 'Full run'}, ${rounds} rounds, ${measuredAt.slice(0, 10)}, ${database}, Node ${node}`;
  return [
    `### ${id}: ${title}`,
    `${how}, ${cores} cores of ${processor}, load before ${loadBefore}.`,
    '',
    '| contestant | median /s | lowest | highest |',
    '|---|---:|---:|---:|',
    ...measured.map((one) => `| ${one.name} | ${rate(one.median)} | ${rate(one.lowest)} | ${rate(one.highest)} |`),
    '',
    '| ratio of medians | value | aim | |',
    '|---|---:|---:|---|',
    ...ratios.map(({ of, to, value, aim }) => `| ${of} ÷ ${to} | ${value} | ${aim ?? ''} | ${verdict(value, aim)} |`),
    '',
    ...Object.entries(figures ?? {}).map(([name, value]) => `- ${name}: ${value}`),
    `- checked afterwards: ${checked}`,
    '',
  ].join('\n');
}

function verdict(value: number, aim: number | undefined): string {
  return aim === undefined ? '' : value >= aim ? 'met' : '**not met**';
}
