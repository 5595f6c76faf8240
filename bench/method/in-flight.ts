import { performance } from 'node:perf_hooks';

/** How fast something ran. */
export interface Rate {
  operations: number;
  seconds: number;
  perSecond: number;
}

/** Runs `operations` operations with a fixed number in flight: each that ends starts the next. The first error stops the run. */
export async function runInFlight(inFlight: number, operations: number, operate: (n: number) => Promise<unknown>): Promise<Rate> {
  return run(inFlight, (n) => n < operations, operate);
}

/** The same for a peer too slow to wait for: as many operations as it starts within `seconds`. */
export async function runForSeconds(inFlight: number, seconds: number, operate: (n: number) => Promise<unknown>): Promise<Rate> {
  const end = performance.now() + seconds * 1000;
  return run(inFlight, () => performance.now() < end, operate);
}

async function run(inFlight: number, goesOn: (n: number) => boolean, operate: (n: number) => Promise<unknown>): Promise<Rate> {
  let next = 0;
  const lane = async () => {
    while (goesOn(next)) await operate(next++);
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: inFlight }, lane));
  return rateOf(next, (performance.now() - startedAt) / 1000);
}

export function rateOf(operations: number, seconds: number): Rate {
  return { operations, seconds, perSecond: operations / seconds };
}
