import { setTimeout as wait } from 'node:timers/promises';
import { type Rate, rateOf } from './in-flight';
import { percentile } from './percentile';

export interface Arrivals extends Rate {
  /** From arrival to answer. */
  medianMs: number;
  p99Ms: number;
}

/**
 * Operations that arrive evenly over `seconds`, whether or not those before are answered: what a live broadcast does to a fund. The rate
 * is over the time until the last answer.
 */
export async function runArriving(operations: number, seconds: number, operate: (n: number) => Promise<unknown>): Promise<Arrivals> {
  const startedAt = performance.now();
  const times: number[] = [];
  const running: Promise<void>[] = [];
  while (running.length < operations) {
    const due = Math.min(operations, Math.ceil(((performance.now() - startedAt) / 1000 / seconds) * operations));
    while (running.length < due) running.push(timed(running.length, operate, times));
    await wait(1);
  }
  await Promise.all(running);
  const rate = rateOf(operations, (performance.now() - startedAt) / 1000);
  return { ...rate, medianMs: percentile(times, 0.5), p99Ms: percentile(times, 0.99) };
}

async function timed(n: number, operate: (n: number) => Promise<unknown>, times: number[]): Promise<void> {
  const startedAt = performance.now();
  await operate(n);
  times.push(performance.now() - startedAt);
}
