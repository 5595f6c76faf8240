import { playRuns } from '../support/ledger-model-runs';
import { useTestDatabase } from '../support/test-database';

useTestDatabase();

test('the ledger answers as the model does for 100,000 postings', async () => {
  const seen = await playRuns({ seed: Number(process.env['SEED'] ?? 1), postings: 100_000 });
  expect(seen.get('posted')).toBeGreaterThan(20_000);
});
