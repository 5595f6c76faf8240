import type { Context } from '../kernel/context';
import type { Truth, Violation } from '../kernel/truths';
import { accounts, entries, heads, idOf, nameOf, notes, pools, salts } from './collections';

const shown = 20; // of each kind: enough to act on, not enough to drown in

/** For each entry and unit the legs sum to zero; numbers are dense; keys are unique over entries and notes; each entry has its salt. */
const entriesAreWhole: Truth = {
  id: 'I1',
  says: 'legs of each entry and unit sum to 0, entry numbers have no gap, no key is used twice, each entry has a salt',
  check: async (ctx) => [
    ...(await unbalancedEntries(ctx)),
    ...(await gaps(ctx)),
    ...(await sharedKeys(ctx)),
    ...(await unsalted(ctx)),
    ...(await unbalancedBook(ctx)),
  ],
};

/** Balances are the sums of legs, and the last stored leg says the same; pools are the sums of their lots; floors hold. */
const balancesAgree: Truth = {
  id: 'I2',
  says: 'each balance is the sum of its legs and no less than its floor, each pool is the sum of its lots',
  check: async (ctx) => [...(await wrongBalances(ctx)), ...(await belowFloor(ctx)), ...(await wrongPools(ctx))],
};

/** A key has one effect: it is an id, so the database itself refuses a second one; what can differ is an entry and a note. */
const oneEffectPerKey: Truth = {
  id: 'I8',
  says: 'one effect per key: a reversal stands once against its entry',
  check: async (ctx) => {
    const doubles = await entries()
      .aggregate<{ _id: string }>([
        { $match: { ledger: ctx.ledger, reverses: { $exists: true } } },
        { $group: { _id: '$reverses', times: { $sum: 1 } } },
        { $match: { times: { $gt: 1 } } },
        { $limit: shown },
      ])
      .toArray();
    return doubles.map(({ _id }) => violation('I8', 'entry reversed twice', _id));
  },
};

export const ledgerTruths: readonly Truth[] = [entriesAreWhole, balancesAgree, oneEffectPerKey];

function violation(truth: string, what: string, where: string): Violation {
  return { truth, what, where };
}

async function unbalancedEntries(ctx: Context): Promise<Violation[]> {
  const found = await entries()
    .aggregate<{ _id: { seq: number; unit: string }; sum: number }>(
      [
        { $match: { ledger: ctx.ledger } },
        { $unwind: '$legs' },
        { $group: { _id: { seq: '$seq', unit: '$legs.unit' }, sum: { $sum: '$legs.amount' } } },
        { $match: { sum: { $ne: 0 } } },
        { $limit: shown },
      ],
      { allowDiskUse: true },
    )
    .toArray();
  return found.map(({ _id, sum }) => violation('I1', `legs in ${_id.unit} sum to ${sum}`, `entry ${_id.seq}`));
}

async function gaps(ctx: Context): Promise<Violation[]> {
  const head = await heads().findOne({ _id: ctx.ledger, ledger: ctx.ledger });
  const [range] = await entries()
    .aggregate<{ first: number; last: number; count: number }>([
      { $match: { ledger: ctx.ledger } },
      { $group: { _id: null, first: { $min: '$seq' }, last: { $max: '$seq' }, count: { $sum: 1 } } },
    ])
    .toArray();
  if (!range) return head && head.seq > 0 ? [violation('I1', `head says ${head.seq} entries, there are none`, 'head')] : [];
  const dense = range.first === 1 && range.last === range.count && head?.seq === range.last;
  return dense ? [] : [violation('I1', `numbers ${range.first} to ${range.last}, ${range.count} entries, head ${head?.seq}`, 'head')];
}

async function sharedKeys(ctx: Context): Promise<Violation[]> {
  const found = await notes()
    .aggregate<{ _id: string }>([
      { $match: { ledger: ctx.ledger } },
      { $lookup: { from: entries().collectionName, localField: '_id', foreignField: '_id', as: 'entry' } },
      { $match: { entry: { $ne: [] } } },
      { $project: { _id: 1 } },
      { $limit: shown },
    ])
    .toArray();
  return found.map(({ _id }) => violation('I1', 'key of a note and of an entry', nameOf(_id)));
}

async function unsalted(ctx: Context): Promise<Violation[]> {
  const [count, [salted]] = await Promise.all([
    entries().countDocuments({ ledger: ctx.ledger }),
    salts()
      .aggregate<{ count: number }>([{ $match: { ledger: ctx.ledger } }, { $group: { _id: null, count: { $sum: { $size: '$salts' } } } }])
      .toArray(),
  ]);
  const found = salted?.count ?? 0;
  return found === count ? [] : [violation('I1', `${found} salts for ${count} entries`, 'salts')];
}

async function wrongBalances(ctx: Context): Promise<Violation[]> {
  const found = await entries()
    .aggregate<{ _id: string; sum: number; last: number; account?: { balance: number } }>(
      [
        { $match: { ledger: ctx.ledger } },
        { $sort: { ledger: 1, seq: 1 } },
        { $unwind: '$legs' },
        { $group: { _id: '$legs.account', sum: { $sum: '$legs.amount' }, last: { $last: '$legs.balanceAfter' } } },
        { $set: { id: { $concat: [idOf(ctx.ledger, ''), '$_id'] } } },
        { $lookup: { from: accounts().collectionName, localField: 'id', foreignField: '_id', as: 'account' } },
        { $set: { account: { $first: '$account' } } },
        { $set: { own: { $cond: [{ $eq: ['$account.side', 'debit'] }, '$sum', { $multiply: ['$sum', -1] }] } } },
        { $match: { $expr: { $or: [{ $ne: ['$own', '$account.balance'] }, { $ne: ['$last', '$account.balance'] }] } } },
        { $limit: shown },
      ],
      { allowDiskUse: true },
    )
    .toArray();
  return found.map(({ _id, sum, last, account }) =>
    violation('I2', `balance ${account?.balance}, legs ${sum}, last leg ${last}`, `account ${_id}`),
  );
}

async function belowFloor(ctx: Context): Promise<Violation[]> {
  const found = await accounts()
    .find({ ledger: ctx.ledger, floor: 0, balance: { $lt: 0 } }, { limit: shown })
    .toArray();
  return found.map(({ _id, balance }) => violation('I2', `balance ${balance} under its floor`, `account ${nameOf(_id)}`));
}

/** Pools against their lots: all balances make the total, those that a draw may take from are counted as open. */
async function wrongPools(ctx: Context): Promise<Violation[]> {
  const lots = await accounts()
    .aggregate<{ _id: string; sum: number; drawable: number }>(
      [
        { $match: { ledger: ctx.ledger, pool: { $exists: true } } },
        { $group: { _id: '$pool', sum: { $sum: '$balance' }, drawable: { $sum: { $cond: [{ $eq: ['$open', true] }, 1, 0] } } } },
      ],
      { allowDiskUse: true },
    )
    .toArray();
  const byPool = new Map(lots.map((one) => [one._id, one]));
  const wrong: Violation[] = [];
  for await (const { _id, total, open } of pools().find({ ledger: ctx.ledger })) {
    const { sum, drawable } = byPool.get(nameOf(_id)) ?? { sum: 0, drawable: 0 };
    if (total === sum && open === drawable) continue;
    wrong.push(violation('I2', `pool says ${total} in ${open} lots, its lots ${sum} in ${drawable}`, `pool ${nameOf(_id)}`));
    if (wrong.length === shown) break;
  }
  return wrong;
}

/** Over the whole book the balances of each unit cancel out; an account that no leg has made would not. */
async function unbalancedBook(ctx: Context): Promise<Violation[]> {
  const signed = { $cond: [{ $eq: ['$side', 'debit'] }, '$balance', { $multiply: ['$balance', -1] }] };
  const found = await accounts()
    .aggregate<{ _id: string; sum: number }>([
      { $match: { ledger: ctx.ledger } },
      { $group: { _id: '$unit', sum: { $sum: signed } } },
      { $match: { sum: { $ne: 0 } } },
      { $limit: shown },
    ])
    .toArray();
  return found.map(({ _id, sum }) => violation('I1', `balances sum to ${sum}`, `unit ${_id}`));
}
