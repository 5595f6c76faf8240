import { nameBankLines } from '../donations';
import { may } from '../identity';
import type { Context } from '../kernel/context';
import { localDate } from '../kernel/local-date';
import { type Label, nameDocuments, numberDocuments, readDay, readForeignNumber } from '../ledger';
import { anyOf } from '../platform/mongo/operators';
import { DayClose } from './close/day-close.model';
import { findCloseOf } from './close/find-closes';
import { linesOfEntries } from './queue/entry-claim.model';
import { BankStatement } from './statements/bank-statement.model';
import { StatementLine } from './statements/statement-line.model';

/** What the pages of the provider's money call a line of the bank: what the provider says has arrived may not stand there yet. */
export function namePayoutsInBank(): void {
  nameBankLines(async (ctx, keys) => {
    const lines = await linesOfEntries(ctx, keys);
    return new Map([...lines].map(([key, line]) => [key, `/reconciliation/lines/${line}`]));
  });
}

/** What the audit's pages call a statement and a line of it. */
export function nameStatementsInLedger(): void {
  nameDocuments('bankStatement', async (ctx: Context, ids: readonly string[]) => {
    const found = await BankStatement.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { firstDay: 1, lastDay: 1 }).lean<BankStatement[]>();
    return new Map(found.map((one) => [one._id, label(ctx, `${one.firstDay} – ${one.lastDay}`, `/reconciliation/statements/${one._id}`)]));
  });
  nameDocuments('dayClose', async (ctx: Context, ids: readonly string[]) => {
    const found = await DayClose.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { day: 1 }).lean<DayClose[]>();
    return new Map(found.map((one) => [one._id, label(ctx, one.day, `/reconciliation/days/${one.day}`)]));
  });
  nameDocuments('bankLine', async (ctx: Context, ids: readonly string[]) => {
    const found = await StatementLine.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { serial: 1 }).lean<StatementLine[]>();
    return new Map(found.map((one) => [one._id, label(ctx, one.serial, `/reconciliation/lines/${one._id}`)]));
  });
  numberDocuments('dayClose', closeOfDay, readDay);
  numberDocuments('bankLine', linesWithSerial, readForeignNumber);
}

/** Closed days have no number but their day. */
async function closeOfDay(ctx: Context, day: string): Promise<{ id: string } | undefined> {
  const found = may(ctx.actor, 'reconciliation.read') ? await findCloseOf(ctx, localDate(day)) : undefined;
  return found && { id: found._id };
}

async function linesWithSerial(ctx: Context, typed: string): Promise<{ id: string }[]> {
  if (!may(ctx.actor, 'reconciliation.read')) return [];
  const serial = anyOf([...new Set([typed, typed.replace(/\s/g, '').toUpperCase()])]);
  const found = await StatementLine.find({ ledger: ctx.ledger, serial }, { _id: 1 }).lean<Pick<StatementLine, '_id'>[]>();
  return found.map(({ _id }) => ({ id: _id }));
}

function label(ctx: Context, text: string, href: string): Label {
  return { text, ...(may(ctx.actor, 'reconciliation.read') && { href }) };
}
