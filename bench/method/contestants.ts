import { type Rate, runForSeconds, runInFlight } from './in-flight';
import type { Contestant } from './rounds';

type Operate = (n: number) => Promise<unknown>;

/** A contestant that counts what it has done, for the check afterwards. */
export interface CountingContestant extends Contestant {
  done(): number;
}

/** Rounds of so many operations; they are numbered on from round to round, so that no key comes twice. */
export function roundsOf(operations: number, name: string, inFlight: number, operate: Operate): CountingContestant {
  return counting(name, (first) => runInFlight(inFlight, operations, (n) => operate(first + n)));
}

/** Rounds of so many seconds, for a peer too slow for the same number of operations: it is compared by its rate. */
export function roundsOfSeconds(seconds: number, name: string, inFlight: number, operate: Operate): CountingContestant {
  return counting(name, (first) => runForSeconds(inFlight, seconds, (n) => operate(first + n)));
}

/** Rounds that run by themselves from the number they are given. */
export function counting(name: string, run: (first: number) => Promise<Rate>): CountingContestant {
  let done = 0;
  return {
    name,
    done: () => done,
    async round() {
      const rate = await run(done);
      done += rate.operations;
      return rate;
    },
  };
}
