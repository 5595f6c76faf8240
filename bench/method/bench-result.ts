import type { Measured } from './rounds';

export interface BenchOptions {
  /** A twentieth of the work: to see that it runs, and which way a change goes. */
  quick: boolean;
  rounds: number;
  say: (line: string) => void;
  /** Of the database that all contestants share, for one that runs in another process. */
  uri: string;
}

/** A comparison of two medians, by name; `aim` is the least ratio that QUALITY asks for. */
export interface Ratio {
  of: string;
  to: string;
  aim?: number | undefined;
}

export interface BenchResult {
  id: string;
  title: string;
  measured: Measured[];
  ratios: Ratio[];
  /** What was checked in the data after the last round. */
  checked: string;
  /** Further figures, by name, with their unit: `p99 of a gift` → `840 ms`. */
  figures?: Record<string, string>;
}

/** Median of one by median of the other. */
export function ratioOf(result: BenchResult, { of, to }: Ratio): number {
  const median = (name: string) => result.measured.find((one) => one.name === name)?.median ?? Number.NaN;
  return median(of) / median(to);
}
