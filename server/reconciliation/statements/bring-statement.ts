import { createHash } from 'node:crypto';
import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { failField } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { sumFen } from '../../kernel/money';
import { post } from '../../ledger';
import { encryptField } from '../../platform/crypto/encrypt-field';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { absent, change, insertion, unchanged } from '../../platform/mongo/document-writes';
import { readTable } from '../../platform/spreadsheets/read-table';
import { statementBrought } from '../reconciliation.kinds';
import { BankStatement, StatementFile, statementFilePlace } from './bank-statement.model';
import { findStatementOrThrow } from './find-statements';
import { type FaultyRow, readStatement } from './read-statement';
import { statementStates } from './statement.states';

const limits = { rows: 20_000, columns: 40 };
const shownFaults = 200;

/**
 * Reads a file of the bank and keeps it, so that somebody can look at what it says before its lines are taken in. The same bytes are one
 * statement, however often they come; one that was discarded is shown again. @throws `input.invalid` at `file` for what is no statement.
 */
export async function bringStatement(ctx: Context, { bytes, fileName }: { bytes: Buffer; fileName: string }): Promise<BankStatement> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const id = idOfFact(ctx, 'stm', `statement/${sha256}`);
  const known = await BankStatement.findOne({ _id: id, ledger: ctx.ledger }).lean<BankStatement>();
  if (known && known.state.name !== 'discarded') return known;
  const read = readStatement(await readTable(bytes, limits), shanghaiDay(ctx.clock.now())) ?? failField('file', 'statement.no-head');
  const { lines, faults, doubles, template } = read;
  const days = lines.map(({ day }) => day).sort();
  const [firstDay, lastDay] = [days[0], days.at(-1)];
  if (!firstDay || !lastDay) return refuseAll(faults);
  const said = {
    fileName: plainName(fileName),
    template,
    firstDay,
    lastDay,
    lines: lines.length,
    inFen: sumFen(lines.filter(({ amountFen }) => amountFen > 0).map(({ amountFen }) => amountFen)),
    outFen: sumFen(lines.filter(({ amountFen }) => amountFen < 0).map(({ amountFen }) => -amountFen as typeof amountFen)),
    doubles,
    faults: faults.slice(0, shownFaults).map(({ row, fault, column }) => ({ row, fault, column })),
    faultCount: faults.length,
    uploadedBy: ctx.actor.id,
    uploadedAt: ctx.clock.now(),
  };
  const previewed = known ? statementStates.enter(known.state, 'previewed', ctx) : statementStates.begin('previewed', ctx);
  await post(ctx, {
    key: `statement:${id}:brought${known ? `:${known.version}` : ''}`,
    kind: statementBrought,
    source: { type: 'bankStatement', id },
    guards: [known ? unchanged(BankStatement, known) : absent(BankStatement, id), absent(StatementFile, id)],
    writes: () => [
      insertion(ctx, StatementFile, { _id: id, sealed: encryptField(bytes.toString('base64'), statementFilePlace(id)) }),
      known
        ? change(BankStatement, known, { ...said, state: previewed })
        : insertion(ctx, BankStatement, { _id: id, sha256, ...said, state: previewed, taken: 0, looked: 0, known: 0 }),
      recorded(ctx, 'statement.brought', { type: 'bankStatement', id }, { sha256 }),
    ],
  });
  return findStatementOrThrow(ctx, id);
}

/** No row can be read: the first wrong one is told, so that somebody finds it in the file. */
function refuseAll(faults: readonly FaultyRow[]): never {
  const [first] = faults;
  if (!first) return failField('file', 'statement.only-heads');
  const { row, column, cell } = first;
  return failField('file', cell === '' ? 'statement.no-line-blank' : 'statement.no-line', { count: faults.length, row, column, cell });
}

function plainName(name: string): string {
  return [...name.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')].slice(-80).join('') || '—';
}
