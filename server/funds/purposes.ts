import { type Cause, causes } from '../kernel/causes';

/** What the public may give for; the others below are for money that it does not give. */
export const publicPurposes = ['general', 'illness', 'schooling', 'disaster', 'accident', 'disasterOrAccident', 'goods', 'elders'] as const;

/**
 * What money may be tied to (DOMAIN 7). `disasterOrAccident` is one purpose on the give page and serves both causes; `operating` pays
 * fees and running costs; `reliefAfterPolicy` is the social relief fund's (AI8), `premium` the insurance's.
 */
export const purposes = [...publicPurposes, 'operating', 'reliefAfterPolicy', 'premium'] as const;

export type Purpose = (typeof purposes)[number];

/** The county's separate funds (DOMAIN 7): each keeps its own money, and a restriction says whose it is. */
export const funds = ['socialRelief', 'publicWelfare', 'insurance', 'filial', 'supermarket'] as const;
export type Fund = (typeof funds)[number];

/** The fund that a purpose belongs to. `operating` keeps a line of its own in the public-welfare fund. */
export function fundOf(purpose: Purpose): Fund {
  switch (purpose) {
    case 'goods':
      return 'supermarket';
    case 'elders':
      return 'filial';
    case 'reliefAfterPolicy':
      return 'socialRelief';
    case 'premium':
      return 'insurance';
    default:
      return 'publicWelfare';
  }
}

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

/** Whether money of this purpose tells why a family got it: then a public page does not say the purpose beside single sums (TR4). */
export function tellsCause(purpose: Purpose): boolean {
  const served = causes.filter((cause) => purposesServing(cause).includes(purpose));
  return served.length > 0 && served.length < causes.length;
}

export function isPurpose(text: string): text is Purpose {
  return purposes.some((purpose) => purpose === text);
}
