import fc from 'fast-check';
import { donationsTruths } from '../../server/donations';
import { ledgerTruths } from '../../server/ledger';
import { GiftPlay, type Happening, happenings } from './gift-play';

const comparedEvery = 100; // each gift is followed anew: dearer than the steps
const often = ['gift', 'reserve', 'reserve', 'send', 'send', 'pay', 'askRefund', 'hold', 'holdWhole', 'withdraw', 'changePurpose'] as const;
const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(...happenings, ...often),
  pick: fc.nat(1000),
  size: fc.integer({ min: 1, max: 5_000_00 }),
});

/** Plays with the gifts of one county after the other until so many steps are done. Returns how often each thing happened. */
export async function playGifts(options: { seed: number; steps: number; each: number }): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  const { seed, steps, each } = options;
  let [done, counties] = [0, 0];
  const property = fc.asyncProperty(fc.array(happening, { minLength: each, maxLength: each }), async (some) => {
    const play = new GiftPlay(`gifts-${seed}-${counties++}`);
    await play.open();
    try {
      for (const [place, one] of some.entries()) {
        await play.play(one);
        if (place % comparedEvery === comparedEvery - 1) await play.compare();
      }
      await play.compare();
      const broken = await Promise.all([...ledgerTruths, ...donationsTruths].map((truth) => truth.check(play.ctx)));
      expect(broken.flat()).toEqual([]);
    } finally {
      await play.close();
    }
    done += some.length;
    for (const [what, times] of play.seen) seen.set(what, (seen.get(what) ?? 0) + times);
  });
  // The seed of a failure is printed; to shrink it, run it again without endOnFailure.
  for (let round = 0; done < steps; round++) await fc.assert(property, { numRuns: 1, seed: seed + round, endOnFailure: true });
  return seen;
}
