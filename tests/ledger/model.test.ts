import { playRuns } from '../support/ledger-model-runs';
import { useTestDatabase } from '../support/test-database';

jest.setTimeout(60_000);
useTestDatabase();

test('the ledger answers as the model does, whatever is in flight, repeated, reordered, reopened', async () => {
  const seen = await playRuns({ seed: 20260301, postings: 1000 });
  const some = [
    'posted',
    'replayed',
    'note',
    'conflict',
    'fault',
    'floor',
    'stale',
    'exists',
    'noAccount',
    'closedDay',
    'late',
    'overflow',
  ];
  expect([...seen.keys()]).toEqual(expect.arrayContaining([...some, 'frozen', 'lotPast', 'spent', 'tooManyLots']));
});
