import { Gauge, Histogram, Registry } from 'prom-client';

// What this process measures, for Prometheus. Names and labels hold no personal data: templates, states and kinds only.
const registry = new Registry();
const prefix = 'warm_heart_';

interface Measure {
  /** Without the prefix; the unit last: `commit_seconds`. */
  name: string;
  help: string;
}

/** How something that happens often is spread. Defined once per process, where it is measured. */
export function histogram<Label extends string = never>({
  name,
  help,
  buckets,
  labels = [],
}: Measure & { buckets: readonly number[]; labels?: readonly Label[] }): Histogram<Label> {
  return new Histogram({ name: `${prefix}${name}`, help, buckets: [...buckets], labelNames: [...labels], registers: [registry] });
}

/**
 * A number that is read when it is asked for, such as breaks that are open; with a label, one number for each of its values. A room adds
 * it where it opens. One that cannot be read is NaN, so that the others are still told.
 */
export function addGauge(gauge: Measure & { read: () => Promise<number> }): void;
export function addGauge(gauge: Measure & { label: string; read: () => Promise<Readonly<Record<string, number>>> }): void;
export function addGauge({
  name,
  help,
  label,
  read,
}: Measure & { label?: string; read: () => Promise<number | Readonly<Record<string, number>>> }): void {
  registry.removeSingleMetric(`${prefix}${name}`); // an app made twice in one process (tests)
  new Gauge({
    name: `${prefix}${name}`,
    help,
    labelNames: label === undefined ? [] : [label],
    registers: [registry],
    async collect() {
      const found = await read().catch(() => Number.NaN);
      this.reset();
      if (typeof found === 'number') return label === undefined ? this.set(found) : undefined;
      for (const [value, count] of Object.entries(found)) this.set({ [label ?? '']: value }, count);
    },
  });
}

/** All of it in Prometheus' text format. */
export async function metricsText(): Promise<{ type: string; text: string }> {
  return { type: registry.contentType, text: await registry.metrics() };
}
