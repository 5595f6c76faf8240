import { actingBy, may } from '../identity';
import type { Context } from '../kernel/context';
import { type Label, nameAccounts, nameDocuments, numberDocuments } from '../ledger';
import { payable, transit } from '../payments';
import { anyOf } from '../platform/mongo/operators';
import { AidCase } from './aid-case.model';
import { findCaseByNumber } from './find-cases';

/** What the ledger's pages call a case and the money that lies for it: its readable number, never a name. */
export function nameAidInLedger(): void {
  nameDocuments('aidCase', casesById);
  numberDocuments('aidCase', async (ctx, number) => {
    const found = await findCaseByNumber(actingBy(ctx, 'aid.read'), number);
    return found && { id: found._id };
  });
  nameDocuments('paymentLine', (ctx, ids) => named(ctx, ids, (id) => id.replace(/-r\d+$/, '')));
  for (const { className } of [payable, transit])
    nameAccounts(className, (ctx, codes) => named(ctx, codes, (code) => code.split(':')[1]?.replace(/-r\d+$/, '') ?? ''));
}

async function casesById(ctx: Context, ids: readonly string[]): Promise<Map<string, Label>> {
  return named(ctx, ids, (id) => id);
}

async function named(ctx: Context, keys: readonly string[], caseOf: (key: string) => string): Promise<Map<string, Label>> {
  const ids = [...new Set(keys.map(caseOf))];
  const cases = await AidCase.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { number: 1 }).lean<Pick<AidCase, '_id' | 'number'>[]>();
  const mayOpen = may(ctx.actor, 'aid.read');
  const numbers = new Map(cases.map(({ _id, number }) => [_id, number]));
  return new Map(
    keys.flatMap((key) => {
      const number = numbers.get(caseOf(key));
      return number ? [[key, { text: number, ...(mayOpen && { href: `/aid/cases/${caseOf(key)}` }) }] as const] : [];
    }),
  );
}
