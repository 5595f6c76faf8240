import type { Context } from '../../kernel/context';
import type { Need } from './match-needs';

type FindNeeds = (ctx: Context) => Promise<Need[]>;

const finders = new Map<string, FindNeeds>();

/** Lets a room above tell what families wait for, in the order of waiting. A room that registers again replaces itself. */
export function tellNeeds(room: string, find: FindNeeds): void {
  finders.set(room, find);
}

/** What families wait for now, in the order in which they asked. */
export async function findNeeds(ctx: Context): Promise<Need[]> {
  return (await Promise.all([...finders.values()].map((find) => find(ctx)))).flat();
}
