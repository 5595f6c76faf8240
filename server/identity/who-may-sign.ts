import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import { maskedNames } from './find-people';
import { peopleWho } from './people-who';
import type { Permission } from './permissions';

/** One person in the list of who can sign, for the part `who-may-sign`. */
interface SignerRow {
  name: string;
  /** Their office; absent for who only had a hand in it. */
  role: string | undefined;
  why: string;
  mark: 'signed' | 'can' | 'cannot';
}

interface Signing {
  permission: Permission;
  place: string;
  /** What each person did already; `signed` among it is a signature that counts. Whoever is in here does not sign any more. */
  hands: ReadonlyMap<string, readonly string[]>;
  /** Whether a signature is awaited. */
  isOpen: boolean;
  /** The words for a deed. */
  deed: (what: string) => string;
  /** The words for somebody without a hand in it. */
  free: string;
}

/** Who can sign something now, each with the reason why or why not; the reader is marked as such, and nobody else is. */
export async function whoMaySign(ctx: Context, t: Translate, signing: Signing): Promise<SignerRow[]> {
  const { hands, deed, free } = signing;
  const signers = signing.isOpen ? await peopleWho(ctx, signing.permission, signing.place) : [];
  const others = [...hands.keys()].filter((id) => !signers.some((one) => one.id === id));
  const names = await maskedNames(ctx, others);
  const rowOf = (id: string, name: string, role?: string): SignerRow => {
    const done = hands.get(id) ?? [];
    return {
      name: id === ctx.actor.id ? t('ui:signers.you', { name }) : name,
      role,
      why: done.length > 0 ? done.map(deed).join(t('ui:signers.and')) : free,
      mark: done.includes('signed') ? 'signed' : done.length > 0 ? 'cannot' : 'can',
    };
  };
  return [
    ...signers.map(({ id, nameMasked, role }) => rowOf(id, nameMasked, t(`identity:role.${role}`))),
    ...others.flatMap((id) => {
      const name = names.get(id);
      return name === undefined ? [] : [rowOf(id, name)];
    }),
  ];
}
