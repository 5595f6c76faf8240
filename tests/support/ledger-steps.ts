import fc from 'fast-check';
import { addDays, type LocalDate } from '../../server/kernel/local-date';
import { credit, type Draw, debit, type Leg, type NewLot, type Posting } from '../../server/ledger';
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
  owed,
  points,
  purse,
  shelf,
  slips,
  source,
  spent,
  stock,
  supply,
} from '../ledger/test-chart';
import type { ClassRow, ModelState, Now } from './ledger-model';

/** The test chart once more as a table, since the model may not ask the ledger. */
export const chartTable: Record<string, ClassRow> = {
  'test-bank': { unit: 'CNY', side: 'debit', floor: 'none' },
  'test-purse': { unit: 'CNY', side: 'credit', floor: 0 },
  'test-gifts': { unit: 'CNY', side: 'credit', floor: 0, pool: true },
  'test-held': { unit: 'CNY', side: 'credit', floor: 0, pool: true },
  'test-issued': { unit: 'PTS', side: 'debit', floor: 'none' },
  'test-spent': { unit: 'PTS', side: 'credit', floor: 'none' },
  'test-points': { unit: 'PTS', side: 'credit', floor: 0, pool: true },
  'test-owed': { unit: 'PTS', side: 'debit', floor: 'none' },
  'test-shelf': { unit: ([, product]) => `goods:${product}`, side: 'debit', floor: 0, pool: true },
  'test-supply': { unit: ([product]) => `goods:${product}`, side: 'credit', floor: 'none' },
  'test-handed': { unit: ([product]) => `goods:${product}`, side: 'debit', floor: 'none' },
  'test-stock': { unit: 'CNY', side: 'debit', floor: 0 },
  'test-given': { unit: 'CNY', side: 'debit', floor: 'none' },
  'test-allowed': { unit: 'allowance:rice', side: 'credit', floor: 0 },
  'test-allowing': { unit: 'allowance:rice', side: 'debit', floor: 'none' },
};

/** Collection of business documents that the postings guard and write. */
export const things = 'model-things';

const families = [
  { pools: [giftPool('a'), giftPool('b'), heldPool('c1'), heldPool('c2')], plain: [bank('m'), purse('p1'), purse('p2')] },
  { pools: [points('h1'), points('h2'), points('h3')], plain: [spent('s'), issued('i')] },
  { pools: [shelf('s1', 'rice'), shelf('s2', 'rice'), shelf('s3', 'rice')], plain: [handedOver('rice')] },
] as const;
const shorts = [{ debit: bank('short'), credit: purse('p1') }, { debit: owed('h'), credit: issued('i') }, undefined] as const;

const small = fc.integer({ min: 1, max: 60 });
const amount = fc.oneof({ weight: 30, arbitrary: small }, { weight: 1, arbitrary: fc.constantFrom(2 ** 51 - 1, 2 ** 50) });
const index = fc.nat({ max: 1000 });
const howMuch = fc.oneof(
  { weight: 4, arbitrary: small },
  { weight: 2, arbitrary: fc.record({ upTo: small }) },
  { weight: 1, arbitrary: fc.constant('all' as const) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 400 }) },
);
const drawn = {
  family: fc.nat({ max: 2 }),
  from: fc.subarray([0, 1, 2], { minLength: 1 }).chain((some) => fc.shuffledSubarray(some, { minLength: some.length })),
  amount: howMuch,
  into: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
  to: index,
  short: fc.boolean(),
};

const what = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('transfer' as const), amount, back: fc.boolean(), purse: fc.nat({ max: 2 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('fill' as const),
      family: fc.nat({ max: 2 }),
      pool: fc.nat({ max: 2 }),
      id: fc.nat({ max: 40 }),
      amount,
      order: fc.constantFrom('1', '10', '2', 'a', 'ab', ''),
      lives: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
      value: fc.integer({ min: 0, max: 500 }),
      named: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('flood' as const),
      pool: fc.nat({ max: 2 }),
      lots: fc.integer({ min: 50, max: 199 }),
      lives: fc.nat({ max: 3 }),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('draw' as const), ...drawn }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('chain' as const), ...drawn, next: fc.nat({ max: 3 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('lot' as const),
      pick: index,
      amount: howMuch,
      honest: fc.integer({ min: 0, max: 9 }),
      into: drawn.into,
      to: index,
      short: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('reverse' as const), pick: index, graceDays: fc.nat({ max: 4 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('use' as const), subject: fc.nat({ max: 4 }), amount: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      id: fc.nat({ max: 4 }),
      is: fc.constantFrom('right' as const, 'right' as const, 'right' as const, 'absent' as const, 1, 2),
      remove: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lotLeg' as const), pick: index, amount: small }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('repeat' as const), pick: index, otherBody: fc.boolean() }) },
);
const how = fc.record({
  numbered: fc.boolean(),
  daysBack: fc.oneof({ weight: 12, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: -1, max: 3 }) }),
  late: fc.oneof({ weight: 15, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  bulk: fc.boolean(),
});

/** One posting to be, before it is known what is in the books. */
export type Step = { what: typeof what extends fc.Arbitrary<infer T> ? T : never } & {
  how: typeof how extends fc.Arbitrary<infer T> ? T : never;
};
export const steps = fc.record({ what, how });

/** What happens alone, between rounds of postings in flight together. */
export const pauses = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ pause: 'none' as const }) },
  { weight: 2, arbitrary: fc.record({ pause: fc.constant('days' as const), days: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.constant({ pause: 'reopen' as const }) },
  { weight: 1, arbitrary: fc.constant({ pause: 'otherProcess' as const }) },
  { weight: 1, arbitrary: fc.constant({ pause: 'closeBooks' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ pause: fc.constant('status' as const), pick: index, to: fc.constantFrom('open', 'open', 'frozen', 'closed') }),
  },
);

/** Makes the posting of a step from what is in the books when its round begins. `earlier` are all postings tried so far. */
export function postingOf(step: Step, key: string, state: ModelState, now: Now, earlier: readonly Posting[], ledger: string): Posting {
  const { what: one, how: manner } = step;
  if (one.do === 'repeat') return repeated(one, key, earlier);
  const posting = { key, kind: anyKind, source, ...bodyOf(one, state, now, earlier, ledger) } as Posting;
  if (one.do === 'reverse') return { ...posting, key: `reversal:${posting.reverses}` };
  const mayBeNote = posting.draws?.some((draw) => typeof draw.amount !== 'number') ?? false; // its place in the round is unknown
  const effectiveOn = manner.daysBack === 0 ? {} : { effectiveOn: addDays(now.day, -manner.daysBack) };
  return {
    ...posting,
    ...effectiveOn,
    ...(one.do === 'transfer' ? { kind: moneyKind } : {}),
    ...(manner.numbered && !mayBeNote ? { numbers: [slips] } : {}),
    ...(manner.late ? { notAfter: new Date(now.instant.getTime() - 1) } : {}),
    ...(manner.bulk ? { bulk: true } : {}),
  };
}

function repeated({ pick, otherBody }: { pick: number; otherBody: boolean }, key: string, earlier: readonly Posting[]): Posting {
  const some = earlier.filter((posting) => !posting.status && !posting.closesThrough); // what changes without a number happens alone
  const before = some[pick % Math.max(1, some.length)];
  if (!before) return { key, kind: moneyKind, source, legs: [debit(bank('m'), 1), credit(purse('p1'), 1)] };
  return otherBody ? { ...before, source: { type: 'test', id: 'other' } } : before;
}

type Body = Pick<Posting, 'legs' | 'lots' | 'draws' | 'reverses' | 'graceDays' | 'ensure' | 'guards' | 'writes'>;

function bodyOf(one: Step['what'], state: ModelState, now: Now, earlier: readonly Posting[], ledger: string): Body {
  switch (one.do) {
    case 'transfer': {
      const [to, from] = [purse(`p${one.purse}`), bank('m')];
      return { legs: one.back ? [debit(to, one.amount), credit(from, one.amount)] : [debit(from, one.amount), credit(to, one.amount)] };
    }
    case 'fill':
      return filled(one, now);
    case 'flood':
      return flooded(one, earlier.length, now);
    case 'draw':
      return { draws: [drawOf(one)] };
    case 'chain':
      return { draws: [drawOf({ ...one, into: one.next }), drawOf({ ...one, from: [one.next], short: false })] };
    case 'lot': {
      const lots = [...state.accounts.values()].filter((account) => account.lot);
      const account = lots[one.pick % Math.max(1, lots.length)];
      if (!account?.lot) return { draws: [{ from: points('h1'), lot: points('h1', 'none'), amount: 1, to: spent('s') }] };
      const family = Math.max(
        0,
        families.findIndex(({ pools }) => (pools as readonly string[]).includes(account.lot?.pool ?? '')),
      );
      const past = account.lot.lastDay !== undefined && account.lot.lastDay < now.day;
      const from = one.honest === 0 ? giftPool('a') : account.lot.pool;
      const expired = past === one.honest > 1 ? { expired: true as const } : {};
      return { draws: [{ ...drawOf({ ...one, family, from: [0] }), from, lot: account.code, ...expired }] };
    }
    case 'lotLeg': {
      const lots = [...state.accounts.values()].filter((account) => account.lot && account.unit === 'PTS');
      const account = lots[one.pick % Math.max(1, lots.length)]?.code ?? points('h1', `never${one.pick}`);
      return { legs: [debit(account, one.amount), credit(spent('s'), one.amount)] };
    }
    case 'reverse': {
      const keys = [...state.entries.keys(), ...earlier.slice(-3).map(({ key }) => key)].filter((key) => key.length < 60);
      return { reverses: keys[one.pick % Math.max(1, keys.length)] ?? 'nothing', graceDays: one.graceDays };
    }
    case 'use': {
      const account = allowed(`h${one.subject}`, now.day);
      const grant = { key: `grant:${account}`, kind: grantKind, source, legs: [debit(allowing('rice'), 5), credit(account, 5)] };
      return { ensure: [grant], legs: [debit(account, one.amount), credit(allowing('used'), one.amount)] };
    }
    case 'write':
      return written(one, state, ledger);
    case 'repeat':
      return {};
  }
}

function filled(one: Extract<Step['what'], { do: 'fill' }>, now: Now): Body {
  const family = families[one.family] ?? families[0];
  const pool = family.pools[one.pool] ?? family.pools[0];
  const lastDay: { lastDay?: LocalDate } = one.lives === undefined || one.family === 0 ? {} : { lastDay: addDays(now.day, one.lives) };
  const origin = one.family === 2 ? `d${one.id % 3}` : `o${one.id}-${one.pool}`; // goods of one origin meet again in a pool
  const lot: NewLot = {
    lot: one.named && one.family < 2 ? `${pool}:${origin}${lastDay.lastDay ? `~${lastDay.lastDay}` : ''}` : `${pool}:lot${one.id}`,
    pool,
    amount: one.amount,
    order: one.family === 1 ? (lastDay.lastDay ?? '9') : one.order,
    origin,
    ...lastDay,
    ...(one.family === 2 ? { value: one.value } : {}),
  };
  const other: Leg[] =
    [
      [debit(bank('m'), one.amount)],
      [debit(issued('i'), one.amount)],
      [credit(supply('rice'), one.amount), debit(stock('s'), one.value), credit(purse('p0'), one.value)].filter((leg) => leg.amount !== 0),
    ][one.family] ?? [];
  return { legs: other, lots: [lot] };
}

/** More lots than are read at once, of 1 or 2 points each, some of them past in a few days. */
function flooded({ pool: place, lots: count, lives }: Extract<Step['what'], { do: 'flood' }>, serial: number, now: Now): Body {
  const pool = families[1].pools[place] ?? families[1].pools[0];
  const lots = Array.from({ length: count }, (_, n): NewLot => {
    const lastDay = addDays(now.day, n % 3 === 0 ? lives : 40);
    const origin = `f${serial}-${(n * 37) % count}-${n}`;
    return { lot: `${pool}:${origin}`, pool, amount: 1 + (n % 2), order: `${lastDay}/${(n * 37) % count}`, origin, lastDay };
  });
  return {
    legs: [
      debit(
        issued('i'),
        lots.reduce((sum, { amount: one }) => sum + one, 0),
      ),
    ],
    lots,
  };
}

interface DrawPlan {
  family: number;
  from: readonly number[];
  amount: Draw['amount'];
  into?: number | undefined;
  to: number;
  short: boolean;
}

function drawOf({ family, from, amount: asked, into, to, short }: DrawPlan): Draw {
  const { pools, plain } = families[family] ?? families[0];
  const poolAt = (place: number) => pools[place % pools.length] ?? pools[0];
  const booked = short && typeof asked === 'object' ? shorts[family] : undefined;
  return {
    from: from.length === 1 ? poolAt(from[0] ?? 0) : from.map(poolAt),
    amount: asked,
    to: into === undefined ? (plain[to % plain.length] ?? plain[0]) : { pool: poolAt(into) },
    ...(booked ? { short: booked } : {}),
    ...(family === 2 && into === undefined ? { cost: { from: stock('s'), to: givenOut('g') } } : {}),
  };
}

function written(one: Extract<Step['what'], { do: 'write' }>, state: ModelState, ledger: string): Body {
  const id = `${ledger}:t${one.id}`;
  const version = state.documents.get(`${things}/${id}`) ?? ('absent' as const);
  const is = one.is === 'right' ? version : one.is;
  return {
    legs: [debit(bank('m'), 1), credit(purse('p1'), 1)],
    guards: [{ in: things, id, is }],
    writes: (posted) => {
      if (is === 'absent') return [{ insert: things, document: { _id: id, ledger, version: 1, seq: posted.seq } }];
      return [one.remove ? { remove: things, id } : { update: things, id, set: { seq: posted.seq } }];
    },
  };
}
