import type { ResultLine } from './result-file';

/** A line as it was sent. */
export interface SentLine {
  sequence: number;
  account: string;
  amountFen: number;
}

/** Why a row of the result belongs to no line of the batch; it waits in quarantine until a person has looked. */
type Misfit = 'no-such-line' | 'other-account' | 'other-amount' | 'named-twice';

export interface Matches<Line extends SentLine> {
  matched: { line: Line; result: ResultLine }[];
  quarantined: { result: ResultLine; why: Misfit }[];
}

/** Matches a result to what was sent by sequence, bank account and amount, all three (DOMAIN 6, BP4). A guess would pay twice. */
export function matchResults<Line extends SentLine>(sent: readonly Line[], results: readonly ResultLine[]): Matches<Line> {
  const bySequence = new Map(sent.map((line) => [line.sequence, line]));
  const times = new Map<number, number>();
  for (const { sequence } of results) times.set(sequence, (times.get(sequence) ?? 0) + 1);

  const matches: Matches<Line> = { matched: [], quarantined: [] };
  for (const result of results) {
    const line = bySequence.get(result.sequence);
    const why = (times.get(result.sequence) ?? 0) > 1 ? 'named-twice' : misfitOf(line, result);
    if (line && !why) matches.matched.push({ line, result });
    else matches.quarantined.push({ result, why: why ?? 'no-such-line' });
  }
  return matches;
}

function misfitOf(line: SentLine | undefined, result: ResultLine): Misfit | undefined {
  if (!line) return 'no-such-line';
  if (line.account !== result.account) return 'other-account';
  return line.amountFen === result.amountFen ? undefined : 'other-amount';
}
