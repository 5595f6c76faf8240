import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Express } from 'express';
import { auditRoutes, findAuditEvents, recorded, sawPersonalData } from '../../server/audit';
import { factReadings, personalFields } from '../../server/audit/facts';
import { groupKinds } from '../../server/audit/kind-groups';
import { donorKinds } from '../../server/donations/donor-kinds';
import { giftProblems } from '../../server/donations/gift.model';
import { giftStates } from '../../server/donations/gift.states';
import { purposes } from '../../server/funds';
import { incomeSources } from '../../server/funds/incomes/income.model';
import { allow, maskedNames, peopleCalled, type User } from '../../server/identity';
import { fullMobile } from '../../server/identity/find-people';
import { tokenScopes } from '../../server/identity/permissions';
import { SteppedClock } from '../../server/kernel/clock';
import { localDate } from '../../server/kernel/local-date';
import { roles } from '../../server/kernel/roles';
import { locales } from '../../server/platform/i18n/locales';
import { loadTranslator } from '../../server/platform/i18n/translator';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { transact } from '../../server/platform/mongo/transact';
import { bankFees } from '../../server/reconciliation/queue/bank-fees';
import { reliefKindNames } from '../../server/relief';
import { agentOf, appWithPeople, samplePerson, testContext, useTestKeys } from '../support/sign-in';
import { useTestDatabase, useTestRedis } from '../support/test-database';

useTestDatabase();
const redis = useTestRedis();
useTestKeys();
const clock = new SteppedClock('2026-11-24T00:00:10Z');
const system = testContext(clock);
let app: Express;
let auditor: User;
let serial = 0;

const record = (...writes: Parameters<typeof transact>[1]['writes']) => {
  serial += 1;
  return transact(system, { key: `test:${serial}`, writes });
};
const household = { type: 'household', id: 'hh_0123456789abcdefghjk' };
const last = async (what: string) => (await findAuditEvents(system, { what }, { limit: 1 })).rows[0];

beforeAll(async () => {
  await ensureIndexes();
  const names = {
    actors: maskedNames,
    people: peopleCalled,
    numbered: async (_ctx: unknown, number: string) => (number === 'H-2026-000001' ? [household] : []),
    subjects: async () => new Map([[`household/${household.id}`, { text: '张*明户', href: '/households/x' }]]),
    scopes:
      async () =>
      ({ scope }: { scope: string }) =>
        scope,
    settingValue: (_t: unknown, _name: string, typed: string) => typed,
  };
  app = await appWithPeople(redis, clock, { rooms: [auditRoutes(allow('audit.read'), names)] });
  auditor = await samplePerson(system, [{ role: 'auditor', scope: '130499' }], { name: '许文' });
});
beforeEach(() => redis.flushdb());
afterEach(() => clock.advance(60_000));

test('an event is written in the commit of the deed, or not at all', async () => {
  const one = recorded(system, 'household.confirmed', household, { state: 'received' }, { state: 'draft' });
  await record(one);
  expect(await last('household.confirmed')).toMatchObject({
    actor: 'system:test',
    subjectType: 'household',
    subjectId: household.id,
    before: { state: 'draft' },
    after: { state: 'received' },
    at: new Date('2026-11-24T00:00:10Z'),
  });
  await expect(record(recorded(system, 'household.merged', household), one)).rejects.toMatchObject({ code: 'state.stale' });
  expect(await last('household.merged')).toBeUndefined();
});

test.each`
  facts                                             | kept
  ${{ headName: '张小明' }}                         | ${{ headName: '＊＊＊' }}
  ${{ phone: '13800001234' }}                       | ${{ phone: '＊＊＊' }}
  ${{ phoneSealed: '1.abc' }}                       | ${{ phoneSealed: '＊＊＊' }}
  ${{ idNumber: '130499197001010011' }}             | ${{ idNumber: '＊＊＊' }}
  ${{ bankAccount: '6225881414207430' }}            | ${{ bankAccount: '＊＊＊' }}
  ${{ note: '卡 6225881414207430 错了' }}           | ${{ note: '卡 ＊＊＊ 错了' }}
  ${{ note: '证 13049919490312003X' }}              | ${{ note: '证 ＊＊＊' }}
  ${{ place: '130499101201', fen: 10000000 }}       | ${{ place: '130499101201', fen: 10_000_000 }}
  ${{ number: 'D-2026-000123', day: '2026-11-24' }} | ${{ number: 'D-2026-000123', day: '2026-11-24' }}
`('of $facts the audit keeps $kept', async ({ facts, kept }) => {
  await record(recorded(system, 'household.registered', household, facts));
  expect((await last('household.registered'))?.after).toEqual(kept);
});

test('what did not change is left out of what was before', async () => {
  await record(recorded(system, 'card.blocked', household, { state: 'received', rank: 1 }, { state: 'draft', rank: 1 }));
  expect(await last('card.blocked')).toMatchObject({ before: { state: 'draft' }, after: { state: 'received', rank: 1 } });
  expect((await last('card.blocked'))?.before).toEqual({ state: 'draft' });
});

test('a look at personal data is found among the looks, with its reason', async () => {
  await record(
    sawPersonalData(system, 'household.unmasked', household, { fields: ['phone', 'idNumber'], reason: '电话 13800001234 核实' }),
  );
  await record(recorded(system, 'card.issued', household));
  const { rows } = await findAuditEvents(system, { seen: true }, { limit: 10 });
  expect(rows).toMatchObject([{ what: 'household.unmasked', saw: 'idNumber phone', reason: '电话 ＊＊＊ 核实' }]);
});

test.each`
  filter                                                            | found    | why
  ${{ from: localDate('2026-11-24'), to: localDate('2026-11-24') }} | ${true}  | ${'on its day'}
  ${{ from: localDate('2026-11-25') }}                              | ${false} | ${'not after it'}
  ${{ to: localDate('2026-11-23') }}                                | ${false} | ${'not before it'}
  ${{ actor: 'system:test' }}                                       | ${true}  | ${'by its actor'}
  ${{ actor: 'usr_somebody' }}                                      | ${false} | ${'not by another'}
  ${{ subjectType: 'household', subjectId: household.id }}          | ${true}  | ${'by its document'}
`('an event is found $why: $found', async ({ filter, found }) => {
  const { rows } = await findAuditEvents(system, { ...filter, what: 'household.confirmed' }, { limit: 5 });
  expect(rows.length > 0).toBe(found);
});

test('the auditor reads it as a page and as JSON; a manager does not', async () => {
  const byAuditor = await agentOf(app, auditor._id, system);
  const page = await byAuditor.get('/audit?what=household.unmasked&from=2026-11-24&nonsense=1');
  expect(page.status).toBe(200);
  expect(page.text).toContain('张*明户');
  expect(page.text).toContain('看了：户主身份证号、手机号');
  const turned = (await byAuditor.get('/audit?from=2026-11-25&to=2026-11-24')).text;
  expect(turned).toMatch(/id="q-to-error"[\s\S]*结束日期比开始还早[\s\S]*name="to"[^>]*value="2026-11-24"/);
  expect((await byAuditor.get('/audit?view=seen')).text).toContain('系统自动');
  expect((await byAuditor.get('/audit?actor=usr_nobody')).text).toContain('没有这样的记录');
  const json = await byAuditor.get('/api/v1/audit-events?what=household.unmasked');
  expect(json.body.events).toMatchObject([{ what: 'household.unmasked', subject: household, saw: ['idNumber', 'phone'] }]);
  const manager = await samplePerson(system, [{ role: 'fundManager', scope: '130499' }]);
  const byManager = await agentOf(app, manager._id, system);
  expect([(await byManager.get('/audit')).status, (await byManager.get('/api/v1/audit-events')).status]).toEqual([403, 403]);
});

describe('who did it, and to which number', () => {
  let [deng, ding, gone]: (User | undefined)[] = [];
  beforeAll(async () => {
    deng = await samplePerson(system, [{ role: 'fundManager', scope: '130499' }], { name: '邓立新' });
    ding = await samplePerson(system, [{ role: 'fundManager', scope: '130499' }], { name: '丁丽霞' });
    gone = await samplePerson(system, [{ role: 'financeOfficer', scope: '130499' }], { name: '罗国强' });
    for (const person of [deng, ding, gone]) {
      for (const what of ['aid.approved', 'card.issued', 'household.confirmed']) {
        clock.advance(1_000);
        await record(
          recorded({ ...system, actor: { id: person._id, kind: 'person', grants: [] } }, what, {
            type: 'household',
            id: `hh_${person._id}`,
          }),
        );
      }
    }
  });
  const found = async (query: string) =>
    (await (await agentOf(app, auditor._id, system)).get(`/api/v1/audit-events?${query}`).expect(200)).body;
  const actorsOf = async (query: string) => [...new Set((await found(query)).events.map(({ actor }: { actor: string }) => actor))].sort();

  test.each`
    typed         | whose           | why
    ${'邓立新'}   | ${() => [deng]} | ${'the whole name'}
    ${'denglix'}  | ${() => [deng]} | ${'the sound of it'}
    ${'罗'}       | ${() => [gone]} | ${'the first character'}
    ${'没有这人'} | ${() => []}     | ${'nobody is called so, and not everybody is shown'}
  `('$why finds what that person did', async ({ typed, whose }: { typed: string; whose: () => User[] }) => {
    expect(await actorsOf(`who=${encodeURIComponent(typed)}`)).toEqual(
      whose()
        .map(({ _id }) => _id)
        .sort(),
    );
  });

  test('an account finds its person', async () => {
    expect(await actorsOf(`who=${fullMobile(gone as User)}`)).toEqual([gone?._id]);
  });

  test('where several are called so all of them are shown, masked, and one can be chosen', async () => {
    const page = (await (await agentOf(app, auditor._id, system)).get('/audit?who=dlx')).text;
    expect(page).not.toMatch(/邓立新|丁丽霞/);
    const people = [deng, ding].map((person) => person?._id ?? '');
    expect(await actorsOf('who=dlx')).toEqual([...people].sort());
    const chosen = (await (await agentOf(app, auditor._id, system)).get('/audit?who=dlx')).text;
    for (const id of people) expect(chosen).toMatch(new RegExp(`href="/audit\\?actor(?:=|&#x3D;)${id}"[^>]*>[邓丁]\\*`));
  });

  test('a number finds what was done to its document, together with the other filters; an unknown one finds nothing', async () => {
    const all = (await found('number=H-2026-000001&limit=200')).events;
    expect(all.length).toBeGreaterThan(2);
    expect(new Set(all.map(({ subject }: { subject: { id: string } }) => subject.id))).toEqual(new Set([household.id]));
    expect((await found('number=H-2026-000001&what=household.unmasked')).events).toHaveLength(1);
    expect((await found('number=H-2026-999999')).events).toEqual([]);
    const page = (await (await agentOf(app, auditor._id, system)).get('/audit?number=H-2026-999999')).text;
    expect(page).toContain('没有编号是“H-2026-999999”的');
  });

  test('pages of a person go on where they stopped and keep whom they are about', async () => {
    const person = encodeURIComponent('邓立新');
    const first = await found(`who=${person}&limit=2`);
    const rest = await found(`who=${person}&limit=2&after=${first.next}`);
    expect([...first.events, ...rest.events].map(({ what }: { what: string }) => what)).toEqual([
      'household.confirmed',
      'card.issued',
      'aid.approved',
    ]);
    expect(rest.next).toBeUndefined();
    const page = (await (await agentOf(app, auditor._id, system)).get(`/audit?who=${person}&limit=2`)).text;
    expect(page).toMatch(new RegExp(`who(?:=|&#x3D;)${person}[^"]*after`));
  });
});

test('pages go on where they stopped, and what arrives meanwhile shifts nothing', async () => {
  const first = await findAuditEvents(system, {}, { limit: 3 });
  await record(recorded(system, 'card.issued', household));
  const rest = await findAuditEvents(system, {}, { limit: 200, after: first.next ?? '' });
  const all = await findAuditEvents(system, {}, { limit: 200 });
  expect([...first.rows, ...rest.rows].map(({ _id }) => _id)).toEqual(all.rows.slice(1).map(({ _id }) => _id));
  const byAuditor = await agentOf(app, auditor._id, system);
  expect((await byAuditor.get('/audit?limit=2')).text).toMatch(/seen(?:=|&#x3D;)2/);
});

test('events of one instant stand in the order of writing, and pages neither repeat nor lose one', async () => {
  const written = Array.from({ length: 12 }, (_, nth) =>
    recorded(system, nth % 2 ? 'card.issued' : 'card.blocked', { type: 'card', id: `c${nth}` }),
  );
  await record(...written);
  const seen: string[] = [];
  for (let after: string | undefined, first = true; first || after; first = false) {
    const page = await findAuditEvents(system, { subjectType: 'card' }, { limit: 5, ...(after && { after }) });
    seen.push(...page.rows.map(({ subjectId }) => subjectId));
    after = page.next;
  }
  expect(seen).toEqual(written.map((_, nth) => `c${11 - nth}`));
});

test('the filter of acts is grouped, and every act has its group', async () => {
  const page = (await (await agentOf(app, auditor._id, system)).get('/audit?what=card.issued').expect(200)).text;
  expect(page).toMatch(/<optgroup label="家庭与政策落实">(?:<option[^>]*>[^<]*<\/option>)*<option value="card.issued" selected>/);
  const subjects = Object.keys(JSON.parse(readFileSync('locales/en/kinds.json', 'utf8')));
  expect(groupKinds(subjects.map((subject) => `${subject}.x`)).map(({ group }) => group)).not.toContain('other');
});

test('everything that code records has words in both languages', async () => {
  const translator = await loadTranslator();
  const files = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const told = files.flatMap((file) => {
    const text = readFileSync(join('server', file), 'utf8');
    return [...text.matchAll(/(?:recorded\(|sawPersonalData\(|what:)[\s\w,?=.]*'([a-z]\w*\.\w+)'/g)].map((match) => match[1] ?? '');
  });
  expect(told).toContain('person.deactivated');
  const missing = locales.flatMap((locale) =>
    [...new Set(told)].filter((what) => !translator.has(locale, `kinds:${what}`)).map((what) => `${locale} ${what}`),
  );
  expect(missing).toEqual([]);
});

/** The lists of higher rooms whose words a fact may tell. */
const wordedElsewhere: Readonly<Record<string, readonly string[]>> = {
  role: roles,
  waived: reliefKindNames,
  purpose: purposes,
  source: incomeSources,
  fee: bankFees,
  kind: donorKinds,
  problem: giftProblems,
  state: giftStates.states,
  permissions: tokenScopes,
};

test('every fact that an event may tell is read in words, in both languages', async () => {
  const translator = await loadTranslator();
  const told = Object.entries(factReadings).filter(([, reading]) => reading !== 'silent');
  const keys = [
    ...told.map(([name]) => `facts:name.${name}`),
    ...told.flatMap(([name, reading]) => {
      if (typeof reading !== 'object') return [];
      const words: readonly (string | number)[] = 'words' in reading ? reading.words : (wordedElsewhere[name] ?? ['which list?']);
      return words.map((word) => `${reading.at}.${word}`);
    }),
    ...personalFields.map((field) => `households:field.${field}`),
  ];
  expect(keys).toContain('facts:how.demoSeat');
  expect(locales.flatMap((locale) => keys.filter((key) => !translator.has(locale, key)).map((key) => `${locale} ${key}`))).toEqual([]);
  expect(keys).toContain('relief:kind.medical');
});
