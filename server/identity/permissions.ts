import type { Actor } from '../kernel/context';
import type { Grant, Role } from '../kernel/roles';

const officers = ['villageCadre', 'townshipOfficer', 'departmentOfficer', 'fundManager', 'financeOfficer', 'auditor'] as const;
const cadres = ['villageCadre', 'townshipOfficer'] as const;
const staff = [...officers, 'shopClerk', 'countyAdmin'] as const;

/**
 * What each role may do (DOMAIN 16, PR6): the only place where a role is given a right. The administrator has people, settings and
 * devices and no act on money or points; the auditor reads everything and writes nothing. A test holds the same table per role.
 * What the township alone may check begins in the village, so that a township with one officer is never left without a second person.
 */
const rolesOf = {
  'workbench.read': staff,

  'people.read': ['countyAdmin', 'fundManager', 'auditor'],
  'people.invite': ['countyAdmin'],
  'people.grant': ['countyAdmin'],
  'people.confirmGrant': ['fundManager', 'countyAdmin'],
  'people.deactivate': ['countyAdmin'],
  'people.resetPassword': ['countyAdmin'],
  'people.askFactorReset': ['countyAdmin'],
  'people.confirmFactorReset': ['fundManager'],
  'audit.read': ['auditor', 'countyAdmin'],
  'settings.read': staff,
  'settings.propose': ['countyAdmin'],
  'settings.confirm': ['fundManager'],
  'queue.read': ['countyAdmin'],

  'ledger.read': ['auditor', 'fundManager', 'financeOfficer', 'countyAdmin'],
  'fund.read': [...officers, 'countyAdmin'],
  'fund.proposePapers': ['financeOfficer', 'fundManager'],
  'fund.recordPapers': ['fundManager'],
  'fund.recordIncome': ['financeOfficer'],
  'fund.askChange': ['financeOfficer'],
  'fund.confirmChange': ['fundManager'],
  'fund.proposeBudget': ['financeOfficer'],
  'fund.confirmBudget': ['fundManager'],

  'household.read': officers,
  'household.register': ['villageCadre'],
  'household.confirm': ['townshipOfficer'],
  'household.monitor': ['townshipOfficer'],
  'income.state': cadres,
  'income.verify': cadres,
  'income.sign': cadres,
  'bankAccount.enter': cadres,
  'bankAccount.check': [...cadres, 'financeOfficer'],
  'card.issue': [...cadres, 'shopClerk'],
  'card.block': [...cadres, 'shopClerk', 'household'],
  'pin.replace': cadres,
  'data.unmask': ['villageCadre', 'townshipOfficer', 'departmentOfficer', 'fundManager', 'financeOfficer'],
  'own.read': ['household'],

  'relief.read': officers,
  'relief.record': [...cadres, 'departmentOfficer'],
  'relief.refer': [...cadres, 'departmentOfficer'],
  'relief.answer': ['departmentOfficer'],
  'notice.read': officers,
  'notice.post': [...cadres, 'fundManager'],

  'gift.read': ['fundManager', 'financeOfficer', 'auditor'],
  'gift.record': ['financeOfficer'],
  'cash.read': ['fundManager', 'financeOfficer', 'auditor'],
  'cash.openCounter': ['fundManager'],
  'cash.take': ['financeOfficer'],
  'cash.confirm': ['financeOfficer'],
  'goods.read': ['fundManager', 'financeOfficer', 'auditor'],
  'goods.inspect': ['financeOfficer'],
  'goods.decide': ['fundManager'],
  'goods.value': ['financeOfficer'],
  'refund.ask': ['financeOfficer'],
  'refund.approve': ['fundManager'],
  'pledge.record': ['financeOfficer'],
  'pledge.release': ['fundManager'],
  'gift.give': ['donorOwner', 'donorMember'],
  'gift.readOwn': ['donorOwner', 'donorMember', 'donorReader'],
  'donor.manage': ['donorOwner'],
  'donor.proposeMerge': ['financeOfficer'],
  'donor.approveMerge': ['fundManager'],

  'deed.read': [...cadres, 'fundManager', 'auditor'],
  'deed.record': cadres,
  'deed.confirm': cadres,
  'shop.read': ['shopClerk', 'fundManager', 'financeOfficer', 'auditor'],
  'delivery.receive': ['shopClerk'],
  'shelf.move': ['shopClerk'],
  'redemption.read': ['shopClerk', ...cadres, 'fundManager', 'auditor'],
  'redemption.serve': ['shopClerk'],
  'kiosk.read': ['shopClerk', 'countyAdmin', 'auditor'],
  'kiosk.pair': ['countyAdmin'],

  'aid.read': officers,
  'aid.assess': cadres,
  'aid.request': ['villageCadre'],
  'aid.review': ['townshipOfficer'],
  'aid.approve': ['fundManager'],
  'aid.cancel': [...cadres, 'fundManager'],
  'payment.read': ['fundManager', 'financeOfficer', 'auditor'],
  'payment.make': ['financeOfficer'],
  'payment.sign': ['financeOfficer'],
  'payment.import': ['financeOfficer'],
  'reconciliation.read': ['fundManager', 'financeOfficer', 'auditor'],
  'reconciliation.import': ['financeOfficer'],
  'reconciliation.match': ['financeOfficer'],
  'reconciliation.close': ['financeOfficer'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof rolesOf;

/** Every permission, for the test that compares the whole table. */
export const permissions = Object.keys(rolesOf) as Permission[];

/** The roles that a permission is given to. */
export function rolesWith(permission: Permission): readonly Role[] {
  return rolesOf[permission];
}

/**
 * What a program never does for a person: people, numbers of policy, personal data in full and the second look at
 * another's figures are for somebody who sits there. What is
 * signed with six digits may come from a program, since each signature takes fresh ones.
 */
const sessionOnly: readonly Permission[] = [
  'people.invite',
  'people.grant',
  'people.deactivate',
  'people.resetPassword',
  'people.askFactorReset',
  'people.confirmFactorReset',
  'people.confirmGrant',
  'settings.propose',
  'settings.confirm',
  'data.unmask',
  'pin.replace',
  'fund.confirmChange',
  'pledge.release',
  'reconciliation.close',
  'cash.confirm',
  'goods.decide',
  'donor.manage',
  'donor.approveMerge',
];

/** The permissions that an access token may carry. */
export const tokenScopes: readonly Permission[] = permissions.filter((permission) => !sessionOnly.includes(permission));

/** Approvers, releasers and those who see or set everything: without a second factor they do nothing (issue: identity). */
export const strongRoles: readonly Role[] = ['fundManager', 'financeOfficer', 'countyAdmin', 'auditor'];

/** Roles that approve, pay or give roles: one person proposes a grant of one, another confirms it. The auditor's writes nothing. */
export const rolesByTwo: readonly Role[] = ['fundManager', 'financeOfficer', 'countyAdmin'];

/** Whether somebody with these grants must show a second factor. */
export function needsSecondFactor(grants: readonly Pick<Grant, 'role'>[]): boolean {
  return grants.some(({ role }) => strongRoles.includes(role));
}

/** Whether an actor has a permission through any grant, and its token carries it. For menus and buttons; a route is guarded by `allow`. */
export function may(actor: Pick<Actor, 'grants' | 'token'>, permission: Permission): boolean {
  if (actor.token && !actor.token.permissions.includes(permission)) return false;
  return actor.grants.some(({ role }) => rolesWith(permission).includes(role));
}
