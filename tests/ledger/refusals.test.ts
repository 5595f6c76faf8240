import { SteppedClock } from '../../server/kernel/clock';
import { localDate } from '../../server/kernel/local-date';
import { credit, debit, LedgerRefused, type Posting, post } from '../../server/ledger';
import { loadTranslator } from '../../server/platform/i18n/translator';
import { faultsOfBooks } from '../support/ledger-book-checks';
import { refusalOf } from '../support/ledger-refusal';
import { useTestLedger } from '../support/test-ledger';
import {
  allowed,
  allowing,
  anyKind,
  bank,
  giftPool,
  grantKind,
  issued,
  points,
  purse,
  slips,
  source,
  spent,
  testContext,
} from './test-chart';

const clock = new SteppedClock('2026-03-20T02:00:00Z');
const ctx = testContext('refusals', clock);
useTestLedger('refusals', clock);

const ceiling = 2 ** 51 - 1;
const send = (posting: Omit<Posting, 'kind' | 'source'>) => post(ctx, { kind: anyKind, source, ...posting });
const move = (key: string, amount: number, more: Partial<Posting> = {}) =>
  send({ key, legs: [debit(bank('m'), amount), credit(purse('p'), amount)], ...more });

test('a refusal names the last entry before it, not the grants that went with it', async () => {
  const last = await move('before', 1);
  const grant = { key: 'grant:1', kind: grantKind, source, legs: [debit(allowing('rice'), 2), credit(allowed('h1'), 2)] };
  const use = send({ key: 'use:1', ensure: [grant], legs: [debit(allowed('h1'), 3), credit(allowing('used'), 3)] });
  expect(await refusalOf(use)).toMatchObject({ code: 'floor', asOf: last.seq });
});

test('a draw of what is left that finds nothing says how much it is short, the first time and again', async () => {
  const posting = { key: 'short', draws: [{ from: points('nobody'), amount: { upTo: 7 }, to: spent('s') }] };
  const first = await send(posting);
  expect(first).toMatchObject({ seq: null, short: 7 });
  expect(await send(posting)).toEqual({ ...first, replayed: true });
});

test.each`
  account                   | why
  ${points('h', 'none')}    | ${'a lot of points'}
  ${giftPool('any', 'D-1')} | ${'a gift'}
`('no leg opens $why: a lot begins with what is put into it', async ({ account }: { account: string }) => {
  const other = account.startsWith('test-points') ? issued('i') : bank('m');
  expect(await refusalOf(send({ key: `opens:${account}`, legs: [debit(other, 1), credit(account, 1)] }))).toMatchObject({
    code: 'noAccount',
    account,
  });
});

test.each`
  legs                                                                                | code          | why
  ${[debit(bank('x'), ceiling), credit(purse('x'), ceiling)]}                         | ${'posted'}   | ${'just the ceiling'}
  ${[debit(bank('x'), 1), credit(purse('x'), 1)]}                                     | ${'overflow'} | ${'one above, on an account without floor'}
  ${Array.from({ length: 9 }, () => debit(bank('y'), ceiling))}                       | ${'overflow'} | ${'more than a double can count, in one posting'}
  ${Array.from({ length: 9 }, (_, n) => debit(bank(`z${n}`), n === 0 ? 1 : ceiling))} | ${'overflow'} | ${'a sum that a double cannot hold'}
`('$code: $why', async ({ legs, code, why }) => {
  const answer = await refusalOf(send({ key: String(why).replaceAll(' ', '-'), legs }));
  expect(answer).toEqual(code === 'posted' ? 'posted' : expect.objectContaining({ code }));
});

test('an account that was refused for its sum holds exactly what it held', async () => {
  await move('exact:1', 3);
  await refusalOf(send({ key: 'exact:2', legs: Array.from({ length: 9 }, () => credit(purse('p'), ceiling)) }));
  const before = await move('exact:3', 1);
  const after = await move('exact:4', 1);
  expect((after.legs[1]?.balanceAfter ?? 0) - (before.legs[1]?.balanceAfter ?? 0)).toBe(1);
});

test.each`
  legs                                                                 | why
  ${[]}                                                                | ${'nothing'}
  ${[debit(bank('m'), 0), credit(purse('p'), 0)]}                      | ${'legs of zero'}
  ${[debit(bank('m'), 5), credit(purse('p'), 5), debit(bank('n'), 0)]} | ${'one leg of zero'}
  ${[debit(bank('m'), 5), credit(bank('m'), 5)]}                       | ${'legs that undo each other'}
  ${[debit(bank('m'), 0.5), credit(purse('p'), 0.5)]}                  | ${'half a fen'}
`('$why is a fault of ours, and takes no number', async ({ legs }: { legs: Posting['legs'] }) => {
  const draws = legs?.length === 0 ? [{ from: giftPool('none'), amount: 0, to: purse('p') }] : [];
  expect(await refusalOf(send({ key: 'faulty', numbers: [slips], legs: legs ?? [], draws }))).toMatch('broken invariant');
  const next = await move(`after:${JSON.stringify(legs)}`.slice(0, 100).replaceAll(' ', ''), 1, { numbers: [slips] });
  expect(next.numbers['test-slip']).toMatch(/^S-2026-00000[1-5]$/);
});

test('closed books stay closed when an earlier day is closed again', async () => {
  await send({ key: 'close:1', closesThrough: localDate('2026-03-10') });
  await send({ key: 'close:2', closesThrough: localDate('2026-02-28') });
  expect(await refusalOf(move('into:1', 1, { effectiveOn: localDate('2026-03-10') }))).toMatchObject({ code: 'closedDay' });
  expect(await refusalOf(move('into:2', 1, { effectiveOn: localDate('2026-03-11') }))).toBe('posted');
});

test('the longest key can be taken back, too', async () => {
  const key = 'k'.repeat(120);
  await move(key, 1);
  expect(await refusalOf(send({ key: `reversal:${key}`, reverses: key }))).toBe('posted');
});

test('what is refused at the end of a posting leaves lots, pools and accounts as they were', async () => {
  const pool = giftPool('undone');
  const lots = ['a', 'b'].map((id) => ({ lot: `${pool}:${id}`, pool, amount: 10, order: id, origin: id }));
  await send({ key: 'undone:fill', legs: [debit(bank('m'), 20)], lots });
  const unbalanced = { draws: [{ from: pool, amount: 15, to: { pool: giftPool('undone-too') } }], legs: [debit(bank('m'), 1)] };
  const frozenTarget = { draws: [{ from: pool, amount: 15, to: purse('frozen') }] };
  await move('undone:frozen', 1, { legs: [debit(bank('m'), 1), credit(purse('frozen'), 1)] });
  await send({ key: 'undone:freeze', status: [{ account: purse('frozen'), to: 'frozen' }] });
  const answers = await Promise.all([
    refusalOf(send({ key: 'undone:1', ...unbalanced })),
    refusalOf(send({ key: 'undone:2', ...frozenTarget })),
    send({ key: 'undone:3', draws: [{ from: pool, amount: 12, to: purse('p') }] }),
  ]);
  expect(answers).toMatchObject([{ code: 'unbalanced' }, { code: 'frozen' }, { drawn: [{ amount: 10 }, { amount: 2 }] }]);
  expect(await refusalOf(send({ key: 'undone:4', draws: [{ from: pool, amount: 9, to: purse('p') }] }))).toMatchObject({ available: 8 });
});

test('and the books are sound after all of this', async () => {
  expect(await faultsOfBooks('refusals')).toEqual([]);
});

test.each`
  refusal       | code
  ${'floor'}    | ${'ledger.refused'}
  ${'exists'}   | ${'ledger.exists'}
  ${'lotPast'}  | ${'ledger.lot-past'}
  ${'frozen'}   | ${'ledger.frozen'}
  ${'tooLarge'} | ${'ledger.not-booked'}
`('a refusal for $refusal has words of its own, and only what is missing is called so', async ({ refusal, code }) => {
  expect(new LedgerRefused(refusal, 1).code).toBe(code);
  const t = (await loadTranslator()).in('zh-CN');
  expect(t(`errors:${code}`).includes('账上不够')).toBe(code === 'ledger.refused');
});
