import request from 'supertest';
import { Donor } from '../../server/donations/donor.model';
import { User } from '../../server/identity/user.model';
import { submit, testPassword } from '../support/sign-in';
import { useGivingCounty } from './giving-county';

const county = useGivingCounty();
const { ctx } = county;

const union = {
  requestKey: 'register-anning',
  kind: 'tradeUnion',
  name: '安宁镇工会',
  creditCode: '53130434MJ0000018Y',
  contactName: '宋洁',
  mobile: '13900005822',
  password: testPassword,
};

const register = (fields: Partial<typeof union> = {}) =>
  submit(request.agent(county.app), '/donors/new', '/donors', { ...union, ...fields });
const signIn = async (account: string, password: string) =>
  (await submit(request.agent(county.app), '/sign-in', '/sign-in', { account, password })).status;
const people = () => User.countDocuments({ ledger: ctx.ledger });

test('the same registration sent twice, also at once, is one organisation and one person', async () => {
  const before = await people();
  for (const answer of await Promise.all([register(), register(), register()])) {
    expect([answer.status, answer.headers['location']]).toEqual([303, '/donors/registered']);
  }
  expect(await Donor.countDocuments({ ledger: ctx.ledger, creditCode: union.creditCode })).toBe(1);
  expect(await people()).toBe(before + 1);
  expect(await signIn(union.mobile, testPassword)).toBe(303);
});

test.each`
  corrected                               | what
  ${{ mobile: '13900005829' }}            | ${'mobile number'}
  ${{ contactName: '宋杰' }}              | ${'name'}
  ${{ password: 'eight warm hearts' }}    | ${'password'}
  ${{ creditCode: 'N2130434MF0000048D' }} | ${'credit code'}
`('a form that comes again with another $what is refused: nobody is to think that it was taken', async ({ corrected }) => {
  await register();
  const before = await people();
  const answer = await register(corrected);
  expect(answer.status).toBe(409);
  expect(answer.text).toContain('这张表已经交过一次');
  expect(await people()).toBe(before);
});

test('a stranger is answered the same whether organisation or mobile number are registered or not', async () => {
  await register();
  const answers = [
    await register({ requestKey: 'register-new', creditCode: '51130434MJ00000260', mobile: '13900005830' }),
    await register({ requestKey: 'register-code', mobile: '13900005831' }),
    await register({ requestKey: 'register-mobile', creditCode: 'N2130434MF0000048D' }),
    await register({ requestKey: 'register-both' }),
  ];
  const told = answers.map(({ status, text, headers: { location } }) => `${status} ${location} ${text}`);
  expect(new Set(told)).toEqual(new Set(['303 /donors/registered See Other. Redirecting to /donors/registered']));
  expect(await signIn('13900005831', testPassword)).toBe(422);
  expect(await signIn('13900005830', testPassword)).toBe(303);
});

test('an organisation is called as it registers, whatever somebody who gave under its credit code before called it', async () => {
  const code = '81130434MC0000039T';
  const given = { method: 'transfer', creditCode: code, organisationName: '随便写的' };
  await county.give({ requestKey: 'give-before', ...given }).expect(201);
  const answer = await register({ requestKey: 'register-own', creditCode: code, mobile: '13900005833' });
  expect(answer.status).toBe(303);
  expect(await Donor.findOne({ ledger: ctx.ledger, creditCode: code }).lean()).toMatchObject({ name: union.name, kind: union.kind });
  await county.give({ requestKey: 'give-after', ...given, organisationName: union.name }).expect(201);
});

test.each`
  path         | most  | body
  ${'/donors'} | ${10} | ${{}}
  ${'/gifts'}  | ${60} | ${{}}
`('$path is held to $most tries a minute from one address', async ({ path, most, body }) => {
  const tries: number[] = [];
  for (let left = most + 1; left > 0; left -= 1) tries.push((await county.post(`/api/v1${path}`, body)).status);
  expect(tries).toEqual([...Array(most).fill(422), 429]);
});
