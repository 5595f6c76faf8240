import { booksRoutes } from '../../server/books';
import { codeOf, readCodeRows, writeCodeRows } from '../../server/books/journal/account-codes';
import { findJournal, monthOf } from '../../server/books/journal/find-journal';
import { journalAccounts } from '../../server/books/journal/journal.settings';
import { journalWorkbook } from '../../server/books/journal/journal-pages';
import { giftReceived } from '../../server/donations/donations.accounts';
import { gift, mainBank, provider } from '../../server/funds';
import { SteppedClock } from '../../server/kernel/clock';
import { divisionCode } from '../../server/kernel/division-code';
import { localDate } from '../../server/kernel/local-date';
import { accountClassNames, debit, post } from '../../server/ledger';
import { chartEntry } from '../../server/ledger/chart';
import { loadTranslator } from '../../server/platform/i18n/translator';
import { readTable } from '../../server/platform/spreadsheets/read-table';
import { enactSamplesOnce } from '../support/enacted-samples';
import '../../server/truths'; // loads every room, so that each account is in the chart
import { agentOf, appWithPeople, samplePerson, testContext, useTestKeys } from '../support/sign-in';
import { useTestRedis } from '../support/test-database';
import { useTestLedger } from '../support/test-ledger';

const rows = readCodeRows('bank 1002 银行存款\nbank:main 100201 银行存款 基本户\ngift 3102 限定性净资产') as Parameters<
  typeof writeCodeRows
>[0];

test.each`
  account                | code
  ${'bank:main'}         | ${'100201'}
  ${'bank:second'}       | ${'1002'}
  ${'bank:main:x'}       | ${'100201'}
  ${'gift:D-2026-00001'} | ${'3102'}
  ${'provider:stripe'}   | ${undefined}
`('$account has the code $code', ({ account, code }) => {
  expect(codeOf(account, rows)?.code).toBe(code);
});

test('the sample has a code for every class of accounts in yuan', () => {
  const inYuan = accountClassNames().filter((name) => chartEntry(`${name}:x:y`).unit === 'CNY');
  expect(inYuan).toContain('restriction');
  expect(inYuan.filter((name) => codeOf(`${name}:x`, journalAccounts.sample ?? []) === undefined)).toEqual([]);
});

test('codes are typed and shown as the same lines; a line that says less is no row', () => {
  expect(readCodeRows(writeCodeRows(rows))).toEqual(rows);
  expect(journalAccounts.schema.safeParse(readCodeRows('bank 1002')).success).toBe(false);
  expect(journalAccounts.schema.safeParse([...rows, ...rows]).success).toBe(false);
});

test.each`
  month        | from            | to              | isOver
  ${'2026-02'} | ${'2026-02-01'} | ${'2026-02-28'} | ${true}
  ${'2024-12'} | ${'2024-12-01'} | ${'2024-12-31'} | ${true}
  ${'2026-11'} | ${'2026-11-01'} | ${'2026-11-30'} | ${false}
`('$month runs from $from to $to', ({ month, ...days }) => {
  expect(monthOf(month, localDate('2026-11-30'))).toEqual({ month, ...days });
});

const clock = new SteppedClock('2026-10-05T02:00:00Z');
const finance = testContext(clock, { actor: { id: 'usr_finance', kind: 'person', grants: [{ role: 'financeOfficer', scope: '130499' }] } });
useTestKeys();
useTestLedger('hean', clock);
const redis = useTestRedis();

let count = 0;
async function received(yuan: number, account: string): Promise<void> {
  count += 1;
  const number = `D-2026-${String(count).padStart(6, '0')}`;
  await post(finance, {
    key: `gift:${number}:received`,
    kind: giftReceived,
    source: { type: 'gift', id: number },
    legs: [debit(account, yuan * 100)],
    lots: [{ lot: gift(number), pool: 'restriction:general', amount: yuan * 100, order: `2026-01-01/${number}`, origin: number }],
  });
}

test('a month that is over gives the same bytes whenever it is exported, agrees with the trial balance, and names what has no code', async () => {
  const officer = (id: string, role: 'countyAdmin' | 'fundManager') =>
    testContext(clock, { actor: { id, kind: 'person', grants: [{ role, scope: '130499' }] } });
  const both = { proposer: officer('usr_admin', 'countyAdmin'), confirmer: officer('usr_manager', 'fundManager') };
  await enactSamplesOnce({
    ...both,
    scope: divisionCode('130499'),
    sourceDoc: 'test',
    definitions: [{ ...journalAccounts, sample: [...rows] }],
  });
  clock.set(new Date('2026-10-20T02:00:00Z'));
  await received(100, mainBank);
  await received(50, mainBank);
  clock.set(new Date('2026-11-02T02:00:00Z'));
  await received(7, provider('stripe'));

  const t = (await loadTranslator()).in('zh-CN');
  const october = () => monthOf('2026-10', localDate('2026-11-24'));
  const first = await journalWorkbook(finance, t, '和安县', october());
  clock.set(new Date('2026-11-24T02:00:00Z'));
  expect((await journalWorkbook(finance, t, '和安县', october())).equals(first)).toBe(true);

  const table = (await readTable(first, { rows: 99, columns: 20 })).map(({ cells }) => cells);
  expect(table.slice(4).map((cells) => cells.slice(3, 7))).toEqual([
    ['100201', '银行存款 基本户', '100', ''],
    ['3102', '限定性净资产', '', '100'],
    ['100201', '银行存款 基本户', '50', ''],
    ['3102', '限定性净资产', '', '50'],
    ['合计', '', '150', '150'],
  ]);
  const journal = await findJournal(finance, october());
  expect(journal).toMatchObject({ debit: 150_00, credit: 150_00, agrees: true, missing: [] });
  expect(journal.sums.find(({ className }) => className === 'bank')).toMatchObject({
    opening: 0,
    debit: 150_00,
    closing: 150_00,
    trial: 150_00,
  });

  const november = monthOf('2026-11', localDate('2026-12-01'));
  expect(await findJournal(finance, november)).toMatchObject({ agrees: true, missing: ['provider'], debit: 7_00 });
  await expect(journalWorkbook(finance, t, '和安县', november)).rejects.toMatchObject({
    code: 'journal.codes-missing',
    details: { names: t('accounts:provider') },
  });

  const { _id: auditor } = await samplePerson(finance, [{ role: 'auditor', scope: '130499' }]);
  const agent = await agentOf(await appWithPeople(redis, clock, { rooms: [booksRoutes()] }), auditor, finance);
  const page = await agent.get('/ledger/journal?month=2026-10').expect(200);
  expect(page.text).toContain('href="/ledger/journal.xlsx?month=2026-10"');
  expect(page.text).toContain('¥150.00');
  const unfinished = await agent.get('/ledger/journal?month=2026-11').expect(200);
  expect(unfinished.text).not.toContain('journal.xlsx');
  expect(unfinished.text).toContain(t('accounts:provider'));
  await agent.get('/ledger/journal.xlsx?month=2026-11').expect(409);
});
