import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { post } from '../../ledger';
import { change, removal, unchanged } from '../../platform/mongo/document-writes';
import { statementDiscarded } from '../reconciliation.kinds';
import { BankStatement, StatementFile } from './bank-statement.model';
import { findStatementOrThrow } from './find-statements';
import { statementStates } from './statement.states';

/**
 * Discards a file that was brought and not taken in. Its bytes go, since they name people and nothing rests on them; that it was here stays
 * in the list. The same file may be brought again. @throws `state.not-allowed` once its lines are being taken in.
 */
export async function discardStatement(ctx: Context, { id }: { id: string }): Promise<BankStatement> {
  const statement = await findStatementOrThrow(ctx, id);
  if (statement.state.name === 'discarded') return statement; // a second click
  const state = statementStates.enter(statement.state, 'discarded', ctx);
  const file = (await StatementFile.findOne({ _id: id, ledger: ctx.ledger }).lean<StatementFile>()) ?? fail('state.stale');
  await post(ctx, {
    key: `statement:${id}:discarded:${statement.version}`,
    kind: statementDiscarded,
    source: { type: 'bankStatement', id },
    guards: [unchanged(BankStatement, statement), unchanged(StatementFile, file)],
    writes: () => [
      change(BankStatement, statement, { state }),
      removal(StatementFile, file),
      recorded(ctx, 'statement.discarded', { type: 'bankStatement', id }, { sha256: statement.sha256 }),
    ],
  });
  return findStatementOrThrow(ctx, id);
}
