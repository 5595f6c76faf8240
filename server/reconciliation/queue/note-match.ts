import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { isRefused, post } from '../../ledger';
import { absent, change, type DocumentGuard, type DocumentWrite, insertion, unchanged } from '../../platform/mongo/document-writes';
import { lineMatched } from '../reconciliation.kinds';
import { findLineOrThrow } from '../statements/find-statements';
import { lineStates } from '../statements/statement.states';
import { type LineMatch, StatementLine } from '../statements/statement-line.model';
import { claimId, EntryClaim } from './entry-claim.model';

export interface Matched {
  line: StatementLine;
  match: LineMatch;
}

/** Notes what lines are, in one commit; each entry is one line's. What somebody else decided meanwhile is left as it is. */
export async function noteMatches(ctx: Context, matched: readonly Matched[]): Promise<void> {
  const [first] = matched;
  if (!first) return;
  try {
    await postMatches(ctx, matched);
  } catch (error) {
    if (!isRefused(error, 'stale') && !isRefused(error, 'exists')) throw error;
    if (matched.length > 1) for (const one of matched) await noteMatches(ctx, [one]);
  }
}

/** Notes what one line is, for somebody who waits for it. @throws `state.stale` when the line or the entry is taken. */
export async function noteMatch(ctx: Context, line: StatementLine, match: LineMatch): Promise<StatementLine> {
  const now = await findLineOrThrow(ctx, line._id);
  if (now.state.name === 'matched' && now.match?.entries.join() === match.entries.join()) return now;
  try {
    await postMatches(ctx, [{ line: now, match }]);
  } catch (error) {
    if (isRefused(error, 'exists')) fail('state.stale');
    throw error;
  }
  return findLineOrThrow(ctx, line._id);
}

async function postMatches(ctx: Context, matched: readonly Matched[]): Promise<void> {
  const [first] = matched;
  if (!first) return;
  const guards: DocumentGuard[] = [];
  const writes: DocumentWrite[] = [];
  for (const { line, match } of matched) {
    const state = lineStates.enter(line.state, 'matched', ctx);
    guards.push(unchanged(StatementLine, line), ...match.entries.map((key) => absent(EntryClaim, claimId(ctx, key))));
    writes.push(
      change(StatementLine, line, { state, match, hint: undefined }),
      ...match.entries.map((key) => insertion(ctx, EntryClaim, { _id: claimId(ctx, key), line: line._id })),
    );
    if (match.how === 'hand') {
      writes.push(recorded(ctx, 'bankLine.matched', { type: 'bankLine', id: line._id }, { amountFen: Math.abs(line.amountFen) }));
    }
  }
  await post(ctx, {
    key: `bankLine:${first.line._id}:${first.line.version}:matched:${matched.length}`,
    kind: lineMatched,
    source: { type: 'bankLine', id: first.line._id },
    bulk: matched.length > 1,
    guards,
    writes: () => writes,
  });
}
