import { reachOf } from '../identity';
import type { Context } from '../kernel/context';
import { randomId } from '../kernel/random';
import type { Translate } from '../platform/i18n/translator';
import { divisionFullName, villagesOf } from '../regions';
import { labourAbilities, relations } from './household.model';

const rows = 6;

/** The form of a new household: villages within reach, one block a member. */
export function registerPage(ctx: Context, t: Translate) {
  const villages = villagesOf(...reachOf(ctx.actor, 'household.register'));
  return {
    requestKey: randomId(ctx.random, 'key'),
    villages: villages.map((value) => ({ value, label: divisionFullName(value, ctx.locale) })),
    relations: relations.map((value) => ({ value, label: t(`households:relation.${value}`) })),
    labours: labourAbilities.map((value) => ({ value, label: t(`households:labour.${value}`) })),
    members: Array.from({ length: rows }, (_, index) => ({ index, isHead: index === 0 })),
  };
}
