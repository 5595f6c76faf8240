import type { Cause } from '../kernel/causes';

/**
 * What a giver may restrict money to (DOMAIN 7). `disasterOrAccident` is one purpose on the give page and serves both causes;
 * `operating` pays fees and running costs.
 */
export const purposes = [
  'general',
  'illness',
  'schooling',
  'disaster',
  'accident',
  'disasterOrAccident',
  'goods',
  'elders',
  'operating',
] as const;

export type Purpose = (typeof purposes)[number];

/** The purposes whose money may help a household in this cause, the narrowest first; money without a purpose comes last. */
export function purposesServing(cause: Cause): Purpose[] {
  switch (cause) {
    case 'illness':
    case 'schooling':
      return [cause, 'general'];
    case 'disaster':
    case 'accident':
      return [cause, 'disasterOrAccident', 'general'];
    default:
      return ['general'];
  }
}

export function isPurpose(text: string): text is Purpose {
  return purposes.some((purpose) => purpose === text);
}
