import type { Actor } from '../kernel/context';
import { covers } from '../kernel/division-code';

/** Whether a person acts for a place. `mayReach` of identity says the same, but stands on this level. */
export function reaches(actor: Actor, place: string): boolean {
  return actor.grants.some(({ scope }) => covers(scope, place));
}
