import type { Rate } from './in-flight';

/** One of the things that are compared: ours, a peer, a bound. */
export interface Contestant {
  name: string;
  /** Runs one round; its set-up and warm-up lie behind it. */
  round(number: number): Promise<Rate>;
}

/** What the rounds of one contestant showed, in operations per second. */
export interface Measured {
  name: string;
  operations: number;
  median: number;
  lowest: number;
  highest: number;
}

/**
 * Lets the contestants run in turn, `rounds` times, so that whatever else the machine does hits all alike; each round starts with
 * another one. Round 0 is a warm-up that does not count.
 */
export async function alternate(contestants: readonly Contestant[], rounds: number, say: (line: string) => void): Promise<Measured[]> {
  const rates = new Map<string, Rate[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (let place = 0; place < contestants.length; place++) {
      const contestant = contestants[(round + place) % contestants.length];
      if (!contestant) continue;
      const rate = await contestant.round(round);
      say(`  ${round === 0 ? 'warm-up' : `round ${round}`}  ${contestant.name}: ${Math.round(rate.perSecond)}/s`);
      if (round > 0) rates.get(contestant.name)?.push(rate);
    }
  }
  return [...rates].map(([name, ofOne]) => measured(name, ofOne));
}

function measured(name: string, rates: readonly Rate[]): Measured {
  const sorted = rates.map((rate) => rate.perSecond).sort((a, b) => a - b);
  return {
    name,
    operations: rates.reduce((sum, rate) => sum + rate.operations, 0),
    median: middle(sorted),
    lowest: sorted[0] ?? 0,
    highest: sorted.at(-1) ?? 0,
  };
}

/** The middle of sorted numbers, the mean of the two middle ones where there are two. */
function middle(sorted: readonly number[]): number {
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
}
