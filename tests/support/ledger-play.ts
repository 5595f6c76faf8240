import { connection } from 'mongoose';
import { SteppedClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { BrokenInvariant } from '../../server/kernel/errors';
import { addDays, shanghaiDay } from '../../server/kernel/local-date';
import { type Random, seededRandom } from '../../server/kernel/random';
import { closeLedger, LedgerConflict, LedgerRefused, openLedger, type Posted, type Posting, post } from '../../server/ledger';
import { accounts, heads, nameOf } from '../../server/ledger/collections';
import { anyKind, source, testContext } from '../ledger/test-chart';
import { emptyBooks, type Judgement, judge, type ModelState, type Now, resultOf } from './ledger-model';
import { chartTable, postingOf, type Step, things } from './ledger-steps';

type Answer = { posting: Posting } & ({ posted: Posted } | { error: unknown });
export interface Round {
  pause: { pause: string; days?: number; pick?: number; to?: string };
  steps: readonly Step[];
}

/**
 * Plays rounds of postings against a ledger and against the model. All of a round are in flight at once, so their order is the ledger's
 * choice: what was posted is replayed in the order of its numbers, and what was refused is judged at the number that the refusal names.
 */
export class LedgerPlay {
  #state: ModelState = emptyBooks();
  readonly #clock = new SteppedClock('2026-03-01T04:00:00Z');
  readonly #ctx: Context;
  readonly #random: Random;
  readonly #tried: Posting[] = [];
  #keys = 0;
  /** How often each answer was seen: a generator that only makes refusals proves little. */
  readonly seen = new Map<string, number>();

  constructor(readonly ledger: string) {
    this.#ctx = testContext(ledger, this.#clock);
    this.#random = seededRandom(ledger);
  }

  async open(): Promise<void> {
    await openLedger({ ledger: this.ledger, clock: this.#clock, random: this.#random });
  }

  async close(): Promise<void> {
    await closeLedger(this.ledger);
  }

  get postings(): number {
    return this.#tried.length;
  }

  async play({ pause, steps }: Round): Promise<void> {
    await this.#pause(pause);
    const now = this.#now();
    const postings: Posting[] = [];
    for (const step of steps) {
      const posting = postingOf(step, `k${this.#keys++}`, this.#state, now, [...this.#tried, ...postings], this.ledger);
      postings.push(posting);
    }
    await this.#flight(postings);
  }

  async #pause({ pause, days = 0, pick = 0, to }: Round['pause']): Promise<void> {
    if (pause === 'days') this.#clock.advance(days * 86_400_000);
    if (pause === 'reopen') {
      await this.close();
      await this.open();
    }
    if (pause === 'otherProcess') await heads().updateOne({ _id: this.ledger }, { $inc: { rev: 1 } });
    if (pause === 'closeBooks') {
      const closesThrough = addDays(this.#now().day, -2);
      await this.#flight([{ key: `k${this.#keys++}`, kind: anyKind, source, closesThrough }]);
    }
    if (pause === 'status') {
      const codes = [...this.#state.accounts.keys()];
      const account = codes[pick % Math.max(1, codes.length)] ?? 'test-purse:none';
      const status = [{ account, to: to as 'open' | 'frozen' | 'closed' }];
      await this.#flight([{ key: `k${this.#keys++}`, kind: anyKind, source, status }]);
    }
  }

  #now(): Now {
    return { day: shanghaiDay(this.#clock.now()), instant: this.#clock.now() };
  }

  async #flight(postings: readonly Posting[]): Promise<void> {
    this.#tried.push(...postings);
    const answers = await Promise.all(
      postings.map(
        (posting): Promise<Answer> =>
          post(this.#ctx, posting).then(
            (posted) => ({ posting, posted }),
            (error: unknown) => ({ posting, error }),
          ),
      ),
    );
    this.#compare(answers);
  }

  #compare(answers: readonly Answer[]): void {
    const now = this.#now();
    const states = new Map([[this.#state.seq, this.#state]]);
    const judged = (state: ModelState | undefined, posting: Posting): Judgement | undefined =>
      state && judge(chartTable, state, posting, now);

    const posted = answers.flatMap((one) => ('posted' in one ? [one] : []));
    const first = posted.filter((one) => !one.posted.replayed && one.posted.seq !== null);
    for (const one of first.sort((a, b) => (a.posted.seq ?? 0) - (b.posted.seq ?? 0))) {
      const judgement = judged(this.#state, one.posting);
      expect({ is: judgement?.is, ...judgement }).toMatchObject({ is: 'posted', result: resultOf(one.posted as never) });
      if (judgement?.is !== 'posted') continue;
      this.#state = judgement.after;
      states.set(this.#state.seq, this.#state);
      this.#count('posted');
    }
    for (const { posting, posted: note } of posted.filter((one) => !one.posted.replayed && one.posted.seq === null)) {
      const judgements = [...states.values()].map((state) => judged(state, posting));
      const fitting = judgements.find((one) => one?.is === 'posted' && one.result.seq === null && same(one.result, note));
      expect({ note, judgements: fitting ?? judgements.map(withoutBooks) }).toEqual({ note, judgements: fitting });
      this.#keepNote(posting, fitting);
    }
    for (const { posting, posted: again } of posted.filter((one) => one.posted.replayed)) {
      const judgement = judged(this.#state, posting);
      expect({ is: judgement?.is, ...judgement }).toMatchObject({ is: 'replayed', result: resultOf(again as never) });
      this.#count('replayed');
    }
    for (const one of answers) if ('error' in one) this.#compareError(one.posting, one.error, states, judged);
  }

  /** A note has no number: where in the round it stood is unknown, but what it changed (a status, closed books) happened alone. */
  #keepNote(posting: Posting, judgement: Judgement | undefined): void {
    if (judgement?.is !== 'posted') return;
    this.#count('note');
    const alone = posting.status !== undefined || posting.closesThrough !== undefined;
    if (alone) this.#state = { ...judgement.after, entries: new Map([...this.#state.entries, ...judgement.after.entries]) };
    const note = judgement.after.entries.get(posting.key);
    if (note) this.#state.entries.set(posting.key, note);
  }

  #compareError(
    posting: Posting,
    error: unknown,
    states: ReadonlyMap<number, ModelState>,
    judged: (state: ModelState | undefined, posting: Posting) => Judgement | undefined,
  ): void {
    if (error instanceof LedgerConflict) {
      expect(judged(this.#state, posting)).toEqual({ is: 'conflict' });
      this.#count('conflict');
    } else if (error instanceof LedgerRefused) {
      const { refusal, asOf, ...details } = error.details;
      expect({ asOf, judgement: withoutBooks(judged(states.get(Number(asOf)), posting)) }).toEqual({
        asOf,
        judgement: { is: 'refused', code: refusal, details },
      });
      this.#count(String(refusal));
    } else {
      if (!(error instanceof BrokenInvariant)) throw error;
      const faults = [...states.values()].map((state) => withoutBooks(judged(state, posting)));
      expect({ error: error.message, faults }).toMatchObject({ faults: expect.arrayContaining([{ is: 'fault' }]) });
      this.#count('fault');
    }
  }

  #count(answer: string): void {
    this.seen.set(answer, (this.seen.get(answer) ?? 0) + 1);
  }

  /** Accounts and documents as stored, and as the model has them. */
  async stored(): Promise<{ stored: unknown; model: unknown }> {
    const documents = await accounts()
      .find({ ledger: this.ledger }, { sort: { _id: 1 } })
      .toArray();
    const stored = documents.map(({ _id, ledger: _, order, open: __, floor, value, ...rest }) => ({
      code: nameOf(_id),
      ...rest,
      ...(order ? { order: order.slice(0, order.lastIndexOf(' ')) } : {}),
      floor: floor ?? 'none',
      value: value ?? 0,
    }));
    const model = [...this.#state.accounts.values()].map(({ lot, ...account }) => ({ ...account, value: 0, ...lot }));
    const written = await connection.collection<{ _id: string; version: number }>(things).find({ ledger: this.ledger }).toArray();
    return {
      stored: { accounts: byCode(stored), documents: new Map(written.map(({ _id, version }) => [`${things}/${_id}`, version])) },
      model: { accounts: byCode(model), documents: this.#state.documents },
    };
  }
}

function byCode(rows: readonly { code: string }[]): Map<string, unknown> {
  return new Map([...rows].sort((a, b) => (a.code < b.code ? -1 : 1)).map((row) => [row.code, row]));
}

function same(a: unknown, b: Posted): boolean {
  return JSON.stringify(a) === JSON.stringify(resultOf(b as never));
}

function withoutBooks(judgement: Judgement | undefined): unknown {
  return judgement && 'after' in judgement ? { is: judgement.is, result: judgement.result } : judgement;
}
