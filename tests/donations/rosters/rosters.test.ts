import type request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { donationsRoutes, donationsTruths, recordBankGift, writeRosterRows } from '../../../server/donations';
import { sumGifts } from '../../../server/donations/follow-gift';
import { Gift } from '../../../server/donations/gift.model';
import { bringRoster } from '../../../server/donations/rosters/bring-roster';
import { confirmRoster } from '../../../server/donations/rosters/confirm-roster';
import { discardRoster } from '../../../server/donations/rosters/discard-roster';
import { handInRoster, withdrawRoster } from '../../../server/donations/rosters/hand-in-roster';
import { Roster, RosterFile, RosterLine } from '../../../server/donations/rosters/roster.model';
import { rostersTruth } from '../../../server/donations/rosters/rosters.truths';
import { askUndo, confirmUndo, declineUndo, releaseRoster } from '../../../server/donations/rosters/undo-roster';
import { bankGiftInput } from '../../../server/donations/staff.inputs';
import { restriction } from '../../../server/funds';
import { findActor } from '../../../server/identity';
import { SteppedClock } from '../../../server/kernel/clock';
import type { Context } from '../../../server/kernel/context';
import { AppError } from '../../../server/kernel/errors';
import { localDate } from '../../../server/kernel/local-date';
import { systemRandom } from '../../../server/kernel/random';
import { defineAccounts, defineKind, drawableFrom, findLotsOfOrigin, post } from '../../../server/ledger';
import { createLimiter } from '../../../server/platform/http/rate-limit';
import { createLogger } from '../../../server/platform/logging/logger';
import { ensureIndexes } from '../../../server/platform/mongo/indexes';
import { readTable } from '../../../server/platform/spreadsheets/read-table';
import { agentOf, appWithPeople, samplePerson, submit, testContext, tokenOn, useTestKeys } from '../../support/sign-in';
import { signingCode } from '../../support/signing';
import { useTestRedis } from '../../support/test-database';
import { useTestLedger } from '../../support/test-ledger';
import { recordPapers } from '../giving-county';

const clock = new SteppedClock('2026-11-24T02:00:00Z');
const today = localDate('2026-11-24');
const system = testContext(clock);
useTestKeys();
useTestLedger('hean', clock);
const redis = useTestRedis();
const spent = defineAccounts({ name: 'testSpent', unit: 'CNY', side: 'credit', floor: 'none' });
const spending = defineKind({ name: 'test.spent', accounts: [restriction, spent], by: ['system'] });

let finance: Context;
let second: Context;
let cashier: TestAgent;
beforeAll(async () => {
  await ensureIndexes();
  await recordPapers(system);
  const grants = [{ role: 'financeOfficer' as const, scope: '130499' }];
  const people = [await samplePerson(system, grants), await samplePerson(system, grants, { name: '李秋' })];
  const contexts = await Promise.all(
    people.map(async ({ _id }): Promise<Context> => ({ ...system, actor: (await findActor(system, _id)) ?? system.actor })),
  );
  [finance = system, second = system] = contexts;
  const limiter = createLimiter({ redis, ledger: 'hean', logger: createLogger({ level: 'silent', process: 'test' }) });
  const app = await appWithPeople(redis, clock, {
    rooms: [...donationsRoutes({ giving: undefined, publicBaseUrl: 'http://localhost:3000', limiter })],
  });
  cashier = await agentOf(app, people[0]?._id ?? '', system);
});

let serial = 0;
/** A transfer of the union that has arrived. */
async function arrived(yuan: string, purpose = 'general', lastDay?: string): Promise<Gift> {
  serial += 1;
  return recordBankGift(
    finance,
    bankGiftInput.parse({
      requestKey: `collected-${serial}`,
      bankSerial: `NSH2026-${serial}`,
      receivedOn: '2026-11-20',
      amount: yuan,
      donorKind: 'tradeUnion',
      payerName: '和安县总工会',
      creditCode: '81130434MC0000039T',
      purpose,
      ...(lastDay !== undefined && { lastDay }),
    }),
  );
}
const fileOf = (rows: readonly string[]) => Buffer.from(['姓名,金额,用途,署名', ...rows].join('\n'));
const brought = (gift: Gift, rows: readonly string[]) =>
  bringRoster(finance, { bytes: fileOf(rows), fileName: '名册.csv', gift: gift.number });
const confirmed = async (id: string, by = second) => confirmRoster(by, { id, code: await signingCode(by) });
const undone = async (id: string, by = second) => confirmUndo(by, { id, code: await signingCode(by) });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? [error.code, ...error.issues.map(({ code }) => code)].join(' ') : String(error)),
  );
const free = (purpose: string) => drawableFrom(system, restriction(purpose), today);
const traced = async ({ number }: Gift) => (await sumGifts(system, [number])).get(number);
const stateOf = async (id: string) => (await Roster.findById(id).lean<Roster>())?.state.name;
const violations = async () => (await Promise.all(donationsTruths.map(({ check }) => check(system)))).flat();

test('parts of a collection: set apart when handed in, under their purposes when another confirms, rows once however often the job comes', async () => {
  const gift = await arrived('1000.00');
  const before = { general: await free('general'), illness: await free('illness') };
  const rows = Array.from({ length: 900 }, (_, n) => (n < 100 ? `会员${n},2.00,因病救助,是` : `会员${n},1.00,,`));
  const roster = await brought(gift, rows);
  expect(roster).toMatchObject({ state: { name: 'previewed' }, lines: 900, sumFen: 1_000_00, named: 100 });
  expect((await brought(gift, rows))._id).toBe(roster._id);

  await handInRoster(finance, { id: roster._id });
  expect(await free('general')).toBe(before.general - 1_000_00);
  expect(await traced(gift)).toMatchObject({ apart: 1_000_00, left: 0 });
  expect(await codeOf(confirmed(roster._id, finance))).toBe('rule.same-person');

  await confirmed(roster._id);
  expect(await free('general')).toBe(before.general - 200_00);
  expect(await free('illness')).toBe(before.illness + 200_00);
  expect(await traced(gift)).toMatchObject({ apart: 0, other: 0, left: 1_000_00 });
  await Promise.all([1, 2, 3].map(() => writeRosterRows(system, { rosterId: roster._id })));
  await writeRosterRows(system, { rosterId: roster._id });
  expect(await stateOf(roster._id)).toBe('booked');
  expect(await RosterLine.countDocuments({ roster: roster._id })).toBe(900);
  const line = await RosterLine.findOne({ roster: roster._id, row: 2 }).lean<RosterLine>();
  expect(line).toMatchObject({ amountFen: 2_00, purpose: 'illness', isNamed: true });
  expect(JSON.stringify(line)).not.toContain('会员');
  expect(await violations()).toEqual([]);
});

test('a job cut off after its first rows goes on where it was', async () => {
  const gift = await arrived('500.00');
  const { _id: id } = await brought(
    gift,
    Array.from({ length: 500 }, (_, n) => `会员${n},1,,`),
  );
  await handInRoster(finance, { id });
  await confirmed(id);
  let commits = 0;
  const cut = { ...system, clock: { now: () => clock.now() }, random: systemRandom };
  const stopping = new Proxy(cut, {
    get(target, field, receiver) {
      if (field === 'actor') commits += 1;
      if (commits > 1) throw new Error('killed');
      return Reflect.get(target, field, receiver);
    },
  });
  await expect(writeRosterRows(stopping, { rosterId: id })).rejects.toThrow('killed');
  expect(await stateOf(id)).toBe('booking');
  await writeRosterRows(system, { rosterId: id });
  expect(await RosterLine.countDocuments({ roster: id })).toBe(500);
  expect(await stateOf(id)).toBe('booked');
});

test('taken back by two while nothing was used: the gift is as it was, and may have another roster', async () => {
  const gift = await arrived('300.00');
  const { _id: id } = await brought(gift, ['李梅,100,因病救助,是', '王强,200,,']);
  const before = await free('illness');
  await handInRoster(finance, { id });
  await confirmed(id);
  await writeRosterRows(system, { rosterId: id });
  await askUndo(finance, { id, reason: '名册拿错了' });
  expect(await codeOf(undone(id, finance))).toBe('rule.same-person');
  await declineUndo(finance, { id, reason: '名册没有拿错' });
  expect(await codeOf(undone(id))).toBe('state.not-allowed'); // nobody asks for it any more
  expect(await traced(gift)).toMatchObject({ left: 300_00 });
  await askUndo(finance, { id, reason: '名册拿错了' });
  await undone(id);
  await releaseRoster(system, { rosterId: id });
  await releaseRoster(system, { rosterId: id });
  expect(await stateOf(id)).toBe('undone');
  expect(await free('illness')).toBe(before);
  expect(await traced(gift)).toMatchObject({ apart: 0, other: 0, left: 300_00 });
  expect(await Gift.findById(gift._id).lean()).not.toHaveProperty('roster');
  const again = await brought(gift, ['李梅,100,因病救助,是', '王强,200,,']);
  expect(again).toMatchObject({ state: { name: 'previewed' } });
  expect(again._id).not.toBe(id);
  expect(await violations()).toEqual([]);
});

test("a gift whose last day passes meanwhile: its roster cannot be confirmed; withdrawn or taken back, the money is the gift's, for no day more", async () => {
  const gifts = [await arrived('100.00', 'general', today), await arrived('100.00', 'general', today)] as const;
  const ids: string[] = [];
  for (const gift of gifts)
    ids.push((await handInRoster(finance, { id: (await brought(gift, ['李梅,60,因病救助,', '王强,40,,']))._id }))._id);
  const [waiting = '', booked = ''] = ids;
  await confirmed(booked);
  await writeRosterRows(system, { rosterId: booked });
  clock.advance(86_400_000);
  expect(await codeOf(confirmed(waiting))).toBe('roster.past');
  await withdrawRoster(finance, { id: waiting });
  await askUndo(finance, { id: booked, reason: '名册拿错了' });
  await undone(booked);
  await releaseRoster(system, { rosterId: booked });
  expect(await Promise.all([stateOf(waiting), stateOf(booked)])).toEqual(['withdrawn', 'undone']);
  for (const gift of gifts) {
    expect(await traced(gift)).toMatchObject({ apart: 0, other: 0, left: 100_00 });
    expect(await findLotsOfOrigin(system, gift.number)).toMatchObject([{ pool: `restriction:general:${today}`, lastDay: today }]);
  }
  expect(await violations()).toEqual([]);
});

test('what was used of one purpose keeps the whole from being taken back, and says which rows', async () => {
  const gift = await arrived('300.00');
  const { _id: id } = await brought(gift, ['李梅,100,老人关爱,', '王强,200,,']);
  await handInRoster(finance, { id });
  await confirmed(id);
  await writeRosterRows(system, { rosterId: id });
  await askUndo(finance, { id, reason: '名册拿错了' });
  await post(system, {
    key: 'test:spent:1',
    kind: spending,
    source: { type: 'test', id: '1' },
    draws: [{ from: restriction('elders'), amount: 30_00, to: spent('out') }],
  });
  expect(await codeOf(undone(id))).toBe('roster.used');
  expect(await stateOf(id)).toBe('undoAsked');
  const page = await cashier.get(`/donations/rosters/${id}`).expect(200);
  expect(page.text).toContain('老人关爱的 1 行里，已经用了或预留了 ¥30.00');
});

test('a gift of which something was used can have no roster; one withdrawn gives the money back', async () => {
  const [used, whole] = [await arrived('50.00', 'schooling'), await arrived('60.00', 'disaster')];
  await post(system, {
    key: 'test:spent:2',
    kind: spending,
    source: { type: 'test', id: '2' },
    draws: [{ from: restriction('schooling'), amount: 1_00, to: spent('out') }],
  });
  const { _id: late } = await brought(used, ['李梅,50,,']);
  expect(await codeOf(handInRoster(finance, { id: late }))).toBe('roster.gift-used');
  const { _id: id } = await brought(whole, ['李梅,60,,']);
  await handInRoster(finance, { id });
  await withdrawRoster(finance, { id });
  expect(await traced(whole)).toMatchObject({ left: 60_00, apart: 0 });
  expect(await codeOf(brought(await arrived('10.00'), ['李梅,9.99,,']).then(({ _id }) => handInRoster(finance, { id: _id })))).toBe(
    'state.not-allowed',
  );
});

test('the file comes back with what is wrong in each row, to whoever brought it and to nobody else', async () => {
  const gift = await arrived('100.00', 'illness');
  const _csrf = await tokenOn(cashier, '/donations/rosters');
  const send = (bytes: Buffer, fields: Record<string, string>) =>
    cashier
      .post('/donations/rosters')
      .field({ _csrf, ...fields })
      .attach('file', bytes, '名册.csv');
  const { headers } = await send(fileOf(['李梅,50,,', ',五十,修路,也许', '王强,40,因学救助,是']), { gift: gift.number }).expect(303);
  const href = headers['location'] ?? '';
  const page = await cashier.get(href).expect(200);
  expect(page.text).toContain('有 2 行要改');
  expect(page.text).toContain('各行合计 ¥50.00，银行到账 ¥100.00，少了 ¥50.00。');
  expect(page.text).not.toContain('/requests');
  const file = await cashier.get(`${href}/file`).buffer(true).parse(binary).expect(200);
  const table = await readTable(file.body as Buffer, { rows: 9, columns: 9 });
  expect(table.map(({ cells }) => cells.at(-1))).toEqual([
    '要改的地方',
    '',
    '没有姓名；金额读不懂，写成 50 或 50.00；没有这种用途，请照空表里的选；署名请填“是”或“否”',
    '这笔捐款限定了用途，不能改成别的',
  ]);
  const template = await cashier.get('/donations/rosters/template.xlsx').buffer(true).parse(binary).expect(200);
  expect((await readTable(template.body as Buffer, { rows: 9, columns: 9 })).at(-1)?.cells).toEqual(['姓名', '金额', '用途', '署名']);

  const noTable = await send(Buffer.from('只是一句话'), { gift: gift.number }).expect(422);
  expect(noTable.text).toContain('找不到“姓名”和“金额”两列');
  expect((await send(fileOf(['李梅,1,,']), { gift: 'D-2026-999999' }).expect(422)).text).toContain('没有这个编号的捐赠');
  const { _id: others } = await bringRoster(second, { bytes: fileOf([',1,,']), fileName: '别人的.csv', gift: gift.number });
  await cashier.get(`/donations/rosters/${others}/file`).expect(404);
});

function binary(res: request.Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const stream = res as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}

test('a roster that nobody has handed in is discarded, faulty or not: its names go, and the same file is another roster', async () => {
  const gift = await arrived('30.00');
  const [wrong, right] = [await brought(gift, ['张小明,10.00,,']), await brought(gift, ['张小明,30.00,,'])];
  expect([await stateOf(wrong._id), await stateOf(right._id)]).toEqual(['faulty', 'previewed']);
  for (const { _id } of [wrong, right]) {
    const page = `/donations/rosters/${_id}`;
    expect((await submit(cashier, page, `${page}/discards`, {})).headers['location']).toBe(page);
    expect((await cashier.get(page).expect(200)).text).toContain('已丢弃');
    expect(await RosterFile.exists({ _id })).toBeNull();
    expect((await Roster.findById(_id).lean<Roster>())?.first).toEqual([]);
  }
  expect(await codeOf(handInRoster(finance, { id: right._id }))).toBe('state.not-allowed');
  const again = await brought(gift, ['张小明,30.00,,']);
  expect(again._id).not.toBe(right._id);
  await handInRoster(finance, { id: again._id });
  expect(await codeOf(discardRoster(finance, { id: again._id }))).toBe('state.not-allowed');
});

test('who looks over the books is told when a row of a booked roster is another, or it is called taken back and stands', async () => {
  const roster = await Roster.findOne({ ledger: system.ledger, 'state.name': 'booked' }).lean<Roster>();
  const line = roster && (await RosterLine.findOne({ ledger: system.ledger, roster: roster._id }).lean<RosterLine>());
  if (!line) throw new Error('there is no booked roster');
  expect(await rostersTruth.check(system)).toEqual([]);
  await RosterLine.updateOne({ _id: line._id }, { $inc: { amountFen: 1 } });
  expect(await rostersTruth.check(system)).toMatchObject([
    { truth: 'D7', where: roster.number, what: expect.stringMatching(/^gift \d+, rows/) },
  ]);
  await RosterLine.replaceOne({ _id: line._id }, line);
  await Roster.updateOne({ _id: roster._id }, { $set: { 'state.name': 'undone' } });
  expect(await rostersTruth.check(system)).toMatchObject([{ what: 'called undone, reversal none' }]);
  await Roster.replaceOne({ _id: roster._id }, roster);
});
