import fc from 'fast-check';
import { faultsOfBooks } from './ledger-book-checks';
import { LedgerPlay, type Round } from './ledger-play';
import { pauses, steps } from './ledger-steps';

/** Books that one run fills from empty: enough rounds for lots to be drawn, moved, past, restored. */
const rounds: fc.Arbitrary<Round[]> = fc.array(fc.record({ pause: pauses, steps: fc.array(steps, { minLength: 1, maxLength: 8 }) }), {
  minLength: 1,
  maxLength: 40,
  size: 'max',
});

/** Plays random runs until so many postings have been tried. Returns how often each answer was given. */
export async function playRuns({ seed, postings }: { seed: number; postings: number }): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  let [tried, runs] = [0, 0];
  const property = fc.asyncProperty(rounds, async (some) => {
    const play = new LedgerPlay(`model-${seed}-${runs++}`);
    await play.open();
    try {
      for (const round of some) await play.play(round);
      const { stored, model } = await play.stored();
      expect(stored).toEqual(model);
      expect(await faultsOfBooks(play.ledger)).toEqual([]);
    } finally {
      await play.close();
    }
    tried += play.postings;
    for (const [answer, times] of play.seen) seen.set(answer, (seen.get(answer) ?? 0) + times);
  });
  // The seed of a failure is printed; to shrink it, run it again without endOnFailure.
  for (let round = 0; tried < postings; round++) await fc.assert(property, { numRuns: 10, seed: seed + round, endOnFailure: true });
  return seen;
}
