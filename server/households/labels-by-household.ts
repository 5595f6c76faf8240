import type { Context } from '../kernel/context';
import type { Label } from '../ledger';
import { householdsById } from './find-households';

/** Documents of households as pages call them: by the household's number, never a name; `href` for whoever may open its page. */
export async function labelsByHousehold(
  ctx: Context,
  documents: readonly { _id: string; household: string }[],
  href: ((household: string) => string) | undefined,
): Promise<Map<string, Label>> {
  const households = await householdsById(
    ctx,
    documents.map(({ household }) => household),
  );
  return new Map(
    documents.flatMap(({ _id, household }): [string, Label][] => {
      const known = households.get(household);
      return known ? [[_id, { text: known.number, ...(href && { href: href(household) }) }]] : [];
    }),
  );
}
