import type { Context } from '../kernel/context';
import { change, type DocumentGuard, type DocumentWrite, unchanged } from '../platform/mongo/document-writes';
import { Household } from './household.model';
import { bankAccountStates } from './household.states';

/**
 * What the posting that books a bank's return must carry: the household's account is marked failed, so that nothing more goes there
 * until a person has looked. Nothing when the household has another account by now.
 */
export async function bankAccountFailed(
  ctx: Context,
  id: string,
  hash: string,
  reason: string,
): Promise<{ guards: DocumentGuard[]; writes: DocumentWrite[] }> {
  const household = await Household.findOne({ _id: id, ledger: ctx.ledger }).lean<Household>();
  const account = household?.bankAccount;
  if (!household || account?.hash !== hash || account.state.name !== 'usable') return { guards: [], writes: [] };
  const bankAccount = { ...account, state: bankAccountStates.enter(account.state, 'failed', ctx), failure: reason };
  return { guards: [unchanged(Household, household)], writes: [change(Household, household, { bankAccount })] };
}
