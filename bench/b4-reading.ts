import { type AccountCode, balanceOf, findStatementLines } from '../server/ledger';
import { accounts, entries } from '../server/ledger/collections';
import { context, fund, ledgerName, purse } from './ledger/bench-chart';
import { checkBook } from './ledger/check-book';
import { openLargeBook } from './ledger/large-book';
import type { BenchOptions, BenchResult } from './method/bench-result';
import { counting } from './method/contestants';
import { runForSeconds, runInFlight } from './method/in-flight';
import { alternate } from './method/rounds';
import { mediciBalance, mediciLines, openLargeMediciBook } from './peers/large-medici-book';

const purses = 10_000;
const households = Array.from({ length: 100 }, (_, n) => purse(String(n * 97)));
const lines = 50;
const inFlight = 8;

/** Balance and last 50 lines, of a household and of the fund. Peer: medici's balance and ledger. Bounds: the same query, bare. */
export async function benchReading({ quick, rounds, say }: BenchOptions): Promise<BenchResult> {
  const size = quick ? 50_000 : 1_000_000;
  const seconds = quick ? 0.5 : 3;
  await openLargeBook(size, purses);
  await openLargeMediciBook(size, purses, [...households, fund('county')]);
  await assertSameAnswers();

  // Each first reads once what it will read: else whoever comes after a peer that emptied the cache pays for it, and the next does not.
  const warm = (name: string, read: (n: number) => Promise<unknown>) =>
    counting(name, async () => {
      await runInFlight(inFlight, households.length, read);
      return runForSeconds(inFlight, seconds, read);
    });
  const reads = (name: string, read: (code: AccountCode) => Promise<unknown>) => [
    warm(`${name}, household`, (n) => read(households[n % households.length] ?? fund('county'))),
    warm(`${name}, fund`, () => read(fund('county'))),
  ];
  const contestants = [
    ...reads('balance', (code) => balanceOf(context, code)),
    ...reads('bare findOne', bareBalance),
    ...reads('medici.balance', (code) => mediciBalance(code, true)),
    ...reads('medici.balance without snapshots', (code) => mediciBalance(code, false)),
    ...reads('last 50 lines', (code) => findStatementLines(context, code, {}, lines)),
    ...reads('bare find(50)', bareLines),
    ...reads('medici.ledger', (code) => mediciLines(code, lines)),
  ];
  const measured = await alternate(contestants, rounds, say);

  const ratios = ['household', 'fund'].flatMap((whose) => [
    { of: `balance, ${whose}`, to: `medici.balance, ${whose}`, aim: 100 },
    { of: `balance, ${whose}`, to: `medici.balance without snapshots, ${whose}` },
    { of: `balance, ${whose}`, to: `bare findOne, ${whose}`, aim: 0.8 },
    { of: `last 50 lines, ${whose}`, to: `medici.ledger, ${whose}` },
    { of: `last 50 lines, ${whose}`, to: `bare find(50), ${whose}`, aim: 0.8 },
  ]);
  const title = `balance and last 50 lines in a book of ${size.toLocaleString('en')} entries`;
  return { id: 'B4', title, measured, ratios, checked: await checkBook() };
}

function bareBalance(code: AccountCode) {
  return accounts().findOne({ _id: `${ledgerName}/${code}`, ledger: ledgerName });
}

function bareLines(code: AccountCode) {
  return entries()
    .find({ ledger: ledgerName, 'legs.account': code }, { sort: { seq: -1 }, limit: lines })
    .toArray();
}

/** Both books must tell the same story: what an account has changed by since its opening. */
async function assertSameAnswers(): Promise<void> {
  for (const code of [households[0] ?? '', fund('county')]) {
    const [last] = await findStatementLines(context, code, {}, 1);
    const [ours, theirs, theirsAnew] = [await balanceOf(context, code), await mediciBalance(code, true), await mediciBalance(code, false)];
    const opening = (await entries().findOne({ ledger: ledgerName, 'legs.account': code }, { sort: { seq: 1 } }))?.legs;
    const openingBalance = opening?.find(({ account }) => account === code)?.balanceAfter ?? 0;
    const agree = last?.balanceAfter === ours && ours - openingBalance === theirs && theirs === theirsAnew;
    if (!agree) throw new Error(`${code}: we say ${ours} from ${openingBalance}, medici ${theirs} and ${theirsAnew}`);
  }
}
