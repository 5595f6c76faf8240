import type { Context } from '../../kernel/context';
import { findLines } from '../statements/find-statements';
import { entriesToMatch } from './entries-to-match';
import { matchLines } from './match-lines';

const perRound = 200;

/** Looks again at every line that waits: its money may have been booked since. Idempotent. */
export async function matchOpenLines(ctx: Context): Promise<void> {
  let after: string | undefined;
  do {
    const { rows, next } = await findLines(ctx, { state: 'open', limit: perRound, after });
    const days = rows.map(({ day }) => day).sort();
    const [from, to] = [days[0], days.at(-1)];
    if (from && to) await matchLines(ctx, rows, await entriesToMatch(ctx, { from, to }));
    after = next;
  } while (after !== undefined);
}
