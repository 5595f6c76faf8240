import { SteppedClock } from '../../server/kernel/clock';
import { addDays, localDate } from '../../server/kernel/local-date';
import { credit, debit, LedgerConflict, LedgerRefused, post } from '../../server/ledger';
import { useTestLedger } from '../support/test-ledger';
import {
  allowed,
  allowing,
  anyKind,
  bank,
  giftPool,
  givenOut,
  grantKind,
  handedOver,
  heldPool,
  issued,
  moneyKind,
  noteKind,
  owed,
  points,
  purse,
  shelf,
  slips,
  source,
  spent,
  stock,
  supply,
  testContext,
} from './test-chart';

const clock = new SteppedClock('2026-03-20T02:00:00Z');
const ctx = testContext('hean', clock);
useTestLedger('hean', clock);

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'posted',
    (error: unknown) => (error instanceof LedgerRefused ? { code: error.refusal, ...error.details } : String(error)),
  );
const gift = (id: string, amount: number, pool = giftPool('general'), order = id) =>
  post(ctx, {
    key: `gift:${id}`,
    kind: moneyKind,
    source,
    legs: [debit(bank('main'), amount)],
    lots: [{ lot: `${giftPool('lot')}:${id}`, pool, amount, order, origin: id }],
  });

describe('an entry', () => {
  test('is numbered, balances, and keeps the balance after each leg', async () => {
    const first = await post(ctx, { key: 'plain:1', kind: moneyKind, source, legs: [debit(bank('a'), 700), credit(purse('a'), 700)] });
    const second = await post(ctx, { key: 'plain:2', kind: moneyKind, source, legs: [debit(purse('a'), 200), credit(bank('a'), 200)] });
    expect(second.seq).toBe((first.seq ?? 0) + 1);
    expect(second.legs).toEqual([
      { account: purse('a'), unit: 'CNY', amount: 200, balanceAfter: 500 },
      { account: bank('a'), unit: 'CNY', amount: -200, balanceAfter: 500 },
    ]);
  });

  test('is posted once per key, whoever repeats it and on whatever day', async () => {
    const posting = { key: 'once', kind: moneyKind, source, legs: [debit(bank('b'), 5), credit(purse('b'), 5)] };
    const first = await post(ctx, posting);
    clock.advance(36 * 3_600_000);
    const again = await post({ ...ctx, actor: { id: 'system:other', kind: 'system', grants: [] } }, posting);
    expect(again).toEqual({ ...first, replayed: true });
    await expect(post(ctx, { ...posting, legs: [debit(bank('b'), 6), credit(purse('b'), 6)] })).rejects.toThrow(LedgerConflict);
  });

  test.each`
    why                       | legs
    ${'does not sum to zero'} | ${[debit(bank('c'), 5), credit(purse('c'), 4)]}
    ${'mixes units'}          | ${[debit(bank('c'), 5), credit(spent('c'), 5)]}
  `('is refused when it $why', async ({ legs }) => {
    expect(await refusal(post(ctx, { key: 'bad', kind: anyKind, source, legs }))).toMatchObject({ code: 'unbalanced' });
  });

  test('never takes an account below its floor, and says what is there', async () => {
    await post(ctx, { key: 'floor:1', kind: moneyKind, source, legs: [debit(bank('d'), 100), credit(purse('d'), 100)] });
    const take = (key: string, amount: number) =>
      post(ctx, { key, kind: moneyKind, source, legs: [debit(purse('d'), amount), credit(bank('d'), amount)] });
    expect(await refusal(take('floor:2', 101))).toMatchObject({ code: 'floor', account: purse('d'), available: 100, asked: 101 });
    expect((await take('floor:2', 100)).legs).toContainEqual(expect.objectContaining({ account: purse('d'), balanceAfter: 0 }));
  });

  test('may be a note: no number, same key rules', async () => {
    const note = await post(ctx, { key: 'note:1', kind: noteKind, source, facts: { text: 'a' } });
    expect(note.seq).toBeNull();
    await expect(post(ctx, { key: 'note:1', kind: noteKind, source, facts: { text: 'b' } })).rejects.toThrow(LedgerConflict);
    expect((await post(ctx, { key: 'note:1', kind: noteKind, source, facts: { text: 'a' } })).replayed).toBe(true);
  });

  test('is refused for a day that its kind may not carry, for a future day, and after its deadline', async () => {
    const legs = [debit(bank('e'), 1), credit(purse('e'), 1)];
    expect(await refusal(post(ctx, { key: 'day:1', kind: moneyKind, source, legs, effectiveOn: localDate('2026-03-01') }))).toMatchObject({
      code: 'closedDay',
    });
    expect(await refusal(post(ctx, { key: 'day:2', kind: anyKind, source, legs, effectiveOn: localDate('2027-03-01') }))).toMatchObject({
      code: 'closedDay',
    });
    expect(
      await refusal(post(ctx, { key: 'day:3', kind: anyKind, source, legs, notAfter: new Date(clock.now().getTime() - 1) })),
    ).toMatchObject({ code: 'late' });
    expect((await post(ctx, { key: 'day:1', kind: anyKind, source, legs, effectiveOn: localDate('2026-03-01') })).effectiveOn).toBe(
      '2026-03-01',
    );
  });

  test('numbers without a gap: a refused posting takes none', async () => {
    const slip = (key: string, amount: number) =>
      post(ctx, { key, kind: moneyKind, source, numbers: [slips], legs: [debit(purse('f'), amount), credit(bank('f'), amount)] });
    await post(ctx, { key: 'slip:0', kind: moneyKind, source, legs: [debit(bank('f'), 10), credit(purse('f'), 10)] });
    const outcomes = await Promise.allSettled([slip('slip:1', 4), slip('slip:2', 40), slip('slip:3', 4), slip('slip:4', 4)]);
    const numbers = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value.numbers['test-slip']] : []));
    expect(numbers).toEqual(['S-2026-000001', 'S-2026-000002']);
  });
});

describe('a draw', () => {
  test('takes the first lots first and names them', async () => {
    for (const [id, amount] of [
      ['g1', 3000],
      ['g2', 2000],
      ['g3', 5000],
    ] as const)
      await gift(id, amount, giftPool('order'));
    const drawn = await post(ctx, {
      key: 'draw:1',
      kind: moneyKind,
      source,
      draws: [{ from: giftPool('order'), amount: 4000, to: purse('order') }],
    });
    expect(drawn.drawn.map(({ origin, amount }) => [origin, amount])).toEqual([
      ['g1', 3000],
      ['g2', 1000],
    ]);
    expect(
      await refusal(
        post(ctx, { key: 'draw:2', kind: moneyKind, source, draws: [{ from: giftPool('order'), amount: 6001, to: purse('order') }] }),
      ),
    ).toMatchObject({ code: 'floor', available: 6000 });
  });

  test('takes from pools in the order given: the most restricted first (FU7)', async () => {
    await gift('town', 1000, giftPool('illness', '130499101'));
    await gift('ill', 5000, giftPool('illness'));
    await gift('any', 10_000, giftPool('any'));
    const from = [giftPool('illness', '130499101'), giftPool('illness'), giftPool('any')];
    const paid = await post(ctx, { key: 'draw:3', kind: moneyKind, source, draws: [{ from, amount: 3000, to: purse('p') }] });
    expect(paid.drawn.map(({ origin, amount }) => [origin, amount])).toEqual([
      ['town', 1000],
      ['ill', 2000],
    ]);
  });

  test('into a pool keeps origins, and what comes back goes to the same gifts', async () => {
    await gift('k1', 100, giftPool('keep'));
    await gift('k2', 100, giftPool('keep'));
    await post(ctx, {
      key: 'hold',
      kind: moneyKind,
      source,
      draws: [{ from: giftPool('keep'), amount: 150, to: { pool: heldPool('case1') } }],
    });
    const paid = await post(ctx, {
      key: 'pay',
      kind: moneyKind,
      source,
      draws: [{ from: heldPool('case1'), amount: 'all', to: bank('main') }],
    });
    expect(paid.drawn.map(({ origin, amount }) => [origin, amount])).toEqual([
      ['k1', 100],
      ['k2', 50],
    ]);
    await post(ctx, { key: 'reversal:pay', kind: moneyKind, source, reverses: 'pay' });
    await post(ctx, { key: 'reversal:hold', kind: moneyKind, source, reverses: 'hold' });
    const again = await post(ctx, {
      key: 'hold:2',
      kind: moneyKind,
      source,
      draws: [{ from: giftPool('keep'), amount: 120, to: purse('k') }],
    });
    expect(again.drawn.map(({ origin, amount }) => [origin, amount])).toEqual([
      ['k1', 100],
      ['k2', 20],
    ]);
  });

  test('skips lots past their last day, whether or not a job has closed them', async () => {
    const award = (id: string, amount: number, lastDay: string) =>
      post(ctx, {
        key: `award:${id}`,
        kind: anyKind,
        source,
        legs: [debit(issued('all'), amount)],
        lots: [{ lot: points('h1', id), pool: points('h1'), amount, order: lastDay, lastDay: localDate(lastDay), origin: id }],
      });
    clock.set('2026-03-25T02:00:00Z');
    await award('a30', 30, '2026-03-31');
    await award('a20', 20, '2026-06-30');
    const spend = (key: string, amount: number | 'all') =>
      post(ctx, { key, kind: anyKind, source, draws: [{ from: points('h1'), amount, to: spent('shop') }] });
    expect((await spend('spend:1', 10)).drawn).toMatchObject([{ origin: 'a30', amount: 10 }]);
    clock.set('2026-04-01T02:00:00Z');
    expect(await refusal(spend('spend:2', 21))).toMatchObject({ code: 'floor', available: 20 });
    expect((await spend('spend:3', 5)).drawn).toMatchObject([{ origin: 'a20', amount: 5 }]);
    const expire = {
      key: 'expire:a30',
      kind: anyKind,
      source,
      draws: [{ from: points('h1'), lot: points('h1', 'a30'), amount: 'all' as const, to: issued('expired'), expired: true as const }],
    };
    expect((await post(ctx, expire)).drawn).toMatchObject([{ origin: 'a30', amount: 20 }]);
    expect((await post(ctx, expire)).replayed).toBe(true);
  });

  test('up to an amount books the rest as a debt', async () => {
    await post(ctx, {
      key: 'debt:0',
      kind: anyKind,
      source,
      legs: [debit(issued('all'), 12)],
      lots: [{ lot: points('h2', 'a'), pool: points('h2'), amount: 12, order: '1', origin: 'a' }],
    });
    const taken = await post(ctx, {
      key: 'debt:1',
      kind: anyKind,
      source,
      draws: [{ from: points('h2'), amount: { upTo: 20 }, to: issued('back'), short: { debit: owed('h2'), credit: issued('back') } }],
    });
    expect(taken.short).toBe(8);
    expect(taken.legs).toContainEqual({ account: owed('h2'), unit: 'PTS', amount: 8, balanceAfter: 8 });
  });

  test('of goods carries their book value; the last piece takes the rest', async () => {
    await post(ctx, {
      key: 'deliver',
      kind: anyKind,
      source,
      legs: [credit(supply('rice'), 3), debit(stock('s1'), 1000), credit(purse('supplier'), 1000)],
      lots: [{ lot: shelf('s1', 'rice', 'L1'), pool: shelf('s1', 'rice'), amount: 3, order: '2026-05-01', origin: 'L1', value: 1000 }],
    });
    const costs: (number | undefined)[] = [];
    for (const n of [1, 2, 3]) {
      const handed = await post(ctx, {
        key: `hand:${n}`,
        kind: anyKind,
        source,
        draws: [{ from: shelf('s1', 'rice'), amount: 1, to: handedOver('rice'), cost: { from: stock('s1'), to: givenOut('all') } }],
      });
      costs.push(handed.drawn[0]?.cost);
    }
    expect(costs).toEqual([333, 333, 334]);
  });

  test('refuses more than 200 lots, so that one entry stays readable', async () => {
    const lots = Array.from({ length: 201 }, (_, n) => ({
      lot: points('h3', `l${n}`),
      pool: points('h3'),
      amount: 1,
      order: String(n).padStart(4, '0'),
      origin: `l${n}`,
    }));
    await post(ctx, { key: 'many', kind: anyKind, source, legs: [debit(issued('all'), 201)], lots });
    expect(
      await refusal(post(ctx, { key: 'many:1', kind: anyKind, source, draws: [{ from: points('h3'), amount: 'all', to: spent('x') }] })),
    ).toMatchObject({ code: 'tooManyLots' });
    expect(
      (await post(ctx, { key: 'many:2', kind: anyKind, source, draws: [{ from: points('h3'), amount: 200, to: spent('x') }] })).drawn,
    ).toHaveLength(200);
  });
});

describe('a reversal', () => {
  test('restores a lot past its last day for the days of grace', async () => {
    clock.set('2026-05-01T02:00:00Z');
    const lot = (id: string, lastDay: string) => ({
      lot: points('h4', id),
      pool: points('h4'),
      amount: id === 'a' ? 30 : 20,
      order: lastDay,
      lastDay: localDate(lastDay),
      origin: id,
    });
    await post(ctx, {
      key: 'r:award',
      kind: anyKind,
      source,
      legs: [debit(issued('all'), 50)],
      lots: [lot('a', '2026-05-31'), lot('b', '2026-06-30')],
    });
    await post(ctx, { key: 'r:spend', kind: anyKind, source, draws: [{ from: points('h4'), amount: 40, to: spent('y') }] });
    clock.set('2026-06-05T02:00:00Z');
    const back = await post(ctx, { key: 'reversal:r:spend', kind: anyKind, source, reverses: 'r:spend', graceDays: 30 });
    const grace = addDays(localDate('2026-06-05'), 30);
    expect(back.legs.map(({ account, balanceAfter }) => [account, balanceAfter])).toEqual(
      expect.arrayContaining([
        [`${points('h4')}:a~${grace}`, 30],
        [points('h4', 'b'), 20],
      ]),
    );
  });

  test('is refused when what the entry brought is spent, and when it is itself reversed', async () => {
    await gift('spent', 100, giftPool('sp'));
    await post(ctx, { key: 'sp:1', kind: moneyKind, source, draws: [{ from: giftPool('sp'), amount: 40, to: purse('sp') }] });
    expect(await refusal(post(ctx, { key: 'reversal:gift:spent', kind: moneyKind, source, reverses: 'gift:spent' }))).toMatchObject({
      code: 'spent',
      left: 60,
    });
    await post(ctx, { key: 'reversal:sp:1', kind: moneyKind, source, reverses: 'sp:1' });
    expect(await refusal(post(ctx, { key: 'reversal:reversal:sp:1', kind: moneyKind, source, reverses: 'reversal:sp:1' }))).toMatchObject({
      code: 'exists',
    });
    expect((await post(ctx, { key: 'reversal:sp:1', kind: moneyKind, source, reverses: 'sp:1' })).replayed).toBe(true);
  });
});

describe('an allowance', () => {
  const use = (key: string, pieces: number) =>
    post(ctx, {
      key,
      kind: anyKind,
      source,
      ensure: [
        { key: 'grant:rice:h9:2026-06', kind: grantKind, source, legs: [debit(allowing('rice'), 2), credit(allowed('h9', '2026-06'), 2)] },
      ],
      legs: [debit(allowed('h9', '2026-06'), pieces), credit(allowing('used'), pieces)],
    });

  test('is granted in the commit of its first use and never overdrawn, however many try at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => use(`use:${n}`, 1)));
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(2);
  });

  test('leaves no grant behind a refused use', async () => {
    const refused = await refusal(
      post(ctx, {
        key: 'use:x',
        kind: anyKind,
        source,
        ensure: [{ key: 'grant:rice:h10', kind: grantKind, source, legs: [debit(allowing('rice'), 2), credit(allowed('h10'), 2)] }],
        legs: [debit(allowed('h10'), 3), credit(allowing('used'), 3)],
      }),
    );
    expect(refused).toMatchObject({ code: 'floor', available: 2, asked: 3 });
    expect(
      await refusal(post(ctx, { key: 'use:y', kind: anyKind, source, legs: [debit(allowed('h10'), 1), credit(allowing('used'), 1)] })),
    ).toMatchObject({ code: 'floor', available: 0 });
  });
});

test('an account may be frozen, opened again and closed at zero', async () => {
  const legs = [debit(bank('z'), 5), credit(purse('z'), 5)];
  await post(ctx, { key: 'z:1', kind: moneyKind, source, legs });
  await post(ctx, { key: 'z:2', kind: moneyKind, source, status: [{ account: purse('z'), to: 'frozen' }] });
  expect(await refusal(post(ctx, { key: 'z:3', kind: moneyKind, source, legs }))).toMatchObject({ code: 'frozen' });
  expect(await refusal(post(ctx, { key: 'z:4', kind: moneyKind, source, status: [{ account: purse('z'), to: 'closed' }] }))).toMatchObject({
    code: 'floor',
  });
  await post(ctx, {
    key: 'z:5',
    kind: moneyKind,
    source,
    status: [{ account: purse('z'), to: 'open' }],
    legs: [debit(purse('z'), 5), credit(bank('z'), 5)],
  });
  await post(ctx, { key: 'z:6', kind: moneyKind, source, status: [{ account: purse('z'), to: 'closed' }] });
  expect(await refusal(post(ctx, { key: 'z:7', kind: moneyKind, source, legs }))).toMatchObject({ code: 'frozen' });
});
