import { type BenchResult, ratioOf } from './bench-result';

/** The figures of a bench as a person reads them on the screen. */
export function describe(result: BenchResult): string {
  const width = Math.max(...result.measured.map(({ name }) => name.length));
  const lines = result.measured.map(
    ({ name, median, lowest, highest }) => `  ${name.padEnd(width)}  ${rate(median).padStart(9)}/s  (${rate(lowest)} to ${rate(highest)})`,
  );
  const ratios = result.ratios.map((ratio) => {
    const value = ratioOf(result, ratio);
    return `  ${ratio.of} ÷ ${ratio.to} = ${value.toFixed(2)}${verdict(value, ratio.aim)}`;
  });
  const figures = Object.entries(result.figures ?? {}).map(([name, value]) => `  ${name}: ${value}`);
  return [`${result.id}  ${result.title}`, ...lines, ...ratios, ...figures, `  checked: ${result.checked}`].join('\n');
}

/** Operations per second, with as many digits as mean something. */
export function rate(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString('en');
}

function verdict(value: number, aim: number | undefined): string {
  return aim === undefined ? '' : `  aim ${aim}: ${value >= aim ? 'met' : 'NOT met'}`;
}
