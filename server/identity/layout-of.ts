import type { Actor } from '../kernel/context';
import { may } from './permissions';

/** The layout that a person's own pages have: staff, a household's phone, or the public pages of a donor. */
export function layoutOf(actor: Pick<Actor, 'grants'>): 'staff' | 'household' | 'public' {
  if (may(actor, 'workbench.read')) return 'staff';
  return may(actor, 'own.read') ? 'household' : 'public';
}
