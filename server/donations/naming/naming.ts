/** Whether an organisation wants to be named: as it said with each gift, with every gift, or with none. */
export const namingChoices = ['asGiven', 'always', 'never'] as const;
export type NamingChoice = (typeof namingChoices)[number];

export function namingOf(donor: { naming?: { name: NamingChoice } } | undefined): NamingChoice {
  return donor?.naming?.name ?? 'asGiven';
}

/** Whether a gift may stand in public with its giver's name. What the organisation decided last counts, for earlier gifts, too (TR2). */
export function isNamed(naming: NamingChoice, { showName }: { showName: boolean }): boolean {
  return naming === 'asGiven' ? showName : naming === 'always';
}
