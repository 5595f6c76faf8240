/** The roles of the county (DOMAIN 16, PR6). What each may do stands in `identity`; here are only the words. */
export const roles = [
  'villageCadre',
  'townshipOfficer',
  'departmentOfficer',
  'fundManager',
  'financeOfficer',
  'shopClerk',
  'auditor',
  'countyAdmin',
  'donorOwner',
  'donorMember',
  'donorReader',
  'household',
] as const;

export type Role = (typeof roles)[number];

/**
 * What one person may act for. `scope` is a division code of 6, 9 or 12 digits for officers, and the id of the organisation, shop
 * or household for the donor's roles, `shopClerk` and `household`.
 */
export interface Grant {
  role: Role;
  scope: string;
}
