import { may } from '../../identity';
import type { Context } from '../../kernel/context';
import { type AccountCode, type Label, nameAccounts, nameDocuments, numberDocuments, readForeignNumber } from '../../ledger';
import { sharedTranslator } from '../../platform/i18n/translator';
import { anyOf } from '../../platform/mongo/operators';
import { formatDay } from '../../platform/views/format';
import { CashCounter } from './cash-counter.model';
import { CashDeposit } from './cash-deposit.model';
import { CashSlip } from './cash-slip.model';
import { cash, cashDifference, cashInTransit } from './counter.accounts';
import { CounterDay } from './counter-day.model';

const pageFor = (ctx: Context, href: string) => (may(ctx.actor, 'cash.read') ? { href } : {});

/** Names of counters by id. */
async function counterNames(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await CashCounter.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { name: 1 }).lean<Pick<CashCounter, '_id' | 'name'>[]>();
  return new Map(found.map(({ _id, name }) => [_id, name]));
}

for (const { className } of [cash, cashInTransit, cashDifference]) {
  nameAccounts(className, async (ctx, codes) => {
    const t = (await sharedTranslator()).in(ctx.locale);
    const counterOf = (code: AccountCode) => code.slice(className.length + 1);
    const names = await counterNames(ctx, codes.map(counterOf));
    return new Map(
      codes.map((code): [AccountCode, Label] => [code, { text: `${t(`accounts:${className}`)} · ${names.get(counterOf(code)) ?? ''}` }]),
    );
  });
}

nameDocuments('cashCounter', async (ctx, ids) => {
  const names = await counterNames(ctx, ids);
  return new Map([...names].map(([id, text]): [string, Label] => [id, { text, ...pageFor(ctx, `/donations/counters/${id}`) }]));
});

nameDocuments('cashSlip', async (ctx, ids) => {
  const found = await CashSlip.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { number: 1 }).lean<Pick<CashSlip, '_id' | 'number'>[]>();
  return new Map(found.map(({ _id, number }): [string, Label] => [_id, { text: number, ...pageFor(ctx, `/donations/cash-slips/${_id}`) }]));
});

nameDocuments('counterDay', async (ctx, ids) => {
  const found = await CounterDay.find({ ledger: ctx.ledger, _id: anyOf(ids) }).lean<CounterDay[]>();
  const names = await counterNames(
    ctx,
    found.map(({ counter }) => counter),
  );
  return new Map(
    found.map(({ _id, counter, day }): [string, Label] => [
      _id,
      { text: `${names.get(counter) ?? ''} ${formatDay(day, ctx.locale)}`, ...pageFor(ctx, `/donations/counter-days/${_id}`) },
    ]),
  );
});

nameDocuments('cashDeposit', async (ctx, ids) => {
  const found = await CashDeposit.find({ ledger: ctx.ledger, _id: anyOf(ids) }).lean<CashDeposit[]>();
  return new Map(
    found.map(({ _id, counter, paper }): [string, Label] => [_id, { text: paper, ...pageFor(ctx, `/donations/counters/${counter}`) }]),
  );
});

numberDocuments('cashSlip', async (ctx, number) => {
  if (!may(ctx.actor, 'cash.read')) return undefined;
  const slip = await CashSlip.findOne({ ledger: ctx.ledger, number }, { seq: 1 }).lean<Pick<CashSlip, '_id' | 'seq'>>();
  return slip ? { id: slip._id, seq: slip.seq } : undefined;
});

numberDocuments('cashDeposit', depositsNumbered, readForeignNumber);

/** By the number on the bank's slip, which the bank may use again in another year. */
async function depositsNumbered(ctx: Context, paper: string): Promise<{ id: string; seq: number }[]> {
  if (!may(ctx.actor, 'cash.read')) return [];
  const found = await CashDeposit.find({ ledger: ctx.ledger, paper }, { seq: 1 }).lean<Pick<CashDeposit, '_id' | 'seq'>[]>();
  return found.map(({ _id, seq }) => ({ id: _id, seq }));
}
