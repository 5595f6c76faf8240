import { amountOf, closeBenchBook, openBenchBook, pairOf } from './ledger/bench-book';
import { postGift, postTransfer } from './ledger/bench-postings';
import { checkBook } from './ledger/check-book';
import { type Arrivals, runArriving } from './method/arrivals';
import type { BenchOptions, BenchResult } from './method/bench-result';
import { counting, roundsOf, roundsOfSeconds } from './method/contestants';
import { percentile } from './method/percentile';
import { alternate } from './method/rounds';
import { checkNaiveBook, naiveGift, openNaiveBook } from './peers/one-transaction';

const purses = 10_000;

/** 50,000 gifts within 10 seconds, each a new lot of one pool. Peer: one transaction per gift. Bound: own B1. */
export async function benchGifts({ quick, rounds, say }: BenchOptions): Promise<BenchResult> {
  const gifts = quick ? 5_000 : 50_000;
  const seconds = quick ? 1 : 10;
  await openBenchBook(purses);
  await openNaiveBook({ gifts: 0 }, []);

  const seen: Arrivals[] = [];
  const arriving = counting('gifts as they arrive', async (first) => {
    const arrivals = await runArriving(gifts, seconds, (n) => postGift(giftId('A', first + n), amountOf(n)));
    seen.push(arrivals);
    return arrivals;
  });
  const ours = roundsOf(gifts, 'gifts, 256 in flight', 256, (n) => postGift(giftId('B', n), amountOf(n)));
  const peer = roundsOfSeconds(quick ? 3 : 20, 'one transaction each, 256 in flight', 256, (n) =>
    naiveGift(giftId('N', n), 'gifts', amountOf(n)),
  );
  const spread = roundsOf(gifts, 'own B1, 256 in flight', 256, (n) => postTransfer(`spread:${n}`, ...pairOf(n, purses), amountOf(n)));
  const measured = await alternate([arriving, ours, peer, spread], rounds, say);

  const checked = await checkBook();
  await checkNaiveBook(peer.done(), 0);
  await closeBenchBook();
  const counted = seen.slice(1); // the first round is the warm-up
  const median = (of: (arrivals: Arrivals) => number) => percentile(counted.map(of), 0.5);
  return {
    id: 'B2-gifts',
    title: `${gifts.toLocaleString('en')} gifts arriving in ${seconds} s, each a new lot of one pool`,
    measured,
    ratios: [
      { of: 'gifts as they arrive', to: 'one transaction each, 256 in flight' }, // no more arrive: the next line says what it could take
      { of: 'gifts, 256 in flight', to: 'one transaction each, 256 in flight', aim: 40 },
      { of: 'gifts, 256 in flight', to: 'own B1, 256 in flight', aim: 0.85 },
    ],
    figures: {
      'all answered after': `${median((one) => one.seconds).toFixed(1)} s`,
      'arrival to answer': `median ${Math.round(median((one) => one.medianMs))} ms, p99 ${Math.round(median((one) => one.p99Ms))} ms`,
    },
    checked,
  };
}

function giftId(row: string, n: number): string {
  return `${row}${String(n).padStart(7, '0')}`;
}
