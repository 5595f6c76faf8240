import type { Context } from '../../kernel/context';
import type { Translate } from '../../platform/i18n/translator';
import { findStandingDonor } from '../donors';
import type { Gift } from '../gift.model';
import { publicGiver } from '../gift-words';
import { namingOf } from './naming';

type Given = Pick<Gift, 'donorKind' | 'payerName' | 'showName'> & { donor?: string | undefined };

/** The giver for everybody: by name only if he wants it shown, and the organisation, if it is one, by what it decided last. */
export async function publicName(ctx: Context, t: Translate, given: Given): Promise<string> {
  const donor = given.donor === undefined ? undefined : await findStandingDonor(ctx, given.donor);
  return publicGiver(t, given, namingOf(donor));
}
