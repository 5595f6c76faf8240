import { availableParallelism, cpus, loadavg } from 'node:os';

/** On what something was measured, and how. */
export interface Setting {
  node: string;
  database: string;
  cores: number;
  processor: string;
  /** Load of the machine in the minute before: above 0.5 others were at work, and the figures are provisional. */
  loadBefore: number;
  measuredAt: string;
  quick: boolean;
  rounds: number;
}

export function settingOf(database: string, how: { quick: boolean; rounds: number }): Setting {
  return {
    node: process.version,
    database,
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
    measuredAt: new Date().toISOString(),
    ...how,
  };
}
