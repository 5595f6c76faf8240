import type { CreditCodeKind } from '../kernel/credit-code';

/** The mass organisations (群团组织) and the charity federation (DOMAIN 8, DO7): donors, or collectors for their members. */
export const massOrganisations = ['tradeUnion', 'youthLeague', 'womensFederation', 'redCross', 'charityFederation'] as const;

export type MassOrganisationKind = (typeof massOrganisations)[number];

/** Bodies with a credit code. */
export const organisationKinds = ['company', ...massOrganisations] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

export const donorKinds = [...organisationKinds, 'person', 'anonymous'] as const;
export type DonorKind = (typeof donorKinds)[number];

/** What a credit code says of its bearer, where the giver does not say more: unions are 81, all else counts as a company. */
export function organisationKindOf(codeKind: CreditCodeKind): OrganisationKind {
  return codeKind === 'tradeUnion' ? 'tradeUnion' : 'company';
}

export function isOrganisationKind(kind: DonorKind): kind is OrganisationKind {
  return (organisationKinds as readonly DonorKind[]).includes(kind);
}
