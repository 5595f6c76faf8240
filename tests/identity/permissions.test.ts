import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allow } from '../../server/identity';
import { may, needsSecondFactor, permissions, tokenScopes } from '../../server/identity/permissions';
import { type Role, roles } from '../../server/kernel/roles';
import { loadTranslator } from '../../server/platform/i18n/translator';

// The whole of what each role may do, said a second time: a widening shows here, in the diff, or the test fails.
const table: Readonly<Record<Role, string>> = {
  villageCadre: `
    aid.assess aid.cancel aid.read aid.request bankAccount.check bankAccount.enter card.block card.issue data.unmask deed.confirm deed.read
    deed.record fund.read household.read household.register income.sign income.state income.verify notice.post notice.read pin.replace
    redemption.read relief.read relief.record relief.refer settings.read workbench.read`,
  townshipOfficer: `
    aid.assess aid.cancel aid.read aid.review bankAccount.check bankAccount.enter card.block card.issue data.unmask deed.confirm deed.read
    deed.record fund.read household.confirm household.monitor household.read income.sign income.state income.verify notice.post notice.read
    pin.replace redemption.read relief.read relief.record relief.refer settings.read workbench.read`,
  departmentOfficer: `
    aid.read data.unmask fund.read household.read notice.read relief.answer relief.read relief.record relief.refer settings.read
    workbench.read`,
  fundManager: `
    aid.approve aid.cancel aid.read cash.openCounter cash.read data.unmask deed.read donor.approveMerge fund.confirmBudget
    fund.confirmChange fund.proposePapers fund.read fund.recordPapers gift.read goods.decide goods.read household.read ledger.read
    notice.post notice.read payment.read people.confirmFactorReset people.confirmGrant people.read pledge.release reconciliation.read
    redemption.read refund.approve relief.read settings.confirm settings.read shop.read workbench.read`,
  financeOfficer: `
    aid.read bankAccount.check cash.confirm cash.read cash.take data.unmask donor.proposeMerge fund.askChange fund.proposeBudget
    fund.proposePapers fund.read fund.recordIncome gift.read gift.record goods.inspect goods.read goods.value household.read ledger.read
    notice.read payment.import payment.make payment.read payment.sign pledge.record reconciliation.close reconciliation.import reconciliation.match reconciliation.read
    refund.ask relief.read settings.read shop.read workbench.read`,
  shopClerk: `
    card.block card.issue delivery.receive kiosk.read redemption.read redemption.serve settings.read shelf.move shop.read workbench.read`,
  auditor: `
    aid.read audit.read cash.read deed.read fund.read gift.read goods.read household.read kiosk.read ledger.read notice.read payment.read
    people.read reconciliation.read redemption.read relief.read settings.read shop.read workbench.read`,
  countyAdmin: `
    audit.read fund.read kiosk.pair kiosk.read ledger.read people.askFactorReset people.confirmGrant people.deactivate people.grant
    people.invite people.read people.resetPassword queue.read settings.propose settings.read workbench.read`,
  donorOwner: 'donor.manage gift.give gift.readOwn',
  donorMember: 'gift.give gift.readOwn',
  donorReader: 'gift.readOwn',
  household: 'card.block own.read',
};
const listed = (text: string) => text.trim().split(/\s+/).sort();
const allowedTo = (role: Role) => permissions.filter((permission) => may({ grants: [{ role, scope: '130499' }] }, permission)).sort();

test.each(roles)('%s may do what the table says, no more and no less', (role) => {
  expect(allowedTo(role)).toEqual(listed(table[role]));
});

test('no permission is given to nobody', () => {
  const given = new Set(roles.flatMap(allowedTo));
  expect(permissions.filter((permission) => !given.has(permission))).toEqual([]);
});

test('the auditor writes nothing: every permission it has is for reading', () => {
  expect(allowedTo('auditor').filter((permission) => !permission.endsWith('.read'))).toEqual([]);
});

test('the administrator has no act on money or points', () => {
  const acts = allowedTo('countyAdmin').filter((permission) => !permission.endsWith('.read'));
  expect(acts.filter((act) => !/^(people|settings|kiosk)\./.test(act))).toEqual([]);
});

test('a route cannot be guarded by a permission that does not exist', () => {
  expect(() => allow('aid.abolish' as 'aid.approve')).toThrow('identity.permission-exists');
});

test.each`
  role                   | demanded
  ${'villageCadre'}      | ${false}
  ${'townshipOfficer'}   | ${false}
  ${'departmentOfficer'} | ${false}
  ${'shopClerk'}         | ${false}
  ${'donorOwner'}        | ${false}
  ${'donorMember'}       | ${false}
  ${'donorReader'}       | ${false}
  ${'household'}         | ${false}
  ${'fundManager'}       | ${true}
  ${'financeOfficer'}    | ${true}
  ${'countyAdmin'}       | ${true}
  ${'auditor'}           | ${true}
`('a second factor is demanded of $role: $demanded', ({ role, demanded }) => {
  expect(needsSecondFactor([{ role }])).toBe(demanded);
  expect(needsSecondFactor([{ role: 'villageCadre' }, { role }])).toBe(demanded);
});

test('every permission that code asks for exists', () => {
  const files = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const asked = files.flatMap((file) =>
    [...readFileSync(join('server', file), 'utf8').matchAll(/(?<![\w.])(?:allow\(|may\([\w.]+, |permission: )'([\w.]+)'/g)].map(
      (match) => match[1],
    ),
  );
  expect(asked).toContain('people.read');
  expect(asked.filter((permission) => !(permissions as string[]).includes(permission ?? ''))).toEqual([]);
});

test.each(['zh-CN', 'en'] as const)('each permission that a token may carry has words: %s', async (locale) => {
  const { has } = await loadTranslator();
  expect(tokenScopes.filter((scope) => !has(locale, `identity:permission.${scope}`))).toEqual([]);
});

test('no token carries what only somebody who sits there does', () => {
  const without = permissions.filter((permission) => !tokenScopes.includes(permission));
  expect(without.sort()).toEqual(
    listed(`cash.confirm data.unmask donor.approveMerge donor.manage fund.confirmChange goods.decide people.askFactorReset people.confirmFactorReset people.confirmGrant people.deactivate people.grant people.invite people.resetPassword
      pin.replace pledge.release reconciliation.close settings.confirm settings.propose`),
  );
});
