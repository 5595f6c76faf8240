import { recorded } from '../../audit';
import { closesToCarry } from '../../donations';
import type { Context } from '../../kernel/context';
import { fail, invariant } from '../../kernel/errors';
import { type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { isRefused, post } from '../../ledger';
import { decryptField, encryptField } from '../../platform/crypto/encrypt-field';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { lookupHash } from '../../platform/crypto/lookup-hash';
import { absent, change, type DocumentWrite, insertion, unchanged } from '../../platform/mongo/document-writes';
import { outboxed } from '../../platform/outbox/outboxed';
import { readTable } from '../../platform/spreadsheets/read-table';
import { entriesToMatch } from '../queue/entries-to-match';
import { matchLines } from '../queue/match-lines';
import { statementTaken } from '../reconciliation.kinds';
import { importAsked } from '../reconciliation.topics';
import { BankStatement, StatementFile, statementFilePlace } from './bank-statement.model';
import { findStatementOrThrow, knownLines, openLinesAfter } from './find-statements';
import { type ReadLine, readStatement } from './read-statement';
import { lineStates, statementStates } from './statement.states';
import { linePlace, StatementLine } from './statement-line.model';

const limits = { rows: 20_000, columns: 40 };
const linesPerCommit = 400;
const looksPerRound = 200;

/** Asks for the import of a statement that was looked at; a job does it, since its lines may be thousands. */
export async function askImport(ctx: Context, { id }: { id: string }): Promise<BankStatement> {
  const statement = await findStatementOrThrow(ctx, id);
  if (statement.state.name !== 'previewed') return statement; // a second click
  const state = statementStates.enter(statement.state, 'importing', ctx);
  await post(ctx, {
    key: `statement:${id}:asked`,
    kind: statementTaken,
    source: { type: 'bankStatement', id },
    guards: [unchanged(BankStatement, statement)],
    writes: () => [
      change(BankStatement, statement, { state }),
      outboxed(ctx, importAsked, { statementId: id }),
      recorded(ctx, 'statement.taken', { type: 'bankStatement', id }, { sha256: statement.sha256 }),
    ],
  });
  return findStatementOrThrow(ctx, id);
}

/**
 * Takes the lines of a statement in, each once, and looks for what each of them is. In slices, with its progress in the statement: cut
 * off, it goes on where it was.
 */
export async function importStatement(ctx: Context, { statementId: id }: { statementId: string }): Promise<void> {
  const statement = await findStatementOrThrow(ctx, id);
  if (statement.state.name !== 'importing') return;
  const lines = await linesOf(ctx, statement);
  invariant(lines.length === statement.lines, 'statement.read-as-before', { id });
  await takeLines(ctx, id, lines);
  await lookAtLines(ctx, id);
}

async function linesOf(ctx: Context, statement: BankStatement): Promise<ReadLine[]> {
  return (await readAgain(ctx, statement))?.lines ?? [];
}

/** What the kept file says, as on the day on which it was brought. */
export async function readAgain(ctx: Context, { _id: id, uploadedAt }: BankStatement) {
  const file = (await StatementFile.findOne({ _id: id, ledger: ctx.ledger }).lean<StatementFile>()) ?? fail('not-found');
  const bytes = Buffer.from(decryptField(file.sealed, statementFilePlace(id)), 'base64');
  return readStatement(await readTable(bytes, limits), shanghaiDay(uploadedAt));
}

/** Another worker may do the same at the same moment: then each slice is one's or the other's. */
async function takeLines(ctx: Context, id: string, lines: readonly ReadLine[]): Promise<void> {
  for (;;) {
    const statement = await findStatementOrThrow(ctx, id);
    const slice = lines.slice(statement.taken, statement.taken + linesPerCommit);
    if (slice.length === 0) return;
    const withIds = slice.map((line) => ({ id: lineId(ctx, line), line }));
    const known = await knownLines(
      ctx,
      withIds.map((one) => one.id),
    );
    const fresh = withIds.filter((one) => !known.has(one.id));
    const closes = await closesToCarry(
      ctx,
      fresh.map(({ line }) => line.day),
    );
    try {
      await post(ctx, {
        key: `statement:${id}:lines:${statement.taken}`,
        kind: statementTaken,
        source: { type: 'bankStatement', id },
        bulk: true,
        guards: [unchanged(BankStatement, statement), ...fresh.map((one) => absent(StatementLine, one.id)), ...closes.guards],
        writes: () => [
          change(BankStatement, statement, { taken: statement.taken + slice.length, known: statement.known + known.size }),
          ...fresh.map((one) => newLine(ctx, statement, { ...one, ...closes.carriedTo(one.line.day) })),
          ...closes.writes,
        ],
      });
    } catch (error) {
      if (!isRefused(error, 'stale') && !isRefused(error, 'exists')) throw error;
    }
  }
}

export function lineId(ctx: Context, { serial, day, amountFen }: ReadLine): string {
  return idOfFact(ctx, 'bsl', `main/${serial}/${day}/${amountFen}`);
}

interface FreshLine {
  id: string;
  line: ReadLine;
  carriedTo?: LocalDate;
}

function newLine(ctx: Context, statement: BankStatement, { id, line, carriedTo }: FreshLine): DocumentWrite {
  const { row, serial, day, amountFen, name, account, remark } = line;
  return insertion(ctx, StatementLine, {
    _id: id,
    statement: statement._id,
    row,
    serial,
    day,
    ...(carriedTo && { carriedTo }),
    amountFen,
    ...(name && { nameSealed: encryptField(name, linePlace(id, 'name')) }),
    ...(remark && { remarkSealed: encryptField(remark, linePlace(id, 'remark')) }),
    ...(account && { accountHash: lookupHash('bankAccount', account), accountTail: account.slice(-4) }),
    broughtBy: statement.uploadedBy,
    state: lineStates.begin('open', ctx),
  });
}

async function lookAtLines(ctx: Context, id: string): Promise<void> {
  const { firstDay, lastDay } = await findStatementOrThrow(ctx, id);
  const entries = await entriesToMatch(ctx, { from: firstDay, to: lastDay });
  let row = 0;
  for (;;) {
    const lines = await openLinesAfter(ctx, id, row, looksPerRound);
    await matchLines(ctx, lines, entries);
    const last = lines.at(-1);
    await noteProgress(ctx, id, lines.length, last === undefined);
    if (!last) return;
    row = last.row;
  }
}

async function noteProgress(ctx: Context, id: string, count: number, isDone: boolean): Promise<void> {
  const statement = await findStatementOrThrow(ctx, id);
  if (statement.state.name !== 'importing') return;
  const state = isDone ? statementStates.enter(statement.state, 'imported', ctx) : statement.state;
  const looked = isDone ? statement.lines : Math.min(statement.lines, statement.looked + count);
  try {
    await post(ctx, {
      key: `statement:${id}:looked:${statement.version}`,
      kind: statementTaken,
      source: { type: 'bankStatement', id },
      bulk: true,
      guards: [unchanged(BankStatement, statement)],
      writes: () => [change(BankStatement, statement, { state, looked })],
    });
  } catch (error) {
    if (!isRefused(error, 'stale')) throw error; // another worker has noted it
  }
}
