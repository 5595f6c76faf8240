import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { fen } from '../../kernel/money';
import type { Translate } from '../../platform/i18n/translator';
import type { StateChip } from '../../platform/views/mark-helpers';
import { counterpart, remarkShown } from '../queue/line-words';
import type { StatementFilters } from '../reconciliation.inputs';
import type { BankStatement } from './bank-statement.model';
import { countLines, countOpenLines, findStatementOrThrow, findStatements, knownLines } from './find-statements';
import { lineId, readAgain } from './import-statement';
import type { ReadLine } from './read-statement';
import type { StatementState } from './statement.states';

const families = { previewed: 'waiting', importing: 'running', imported: 'done', discarded: 'still' } as const satisfies Record<
  StatementState,
  StateChip['family']
>;
const shownLines = 20;

/** Statements, the newest first, and the door to the queue. */
export async function statementsPage(ctx: Context, t: Translate, filters: StatementFilters) {
  const [{ rows, next }, open] = await Promise.all([findStatements(ctx, filters), countOpenLines(ctx)]);
  const people = await maskedNames(
    ctx,
    rows.map(({ uploadedBy }) => uploadedBy),
  );
  return {
    open,
    next,
    mayImport: may(ctx.actor, 'reconciliation.import'),
    rows: rows.map((statement) => ({ ...rowOf(t, statement), by: people.get(statement.uploadedBy) ?? '' })),
  };
}

/** One file: before the import what it says, during it how far it is, afterwards what its lines are. */
export async function statementPage(ctx: Context, t: Translate, id: string) {
  const statement = await findStatementOrThrow(ctx, id);
  const state = statement.state.name;
  const people = await maskedNames(ctx, [statement.uploadedBy]);
  const counts = state === 'previewed' || state === 'discarded' ? undefined : await countLines(ctx, id);
  return {
    ...rowOf(t, statement),
    id,
    by: people.get(statement.uploadedBy) ?? '',
    template: t(`reconciliation:template.${statement.template}`),
    sha256: statement.sha256,
    shortHash: `${statement.sha256.slice(0, 12)}…`,
    doubles: statement.doubles,
    faultCount: statement.faultCount,
    faults: statement.faults.map(({ row, fault, column }) => ({ row, why: t(`reconciliation:rowFault.${fault}`), column })),
    isRunning: state === 'importing',
    isImported: state === 'imported',
    isDiscarded: state === 'discarded',
    done: statement.taken + statement.looked,
    whole: statement.lines * 2,
    taken: statement.taken,
    known: statement.known,
    looked: statement.looked,
    parts: (['matched', 'open', 'ignored'] as const).map((view) => ({
      text: String(counts?.get(view)?.count ?? 0),
      label: t(`reconciliation:state.${view}`),
      href: `/reconciliation/lines?view=${view}&statement=${id}`,
    })),
    ...(state === 'previewed' && { mayImport: may(ctx.actor, 'reconciliation.import'), ...(await previewOf(ctx, t, statement)) }),
  };
}

async function previewOf(ctx: Context, t: Translate, statement: BankStatement) {
  const read = await readAgain(ctx, statement);
  const lines = read?.lines ?? [];
  const known = await knownLines(
    ctx,
    lines.map((line) => lineId(ctx, line)),
  );
  const faulty = may(ctx.actor, 'reconciliation.import') ? read?.faults.slice(0, statement.faults.length) : undefined; // whoever has the file
  return {
    isPreview: true,
    ...(faulty && { faults: faulty.map(({ fault, ...at }) => ({ ...at, why: t(`reconciliation:rowFault.${fault}`) })), showsCells: true }),
    known: known.size,
    fresh: lines.length - known.size,
    first: lines.slice(0, shownLines).map((line) => previewRow(t, line, known.has(lineId(ctx, line)))),
    isCut: lines.length > shownLines,
    shown: shownLines,
  };
}

function previewRow(t: Translate, { row, serial, day, amountFen, name, remark }: ReadLine, isKnown: boolean) {
  return {
    row,
    serial,
    day,
    who: counterpart(name) || t('reconciliation:line.nobody'),
    remark: remarkShown(amountFen, remark),
    inFen: amountFen > 0 ? amountFen : undefined,
    outFen: amountFen < 0 ? fen(-amountFen) : undefined,
    isKnown,
  };
}

function rowOf(t: Translate, { _id, fileName, firstDay, lastDay, lines, inFen, outFen, uploadedAt, state }: BankStatement) {
  return {
    href: `/reconciliation/statements/${_id}`,
    fileName,
    firstDay,
    lastDay,
    lines,
    inFen,
    outFen,
    uploadedAt,
    chip: { family: families[state.name], word: t(`reconciliation:statement.state.${state.name}`) },
  };
}
