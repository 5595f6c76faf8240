import { amountOf, closeBenchBook, openBenchBook, openingBalance, pairOf } from './ledger/bench-book';
import { postTransfer } from './ledger/bench-postings';
import { checkBook } from './ledger/check-book';
import type { BenchOptions, BenchResult } from './method/bench-result';
import { counting, roundsOf, roundsOfSeconds } from './method/contestants';
import { alternate } from './method/rounds';
import { bareInserts, openBareEntries } from './peers/bare-inserts';
import { checkMediciBook, mediciTransfer, openMediciBook } from './peers/medici-book';

const purses = 10_000;
const bound = 'bare insertMany(500)';

/**
 * Postings of two legs over 10,000 accounts, a key and a floor each, with 64 and with 256 in flight. Peer: medici by its README's safe
 * pattern, as it comes and, for its best, without snapshots of balances. Bound: bare inserts of the same entries.
 */
export async function benchPostings({ quick, rounds, say }: BenchOptions): Promise<BenchResult> {
  const postings = quick ? 10_000 : 200_000;
  const peerSeconds = quick ? 3 : 20;
  const perRound = Math.ceil(postings / rounds);
  await openBenchBook(purses);
  await openMediciBook(purses, openingBalance);
  await openBareEntries();

  const ours = (inFlight: number) => {
    const name = `ledger, ${inFlight} in flight`;
    return roundsOf(perRound, name, inFlight, (n) => postTransfer(`${inFlight}:${n}`, ...pairOf(n, purses), amountOf(n)));
  };
  const medici = (inFlight: number, snapshots: boolean) => {
    const name = `medici${snapshots ? '' : ' without snapshots'}, ${inFlight} in flight`;
    return roundsOfSeconds(peerSeconds, name, inFlight, (n) =>
      mediciTransfer(`${name}:${n}`, ...pairOf(n, purses), amountOf(n), snapshots),
    );
  };
  const peers = [medici(64, true), medici(256, true), medici(256, false)];
  const bare = counting(bound, (first) => bareInserts(first, perRound, purses));
  const measured = await alternate([ours(64), ours(256), ...peers, bare], rounds, say);

  const checked = await checkBook();
  await checkMediciBook(peers.reduce((sum, peer) => sum + peer.done(), 0));
  await closeBenchBook();
  return {
    id: 'B1',
    title: `${postings.toLocaleString('en')} postings over ${purses.toLocaleString('en')} accounts, key and floor each`,
    measured,
    ratios: [
      { of: 'ledger, 64 in flight', to: 'medici, 64 in flight' },
      { of: 'ledger, 256 in flight', to: 'medici, 256 in flight', aim: 40 },
      { of: 'ledger, 256 in flight', to: 'medici without snapshots, 256 in flight', aim: 40 },
      { of: 'ledger, 64 in flight', to: bound },
      { of: 'ledger, 256 in flight', to: bound, aim: 0.4 },
    ],
    checked,
  };
}
