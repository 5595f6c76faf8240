import { findAuditEvents } from '../../server/audit';
import {
  blockCard,
  checkBankAccount,
  confirmHousehold,
  countHouseholds,
  enterBankAccount,
  findHouseholdByCard,
  findHouseholdOrThrow,
  findHouseholds,
  findSignedStatement,
  issueCard,
  maskedHousehold,
  monitorHousehold,
  payeeOf,
  registerHousehold,
  signIncome,
  stateIncome,
  unmask,
  verifyIncome,
  verifyPin,
} from '../../server/households';
import { householdPage } from '../../server/households/household-page';
import { replacePin } from '../../server/households/replace-pin';
import { withdrawIncome } from '../../server/households/withdraw-income';
import { localDate } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { cadre, hewan, hewanCadre, liushu, person, requestKey, township, useAidCounty } from '../aid/aid-county';
import { residentId } from './resident-ids';

useAidCounty();

let order = 1;
const nextId = () => {
  order += 2;
  return residentId('19700101', order);
};
const member = (name: string, relation: 'head' | 'spouse' | 'child', idNumber = nextId()) => ({
  name,
  relation,
  idNumber,
  labour: 'full' as const,
  student: false,
  disabilityLevel: undefined,
});
const family = (key = requestKey()) => ({
  requestKey: key,
  village: liushu,
  phone: '13800001234',
  members: [member('张小明', 'head'), member('李梅', 'spouse')],
});
const registered = async () => {
  const household = await registerHousehold(cadre, family());
  return confirmHousehold(township, { id: household._id });
};

describe('registering', () => {
  test('gives a number and a surrogate, keeps no ID in the clear, and is done once per request', async () => {
    const asked = family();
    const first = await registerHousehold(cadre, asked);
    const again = await registerHousehold(cadre, asked);
    expect(again).toEqual(first);
    expect(first.number).toMatch(/^H-2026-\d{6}$/);
    expect(first.surrogate).toMatch(/^hs_/);
    const idNumber = asked.members[0]?.idNumber ?? '';
    expect(JSON.stringify(first)).not.toContain(idNumber);
    expect(JSON.stringify(first)).not.toContain('13800001234');
    expect(first.members[0]).toMatchObject({ birth: '1970-01-01', sex: 'male' });
  });

  test('refuses a second household for one person, and writes nothing of it', async () => {
    const twice = residentId('19880808', 1);
    await registerHousehold(cadre, { ...family(), members: [member('王强', 'head', twice)] });
    const before = await countHouseholds(township, { limit: 50 });
    await expect(registerHousehold(cadre, { ...family(), members: [member('王强', 'head', twice)] })).rejects.toMatchObject({
      issues: [{ path: 'members.0.idNumber', code: 'person-registered' }],
    });
    expect(await countHouseholds(township, { limit: 50 })).toBe(before);
  });

  test.each`
    why                     | members                                           | path                    | code
    ${'a wrong check'}      | ${[member('张三', 'head', '130499197001010012')]} | ${'members.0.idNumber'} | ${'id-number'}
    ${'a future birth day'} | ${[member('张三', 'head', '130499209912310096')]} | ${'members.0.idNumber'} | ${'id-number'}
    ${'nobody as head'}     | ${[member('张三', 'spouse')]}                     | ${'members.0.relation'} | ${'head-missing'}
  `('refuses $why at its field', async ({ members, path, code }) => {
    await expect(registerHousehold(cadre, { ...family(), members })).rejects.toMatchObject({
      code: 'input.invalid',
      issues: [{ path, code }],
    });
  });

  test('is for the cadre’s own village only, and confirmed by somebody else', async () => {
    await expect(registerHousehold(cadre, { ...family(), village: hewan })).rejects.toMatchObject({ code: 'not-found' });
    const both = person('usr_town9', 'townshipOfficer', '130499101');
    const household = await registerHousehold(both, family());
    await expect(confirmHousehold(both, { id: household._id })).rejects.toMatchObject({ code: 'rule.same-person' });
    expect((await confirmHousehold(township, { id: household._id })).state.name).toBe('active');
  });
});

describe('finding', () => {
  test('found means allowed: another village’s cadre finds nothing, the family only itself', async () => {
    const household = await registered();
    await expect(findHouseholdOrThrow(hewanCadre, household._id)).rejects.toMatchObject({ code: 'not-found' });
    expect((await findHouseholds(hewanCadre, { limit: 50 })).rows).toEqual([]);
    const own = person('usr_zhang', 'household', household._id);
    expect((await findHouseholds(own, { limit: 50 })).rows.map(({ _id }) => _id)).toEqual([household._id]);
    await expect(findHouseholdOrThrow(person('usr_other', 'household', 'hh_other'), household._id)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('nor does another village’s cadre verify the income of a family there', async () => {
    const { _id: id } = await registered();
    const window = { from: localDate('2025-06-01'), to: localDate('2026-05-31') };
    const none = { depreciationYuan: fen(0), productionTaxesYuan: fen(0), rigidSpendingYuan: fen(0) };
    const { _id: statementId } = await stateIncome(cadre, { id, requestKey: requestKey(), ...window, items: [], ...none });
    await expect(verifyIncome(hewanCadre, { id, statementId })).rejects.toMatchObject({ code: 'not-found' });
    expect((await verifyIncome(township, { id, statementId })).state.name).toBe('verified');
  });

  test.each(['赵', 'zhaotieniu', 'ztn', 'ZTN'])('the head is found by %s', async (q) => {
    const household = await registerHousehold(cadre, { ...family(), members: [member('赵铁牛', 'head')] });
    const { rows } = await findHouseholds(cadre, { q, limit: 50 });
    expect(rows.map(({ _id }) => _id)).toContain(household._id);
    expect(rows.every(({ headName }) => headName === '赵铁牛')).toBe(true);
  });
});

describe('a bank account', () => {
  test('can be paid to only after a second person typed its last four digits', async () => {
    const household = await registered();
    const asked = { id: household._id, requestKey: requestKey(), account: '6225881414207430', holder: '张小明', bank: '和安农商银行' };
    const entered = await enterBankAccount(cadre, asked);
    expect(payeeOf(entered)).toBeUndefined();
    expect(JSON.stringify(entered)).not.toContain('6225881414207430');
    await expect(checkBankAccount(cadre, { id: household._id, wholeAccount: '6225881414207430' })).rejects.toMatchObject({
      code: 'rule.same-person',
    });
    for (const other of ['6225881414207431', '6217000010007430']) {
      const check = checkBankAccount(township, { id: household._id, wholeAccount: other }); // the second ends like the right one
      await expect(check).rejects.toMatchObject({ issues: [{ path: 'wholeAccount' }] });
    }
    const usable = await checkBankAccount(township, { id: household._id, wholeAccount: '6225881414207430' });
    expect(payeeOf(usable)).toMatchObject({ account: '6225881414207430', holder: '张小明' });
    expect(maskedHousehold(usable).bankAccount).toMatchObject({ masked: '************7430', holder: '张*明' });
    const changed = await enterBankAccount(cadre, { ...asked, requestKey: requestKey(), account: '6288997715452584' });
    expect(payeeOf(changed)).toBeUndefined();
  });
});

describe('income', () => {
  const window = { from: localDate('2025-06-01'), to: localDate('2026-05-31') };
  const stated = (id: string, yuan: number) => ({
    id,
    requestKey: requestKey(),
    ...window,
    items: [{ source: 'labour' as const, grossYuan: fen(yuan * 100), costYuan: fen(0) }],
    depreciationYuan: fen(0),
    productionTaxesYuan: fen(0),
    rigidSpendingYuan: fen(0),
  });

  test('is stated, verified by another, signed; a later one takes its place', async () => {
    const household = await registered();
    const id = household._id;
    const first = await stateIncome(cadre, stated(id, 20_000));
    await expect(verifyIncome(cadre, { id, statementId: first._id })).rejects.toMatchObject({ code: 'rule.same-person' });
    await expect(signIncome(cadre, { id, statementId: first._id })).rejects.toMatchObject({ code: 'state.not-allowed' });
    await verifyIncome(township, { id, statementId: first._id });
    await signIncome(cadre, { id, statementId: first._id });
    const second = await stateIncome(cadre, stated(id, 21_000));
    await verifyIncome(township, { id, statementId: second._id });
    await signIncome(cadre, { id, statementId: second._id });
    expect((await findSignedStatement(cadre, id))?._id).toBe(second._id);
  });

  test('is withdrawn by who wrote it, for a reason, while nobody has verified it', async () => {
    const { _id: id } = await registered();
    const [wrong, right] = [await stateIncome(cadre, stated(id, 0)), await stateIncome(cadre, stated(id, 20_000))];
    const asked = { id, statementId: wrong._id, withdrawReason: '漏填了务工收入' };
    await expect(withdrawIncome(township, asked)).rejects.toMatchObject({ code: 'access.denied' });
    expect(await withdrawIncome(cadre, asked)).toMatchObject({ state: { name: 'withdrawn' }, withdrawReason: '漏填了务工收入' });
    await expect(verifyIncome(township, { id, statementId: wrong._id })).rejects.toMatchObject({ code: 'state.not-allowed' });
    const { rows } = await findAuditEvents(township, { what: 'income.withdrawn', subjectId: wrong._id }, { limit: 5 });
    expect(rows[0]).toMatchObject({ actor: 'usr_cadre', reason: '漏填了务工收入' });
    await verifyIncome(township, { id, statementId: right._id });
    await expect(withdrawIncome(cadre, { ...asked, statementId: right._id })).rejects.toMatchObject({ code: 'state.not-allowed' });
  });

  test('the lines on the page add up to the net income, and say which cost is not taken off', async () => {
    const { _id: id } = await registered();
    await stateIncome(cadre, {
      ...stated(id, 0),
      items: [
        { source: 'labour', grossYuan: fen(100_00), costYuan: fen(500_00) },
        { source: 'farming', grossYuan: fen(900_00), costYuan: fen(300_00) },
      ],
      depreciationYuan: fen(50_00),
    });
    const words = ((word: string, { sum = '' } = {}) => `${word}${sum}`) as never;
    const { lines = [] } = (await householdPage(cadre, words, id)).statements[0] ?? {};
    expect(lines).toEqual([
      { label: 'households:source.labour', fen: 100_00, note: 'households:income.costNotTaken¥500.00' },
      { label: 'households:source.farming', fen: 600_00 },
      { label: 'households:income.depreciation', fen: -50_00 },
      { label: 'households:income.net', fen: 650_00, kind: 'subtotal' },
    ]);
  });
});

describe('a card', () => {
  const kiosk = { ...cadre, actor: { id: 'kio_1', kind: 'kiosk' as const, grants: [] } };

  test('finds its household anywhere, until it is blocked', async () => {
    const household = await registered();
    const asked = { id: household._id, requestKey: requestKey(), number: undefined };
    const { number, pin } = await issueCard(cadre, asked);
    expect(pin).toMatch(/^\d{4}$/);
    expect(await issueCard(cadre, asked)).toEqual({ number }); // a repeated request finds the card; the PIN was shown once
    expect((await findHouseholdByCard(kiosk, number))?._id).toBe(household._id);
    expect(await findHouseholdByCard(kiosk, '0000000000')).toBeUndefined();
    expect(await findHouseholdByCard(kiosk, 'DROP TABLE')).toBeUndefined();
    const page = JSON.stringify(await householdPage(cadre, ((word: string) => word) as never, household._id));
    expect(page).not.toContain(number); // in full it redeems
    const card = /"card":"(crd_[0-9a-z]{20})"/.exec(page)?.[1] ?? '';
    await expect(blockCard(cadre, { id: (await registered())._id, card })).rejects.toMatchObject({ code: 'not-found' });
    await blockCard(cadre, { id: household._id, card });
    expect(await findHouseholdByCard(kiosk, number)).toBeUndefined();
  });

  test('its PIN locks after five wrong tries, also when they come at once; a right one counts from the start', async () => {
    const household = await registered();
    const { pin = '' } = await issueCard(cadre, { id: household._id, requestKey: requestKey(), number: undefined });
    const wrong = pin === '0000' ? '1111' : '0000';
    expect(await verifyPin(kiosk, household._id, wrong)).toEqual({ answer: 'wrong', triesLeft: 4 });
    expect(await verifyPin(kiosk, household._id, pin)).toEqual({ answer: 'right' });
    const guesses = await Promise.allSettled(Array.from({ length: 8 }, () => verifyPin(kiosk, household._id, wrong)));
    const wrongs = guesses.filter((one) => one.status === 'fulfilled' && one.value.answer === 'wrong');
    expect(wrongs.length).toBeLessThanOrEqual(4);
    for (let tries = 0; tries < 5; tries += 1) await verifyPin(kiosk, household._id, wrong);
    expect(await verifyPin(kiosk, household._id, pin)).toEqual({ answer: 'locked' });
  });

  test('its locked PIN is replaced by the cadre for a reason, without another card, and the old one ends', async () => {
    const household = await registered();
    const page = async () => householdPage(cadre, ((key: string) => key) as never, household._id);
    const asked = { id: household._id, requestKey: requestKey(), why: '忘了密码，看过身份证' };
    await expect(replacePin(cadre, asked)).rejects.toMatchObject({ code: 'state.not-allowed' }); // there is none yet
    const { pin: old = '' } = await issueCard(cadre, { id: household._id, requestKey: requestKey(), number: undefined });
    const wrong = old === '0000' ? '1111' : '0000';
    expect((await page()).locked).toBeUndefined();
    for (let tries = 0; tries < 5; tries += 1) await verifyPin(kiosk, household._id, wrong);
    expect((await page()).locked).toEqual({ since: kiosk.clock.now() });
    const tried = await findAuditEvents(township, { what: 'pin.tried', subjectId: household._id }, { limit: 10 });
    const results = tried.rows.map(({ after }) => after?.['result']);
    expect([results.filter((result) => result === 'wrong').length, results.filter((result) => result === 'locked').length]).toEqual([4, 1]);
    expect((await page()).may.newPin).toBe(true);

    await expect(replacePin(hewanCadre, asked)).rejects.toMatchObject({ code: 'not-found' });
    const { pin = '' } = await replacePin(cadre, asked);
    expect(await replacePin(cadre, asked)).toEqual({ household: household._id }); // shown once
    expect((await page()).locked).toBeUndefined();
    expect(await verifyPin(kiosk, household._id, pin)).toEqual({ answer: 'right' });
    if (old !== pin) expect(await verifyPin(kiosk, household._id, old)).toMatchObject({ answer: 'wrong' });
    expect((await page()).cards).toHaveLength(1);
    const { rows } = await findAuditEvents(township, { what: 'pin.replaced', subjectId: household._id }, { limit: 5 });
    expect(rows).toMatchObject([{ actor: cadre.actor.id, reason: asked.why }]);
    const family = {
      ...cadre,
      actor: { ...cadre.actor, grants: [...cadre.actor.grants, { role: 'household' as const, scope: household._id }] },
    };
    await expect(replacePin(family, { ...asked, requestKey: requestKey() })).rejects.toMatchObject({ code: 'rule.own-household' });
  });

  test('its new PIN is given also while somebody tries the old one, or when two are asked for at once: the last one counts', async () => {
    const household = await registered();
    const { pin: old = '' } = await issueCard(cadre, { id: household._id, requestKey: requestKey(), number: undefined });
    const ask = () => replacePin(cadre, { id: household._id, requestKey: requestKey(), why: '忘了密码，看过身份证' });
    const [one, two] = await Promise.all([ask(), ask(), verifyPin(kiosk, household._id, old === '0000' ? '1111' : '0000')]);
    const answers = [await verifyPin(kiosk, household._id, one.pin ?? ''), await verifyPin(kiosk, household._id, two.pin ?? '')];
    expect(answers).toContainEqual({ answer: 'right' });
    const { rows } = await findAuditEvents(township, { what: 'pin.replaced', subjectId: household._id }, { limit: 5 });
    expect(rows).toHaveLength(2);
  });
});

test('a full value is shown for a reason, and who saw it is on record', async () => {
  const household = await registered();
  const seen = await unmask(township, { id: household._id, field: 'phone', memberId: undefined, reason: '核对退票的银行卡' });
  expect(seen).toBe('13800001234');
  const { rows } = await findAuditEvents(township, { what: 'household.unmasked', subjectId: household._id }, { limit: 5 });
  expect(rows[0]).toMatchObject({ actor: 'usr_town', reason: '核对退票的银行卡', saw: 'phone' });
});

test('a household joins a monitored group once it is confirmed', async () => {
  const draft = await registerHousehold(cadre, family());
  const asked = { id: draft._id, group: 'marginal', cause: 'illness' } as const;
  const page = async () => (await householdPage(cadre, ((word: string) => word) as never, draft._id)).may;
  await expect(monitorHousehold(township, asked)).rejects.toMatchObject({ code: 'state.not-allowed' });
  await confirmHousehold(township, { id: draft._id });
  expect(await page()).toMatchObject({ aid: false, aidOnceMonitored: true }); // why there is no button
  expect((await monitorHousehold(township, asked)).monitored).toMatchObject({ group: 'marginal', cause: 'illness', since: '2026-06-01' });
  expect(await page()).toMatchObject({ aid: true, aidOnceMonitored: false });
});
