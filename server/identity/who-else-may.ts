import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import { peopleWho } from './people-who';
import type { Permission } from './permissions';

const mostNamed = 4;

interface NextStep {
  permission: Permission;
  place: string;
  /** Who took an earlier step and so may not take this one. */
  hands: readonly string[];
}

/** One sentence for a page that waits for another person: who can take the next step, by name and office, or how somebody comes to. */
export async function whoElseMay(ctx: Pick<Context, 'ledger' | 'clock'>, t: Translate, { permission, place, hands }: NextStep) {
  const people = (await peopleWho(ctx, permission, place)).filter(({ id }) => !hands.includes(id));
  if (people.length === 0) return t('ui:whoElse.nobody');
  const named = people
    .slice(0, mostNamed)
    .map(({ nameMasked, role }) => t('ui:whoElse.one', { name: nameMasked, role: t(`identity:role.${role}`) }));
  const key = people.length > mostNamed ? 'ui:whoElse.many' : 'ui:whoElse.some';
  return t(key, { people: named.join(t('ui:signers.and')) });
}
