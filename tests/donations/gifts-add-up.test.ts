import { happenings } from '../support/gift-play';
import { playGifts } from '../support/gift-play-runs';
import { useTestDatabase } from '../support/test-database';

useTestDatabase();

test('I3, I4: whatever happens to gifts, each page tells each fen, and the parts are the gift', async () => {
  const seen = await playGifts({ seed: 20261130, steps: 220, each: 220 });
  expect([...seen.keys()].sort()).toEqual([...happenings].sort());
});
