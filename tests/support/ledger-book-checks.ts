import { shanghaiDay } from '../../server/kernel/local-date';
import { accounts, days, type EntryDocument, entries, heads, nameOf, notes, pools, salts } from '../../server/ledger/collections';

/**
 * Reads a whole ledger and says what is wrong with it, in one line each; none for sound books. Slow and plain, made for tests: it
 * replays every leg, where the truths that run in production let the database count.
 */
export async function faultsOfBooks(ledger: string): Promise<string[]> {
  const book = await entries()
    .find({ ledger }, { sort: { seq: 1 } })
    .toArray();
  return [
    ...(await faultsOfNumbers(ledger, book)),
    ...book.flatMap(faultsOfEntry),
    ...(await faultsOfBalances(ledger, book)),
    ...(await faultsOfPools(ledger)),
    ...(await faultsOfDays(ledger, book)),
  ];
}

async function faultsOfNumbers(ledger: string, book: readonly EntryDocument[]): Promise<string[]> {
  const head = await heads().findOne({ _id: ledger });
  const faults = book.flatMap(({ seq }, place) => (seq === place + 1 ? [] : [`entry ${place + 1} has number ${seq}`]));
  if (head?.seq !== book.length) faults.push(`head says ${head?.seq}, there are ${book.length} entries`);
  const keys = new Set(book.map(({ _id }) => _id));
  for (const { _id } of await notes().find({ ledger }).toArray()) if (keys.has(_id)) faults.push(`${_id} is a note and an entry`);
  const rows = await salts().find({ ledger }).toArray();
  const salted = new Map(rows.flatMap((row) => row.salts.map((salt, place) => [row.firstSeq + place, salt] as const)));
  for (const { seq } of book) if (Buffer.from(salted.get(seq) ?? '', 'base64').length !== 16) faults.push(`entry ${seq} has no salt`);
  if (new Set(salted.values()).size !== book.length) faults.push(`${salted.size} salts for ${book.length} entries, or two are the same`);
  const reversed = book.flatMap(({ reverses }) => reverses ?? []);
  if (new Set(reversed).size !== reversed.length) faults.push('an entry was reversed twice');
  return faults;
}

function faultsOfEntry(entry: EntryDocument): string[] {
  const faults = strange(entry, `entry ${entry.seq}`);
  const sums = new Map<string, number>();
  for (const { unit, amount } of entry.legs) sums.set(unit, (sums.get(unit) ?? 0) + amount);
  for (const [unit, sum] of sums) if (sum !== 0) faults.push(`entry ${entry.seq}: ${unit} sums to ${sum}`);
  if (entry.legs.length === 0) faults.push(`entry ${entry.seq} has no legs`);
  if (entry.legs.some(({ amount }) => amount === 0)) faults.push(`entry ${entry.seq} has a leg of 0`);
  if (new Set(entry.legs.map(({ account }) => account)).size !== entry.legs.length) faults.push(`entry ${entry.seq}: account twice`);
  return faults;
}

/** Whatever is neither text nor a safe integer could not be hashed into the public log. */
function strange(value: unknown, where: string): string[] {
  if (typeof value === 'string' || Number.isSafeInteger(value)) return [];
  if (Array.isArray(value)) return value.flatMap((item, place) => strange(item, `${where}[${place}]`));
  const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(Object.getPrototypeOf(value)) === null;
  return isPlain ? Object.entries(value).flatMap(([key, item]) => strange(item, `${where}.${key}`)) : [`${where} is ${String(value)}`];
}

async function faultsOfBalances(ledger: string, book: readonly EntryDocument[]): Promise<string[]> {
  const faults: string[] = [];
  const known = new Map((await accounts().find({ ledger }).toArray()).map((account) => [nameOf(account._id), account]));
  const balances = new Map<string, number>();
  for (const { seq, legs } of book) {
    for (const leg of legs) {
      const account = known.get(leg.account);
      if (!account) faults.push(`entry ${seq} moves ${leg.account}, which is not there`);
      const balance = (balances.get(leg.account) ?? 0) + (account?.side === 'debit' ? leg.amount : -leg.amount);
      balances.set(leg.account, balance);
      if (leg.balanceAfter !== balance) faults.push(`entry ${seq}: ${leg.account} has ${balance}, the leg says ${leg.balanceAfter}`);
      if (account?.unit !== leg.unit) faults.push(`entry ${seq}: ${leg.account} in ${leg.unit}`);
      if (account?.floor === 0 && balance < 0) faults.push(`entry ${seq}: ${leg.account} falls to ${balance}`);
    }
  }
  for (const [code, account] of known) {
    const { balance, floor, status, pool, open, unitCost, value = 0 } = account;
    if (balance !== (balances.get(code) ?? 0)) faults.push(`${code} has ${balance}, its legs ${balances.get(code)}`);
    if (floor === 0 && balance < 0) faults.push(`${code} is under its floor: ${balance}`);
    if (status === 'closed' && balance !== 0) faults.push(`${code} is closed with ${balance}`);
    const drawable = pool !== undefined && status === 'open' && balance > 0;
    if ((open ?? false) !== drawable) faults.push(`${code} is ${open ? '' : 'not '}marked open: ${status}, ${balance}`);
    if (value < (unitCost ?? 0) * balance || (balance === 0 && value !== 0))
      faults.push(`${code}: ${balance} at ${unitCost} are worth ${value}`);
  }
  return faults;
}

async function faultsOfPools(ledger: string): Promise<string[]> {
  const lots = await accounts()
    .find({ ledger, pool: { $exists: true } })
    .toArray();
  const known = new Map((await pools().find({ ledger }).toArray()).map((pool) => [nameOf(pool._id), pool]));
  const faults: string[] = [];
  for (const code of new Set([...known.keys(), ...lots.flatMap(({ pool }) => pool ?? [])])) {
    const own = lots.filter(({ pool }) => pool === code);
    const [total, open] = [own.reduce((sum, lot) => sum + lot.balance, 0), own.filter((lot) => lot.open).length];
    const pool = known.get(code);
    if (pool?.total !== total || pool.open !== open) faults.push(`${code} says ${pool?.total} in ${pool?.open} lots: ${total} in ${open}`);
    if (new Set(own.map(({ order }) => order)).size !== own.length) faults.push(`${code}: two lots have one order`);
  }
  return faults;
}

async function faultsOfDays(ledger: string, book: readonly EntryDocument[]): Promise<string[]> {
  const faults: string[] = [];
  for (const [place, entry] of book.entries()) {
    if (place > 0 && entry.recordedAt < (book[place - 1]?.recordedAt ?? '')) faults.push(`entry ${entry.seq} was recorded before the last`);
  }
  const lastOf = new Map(book.map((entry) => [shanghaiDay(new Date(entry.recordedAt)), entry.seq]));
  const closed = await days()
    .find({ ledger }, { sort: { day: 1 } })
    .toArray();
  for (const { day, lastSeq } of closed) {
    const upToDay = Math.max(0, ...[...lastOf].filter(([other]) => other <= day).map(([, seq]) => seq));
    if (lastSeq !== upToDay) faults.push(`day ${day} ends with ${upToDay}, stored is ${lastSeq}`);
  }
  const last = [...lastOf.keys()].at(-1);
  for (const day of lastOf.keys()) {
    if (day !== last && !closed.some((one) => one.day === day)) faults.push(`day ${day} is not closed`);
  }
  return faults;
}
