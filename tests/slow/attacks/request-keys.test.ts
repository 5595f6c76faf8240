import { requestAid } from '../../../server/aid';
import { enterBankAccount, registerHousehold, stateIncome } from '../../../server/households';
import { deactivatePerson } from '../../../server/identity/deactivate-person';
import { grantRole } from '../../../server/identity/grant-role';
import { invitePerson } from '../../../server/identity/invite-person';
import { recordIdNumber } from '../../../server/identity/record-id-number';
import { User } from '../../../server/identity/user.model';
import type { Context } from '../../../server/kernel/context';
import { addDays, addMonths, shanghaiDay } from '../../../server/kernel/local-date';
import { fen } from '../../../server/kernel/money';
import { makeBatch } from '../../../server/payments';
import { answerRelief, recordRelief, referRelief } from '../../../server/relief';
import { cadre, clock, county, department, liushu, maker, requestKey, system, useAidCounty } from '../../aid/aid-county';
import { approvedCase, family, giftOf, reviewedCase } from '../../aid/aid-family';
import { residentId } from '../../households/resident-ids';

useAidCounty();

const conflict = { code: 'ledger.conflict' };
const poor = { heads: 4, income: { labour: 34_000 } };
const today = () => shanghaiDay(clock.now());
const role = { role: 'villageCadre', scope: liushu, until: undefined } as const;
const invited = (name: string, mobile: string, key = requestKey()) =>
  invitePerson(system, { ...role, name, mobile, requestKey: key } as Parameters<typeof invitePerson>[1]);

test('an invitation sent again for somebody else under the same key does not show the first person’s link', async () => {
  const asked = { requestKey: 'invite-0001', role: 'fundManager', scope: county, until: undefined } as const;
  const first = await invitePerson(system, { ...asked, name: '陈建华', mobile: '13900001111' } as never);
  expect((await invitePerson(system, { ...asked, name: '陈建华', mobile: '13900001111' } as never)).user._id).toBe(first.user._id);
  await expect(invitePerson(system, { ...asked, name: '王秀英', mobile: '13900002222' } as never)).rejects.toMatchObject(conflict);
  await expect(
    invitePerson(system, { ...asked, role: 'financeOfficer', name: '陈建华', mobile: '13900001111' } as never),
  ).rejects.toMatchObject(conflict);
});

type Act = (ctx: Context, input: never) => Promise<unknown>;
type Twice = (given: { own: string; other: string; cases: string[]; relief: string }) => {
  act: Act;
  by: Context;
  first: object;
  second: object;
};

const member = (order: number) => ({
  name: '何安',
  relation: 'head',
  idNumber: residentId('19880101', order),
  labour: 'full',
  student: false,
  disabilityLevel: undefined,
});
const statement = (id: string) => ({
  id,
  from: addMonths(today(), -12),
  to: addDays(today(), -1),
  items: [{ source: 'labour', grossYuan: fen(10_000_00), costYuan: fen(0) }],
  depreciationYuan: fen(0),
  productionTaxesYuan: fen(0),
  rigidSpendingYuan: fen(0),
});
const receipt = (id: string) => ({ id, receivedOn: addDays(today(), -1), amountYuan: fen(100_00), certificate: '回执' });

const acts: Record<string, Twice> = {
  'a batch of other sums': ({ cases: [one = '', two = ''] }) => {
    return { act: makeBatch, by: maker, first: { payables: [one] }, second: { payables: [one, two] } };
  },
  'aid for another family': ({ own, other }) => {
    return { act: requestAid, by: cadre, first: { household: own }, second: { household: other } };
  },
  'another family': () => {
    const asked = { village: liushu, phone: undefined };
    return { act: registerHousehold, by: cadre, first: { ...asked, members: [member(701)] }, second: { ...asked, members: [member(703)] } };
  },
  'other income': ({ own }) => {
    return { act: stateIncome, by: cadre, first: statement(own), second: { ...statement(own), rigidSpendingYuan: fen(500_00) } };
  },
  'another bank account': ({ own }) => {
    const asked = { id: own, account: '6225881414207430', holder: '张小明', bank: '和安农商银行' };
    return { act: enterBankAccount, by: cadre, first: asked, second: { ...asked, account: '6217000010001234565' } };
  },
  'relief from another department': ({ own }) => {
    const asked = { household: own, kind: 'schooling', department: '县教育局' };
    return { act: referRelief, by: cadre, first: asked, second: { ...asked, department: '县民政局' } };
  },
  'another sum of relief': ({ relief }) => {
    return { act: recordRelief, by: department, first: receipt(relief), second: { ...receipt(relief), amountYuan: fen(900_00) } };
  },
};

describe('a form sent again under the key of the first is done once, and refused with something else in it', () => {
  const given = { own: '', other: '', cases: [] as string[], relief: '' };

  beforeAll(async () => {
    await giftOf('D-2026-000001', 100_000);
    for (const _ of [1, 2]) given.cases.push((await approvedCase(await reviewedCase(await family(poor))))._id);
    given.own = await family(poor);
    given.other = await family(poor);
    const referred = await referRelief(cadre, { requestKey: requestKey(), household: given.other, kind: 'medical', department: '医保局' });
    await answerRelief(department, { id: referred._id, answer: 'granted', reason: '' });
    given.relief = referred._id;
  });

  test.each(Object.entries(acts))('%s', async (_, twice) => {
    const { act, by, first, second } = twice(given);
    const key = requestKey();
    const send = (input: object) => act(by, { ...input, requestKey: key } as never);
    const done = await send(first);
    expect(await send(first)).toEqual(done);
    await expect(send(second)).rejects.toMatchObject(conflict);
  });
});

test('a key gives each person their own role, and no other role than the first time', async () => {
  const [one, two] = [await invited('陈一', '13900003331'), await invited('陈二', '13900003332')];
  const asked = { role: 'townshipOfficer', scope: '130499101', until: undefined, requestKey: requestKey() } as const;
  const given = await grantRole(system, { ...asked, id: one.user._id });
  expect(await grantRole(system, { ...asked, id: one.user._id })).toEqual(given);
  expect((await grantRole(system, { ...asked, id: two.user._id })).grants.map((grant) => grant.role)).toContain('townshipOfficer');
  await expect(grantRole(system, { ...asked, id: one.user._id, role: 'fundManager', scope: county })).rejects.toMatchObject(conflict);
});

test('an ID number that is corrected in the form of the first is the one on record', async () => {
  const { user } = await invited('陈三', '13900003333');
  const asked = { id: user._id, requestKey: requestKey() };
  await recordIdNumber(system, { ...asked, idNumber: residentId('19880101', 711) });
  const corrected = await recordIdNumber(system, { ...asked, idNumber: residentId('19880101', 713) });
  expect((await User.findById(user._id).lean<User>())?.idNumberHash).toBe(corrected.idNumberHash);
  const again = await recordIdNumber(system, { id: user._id, requestKey: requestKey(), idNumber: residentId('19880101', 713) });
  expect(again.idNumberHash).toBe(corrected.idNumberHash);
});

test('no ID number stands on two accounts, also when both are recorded at once: one person would sign twice', async () => {
  const taken = { code: 'input.invalid', issues: [{ path: 'idNumber', code: 'id-number-taken' }] };
  const people = await Promise.all([invited('陈五', '13900003335'), invited('陈六', '13900003336'), invited('陈七', '13900003337')]);
  const record = (at: number) =>
    recordIdNumber(system, { id: people[at]?.user._id ?? '', requestKey: requestKey(), idNumber: residentId('19880101', 715) });
  const outcomes = await Promise.allSettled([record(0), record(1)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: taken });
  await expect(record(2)).rejects.toMatchObject(taken);
  const first = outcomes.findIndex(({ status }) => status === 'fulfilled');
  await deactivatePerson(system, { id: people[first]?.user._id ?? '', reason: '换了新账号' });
  expect((await record(2)).idNumberHash).toBeDefined();
});
