import { amountOf, closeBenchBook, openBenchBook, openingBalance, pairOf } from './ledger/bench-book';
import { postFromFund, postTransfer } from './ledger/bench-postings';
import { checkBook } from './ledger/check-book';
import type { BenchOptions, BenchResult } from './method/bench-result';
import { roundsOf, roundsOfSeconds } from './method/contestants';
import { alternate } from './method/rounds';
import { checkNaiveBook, naiveTransfer, openNaiveBook } from './peers/one-transaction';

const purses = 10_000;

/** The postings of B1, all out of one account. Peer: one transaction per request, `$inc` with the floor in its filter. Bound: own B1. */
export async function benchHotAccount({ quick, rounds, say }: BenchOptions): Promise<BenchResult> {
  const postings = quick ? 10_000 : 200_000;
  const perRound = Math.ceil(postings / rounds);
  const fundFen = openingBalance * 1000;
  await openBenchBook(purses);
  await openNaiveBook(
    { fund: fundFen },
    Array.from({ length: purses }, (_, n) => `purse-${n}`),
  );

  const hot = (inFlight: number) => {
    const name = `one account, ${inFlight} in flight`;
    return roundsOf(perRound, name, inFlight, (n) => postFromFund(`${inFlight}:${n}`, pairOf(n, purses)[1], amountOf(n)));
  };
  const naive = (inFlight: number) => {
    const name = `one transaction each, ${inFlight} in flight`;
    return roundsOfSeconds(quick ? 3 : 20, name, inFlight, (n) =>
      naiveTransfer(`${inFlight}:${n}`, 'fund', `purse-${pairOf(n, purses)[1]}`, amountOf(n)),
    );
  };
  const spread = roundsOf(perRound, 'own B1, 256 in flight', 256, (n) => postTransfer(`spread:${n}`, ...pairOf(n, purses), amountOf(n)));
  const peers = [naive(64), naive(256)];
  const measured = await alternate([hot(64), hot(256), spread, ...peers], rounds, say);

  const checked = await checkBook();
  await checkNaiveBook(
    peers.reduce((sum, peer) => sum + peer.done(), 0),
    fundFen,
  );
  await closeBenchBook();
  return {
    id: 'B2',
    title: `${postings.toLocaleString('en')} postings out of one account`,
    measured,
    ratios: [
      { of: 'one account, 64 in flight', to: 'one transaction each, 64 in flight' },
      { of: 'one account, 256 in flight', to: 'one transaction each, 256 in flight', aim: 40 },
      { of: 'one account, 256 in flight', to: 'own B1, 256 in flight', aim: 0.85 },
    ],
    checked,
  };
}
