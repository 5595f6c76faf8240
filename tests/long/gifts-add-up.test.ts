import { playGifts } from '../support/gift-play-runs';
import { useTestDatabase } from '../support/test-database';

useTestDatabase();

test(
  'I3, I4: for 100,000 steps each page tells each fen, and the parts are the gift',
  async () => {
    const seen = await playGifts({ seed: Number(process.env['SEED'] ?? 1), steps: 100_000, each: 250 });
    expect(seen.get('pay')).toBeGreaterThan(4_000);
  },
  60 * 60_000,
);
