import { may } from '../identity';
import type { Context } from '../kernel/context';
import { type AccountCode, type Label, nameAccounts, nameDocuments, nameOrigins, numberDocuments, readForeignNumber } from '../ledger';
import { anyOf } from '../platform/mongo/operators';
import { income } from './funds.accounts';
import { findIncomeByNumber } from './incomes/find-incomes';
import { Income } from './incomes/income.model';
import { PaperProposal } from './papers/paper-proposal.model';
import { PurposeChange } from './purpose-changes/purpose-change.model';

/** What the ledger's pages call money that is no gift: its number. */
export function nameFundsInLedger(): void {
  nameDocuments('income', (ctx, ids) => named(ctx, ids, (id) => id));
  nameOrigins((ctx, origins) => named(ctx, origins, (id) => id));
  nameAccounts(income.className, (ctx, codes: readonly AccountCode[]) => named(ctx, codes, (code) => code.split(':').at(-1) ?? ''));
  nameDocuments('purposeChange', async (ctx, ids) => {
    const found = await PurposeChange.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { number: 1 }).lean<
      Pick<PurposeChange, '_id' | 'number'>[]
    >();
    const mayOpen = may(ctx.actor, 'ledger.read');
    return new Map(found.map(({ _id, number }) => [_id, { text: number, ...(mayOpen && { href: `/funds/changes/${_id}` }) }]));
  });
  nameDocuments('paperProposal', async (ctx, ids) => {
    const found = await PaperProposal.find({ ledger: ctx.ledger, _id: anyOf(ids) }).lean<PaperProposal[]>();
    const mayOpen = may(ctx.actor, 'fund.read');
    return new Map(
      found.map(({ _id, certificate, plan }): [string, Label] => [
        _id,
        { text: certificate?.number ?? plan?.number ?? '', ...(mayOpen && { href: `/funds/papers/${_id}` }) },
      ]),
    );
  });
  numberDocuments('income', async (ctx, number) => {
    const found = may(ctx.actor, 'fund.read') ? await findIncomeByNumber(ctx, number) : undefined;
    return found && { id: found._id };
  });
  numberDocuments('purposeChange', async (ctx, number) => {
    if (!may(ctx.actor, 'ledger.read')) return undefined;
    const found = await PurposeChange.findOne({ ledger: ctx.ledger, number }, { _id: 1 }).lean<Pick<PurposeChange, '_id'>>();
    return found ? { id: found._id } : undefined;
  });
  numberDocuments('paperProposal', proposalsNumbered, readForeignNumber);
}

/** A certificate or plan may have been typed more than once: declined first, then anew. The newest stands first. */
async function proposalsNumbered(ctx: Context, number: string): Promise<{ id: string }[]> {
  if (!may(ctx.actor, 'fund.read')) return [];
  const bearsIt = { $or: [{ 'certificate.number': number }, { 'plan.number': number }] };
  const found = await PaperProposal.find({ ledger: ctx.ledger, ...bearsIt }, { _id: 1 })
    .sort({ proposedAt: -1 })
    .lean<Pick<PaperProposal, '_id'>[]>();
  return found.map(({ _id }) => ({ id: _id }));
}

async function named(ctx: Context, keys: readonly string[], idOf: (key: string) => string): Promise<Map<string, Label>> {
  const filter = { ledger: ctx.ledger, _id: anyOf([...new Set(keys.map(idOf))]) };
  const found = await Income.find(filter, { number: 1 }).lean<Pick<Income, '_id' | 'number'>[]>();
  const numbers = new Map(found.map(({ _id, number }) => [_id, number]));
  const mayOpen = may(ctx.actor, 'fund.read');
  return new Map(
    keys.flatMap((key): [string, Label][] => {
      const number = numbers.get(idOf(key));
      return number ? [[key, { text: number, ...(mayOpen && { href: `/funds/incomes/${number}` }) }]] : [];
    }),
  );
}
