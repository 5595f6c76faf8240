/**
 * What put a family at risk (DOMAIN 3, MO2), and so what money may help it. Staff pages only: beside a name it would tell a named family's
 * illness (TR4).
 */
export const causes = [
  'illness',
  'schooling',
  'disaster',
  'accident',
  'disability',
  'failedProject',
  'unstableWork',
  'noLabour',
  'other',
] as const;
export type Cause = (typeof causes)[number];
