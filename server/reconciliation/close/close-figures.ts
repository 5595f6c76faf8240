import { createHash } from 'node:crypto';
import { onlineMoneyOf, providerItemsOf } from '../../donations';
import { mainBank, provider } from '../../funds';
import type { Context } from '../../kernel/context';
import { addDays, type LocalDate } from '../../kernel/local-date';
import { bookStands, findLinesOfDays } from '../../ledger';
import { operator } from '../../platform/mongo/operators';
import { BankStatement } from '../statements/bank-statement.model';
import { compareBank } from './compare-bank';
import { compareProvider } from './compare-provider';
import type { Break, CloseFigures, Explained } from './day-close.model';
import type { Days } from './flow-of';

/** The figures of some days, with the last entry of the book when they were taken and the fingerprint that is signed. */
export interface TakenFigures extends CloseFigures {
  explained: Explained[];
  asOf: number;
  sha256: string;
}

const most = 100_000;
const providerAccount = provider('stripe');

/** Takes the three sides of some days, and where they differ. Days of the bank are the bank's, days of the book those of its entries. */
export async function closeFigures(ctx: Context, days: Days): Promise<TakenFigures> {
  const { seq: asOf } = await bookStands(ctx);
  const [bankEntries, providerEntries, online, items] = await Promise.all([
    findLinesOfDays(ctx, mainBank, days, most),
    findLinesOfDays(ctx, providerAccount, days, most),
    onlineMoneyOf(ctx, days),
    providerItemsOf(ctx, days),
  ]);
  const [atProvider, atBank] = await Promise.all([compareProvider(ctx, days, items, providerEntries), compareBank(ctx, days, bankEntries)]);
  const figures = {
    provider: atProvider.theirs,
    bank: atBank.theirs,
    bookProvider: atProvider.book,
    bookBank: atBank.book,
    breaks: [
      ...(await uncoveredDays(ctx, days)),
      ...atBank.bankOnly,
      ...atBank.bookOnly,
      ...(['waiting', 'told', 'matters', 'payouts'] as const).flatMap((what) => online[what].map((one) => waitsAt(what, one))),
      ...atProvider.breaks,
    ],
    explained: [...atBank.explained, ...atProvider.toldLate],
  };
  return {
    ...figures,
    asOf,
    sha256: createHash('sha256')
      .update(JSON.stringify([days.from, days.to, figures]))
      .digest('hex'),
  };
}

const kindsOfWaiting = { waiting: 'providerWaits', told: 'providerTold', matters: 'providerMatter', payouts: 'payoutMissing' } as const;

function waitsAt(
  what: keyof typeof kindsOfWaiting,
  { id: ref, on: day, amountFen }: { id: string; on: LocalDate; amountFen: number | undefined },
): Break {
  return { kind: kindsOfWaiting[what], ref, day, ...(amountFen !== undefined && { amountFen }) };
}

/** Days of which no statement says anything: neither that money moved nor that none did. A run of them is one break. */
async function uncoveredDays(ctx: Context, { from, to }: Days): Promise<Break[]> {
  const covering = await BankStatement.find(
    {
      ledger: ctx.ledger,
      'state.name': 'imported',
      firstDay: operator({ $lte: to }),
      lastDay: operator({ $gte: from }),
    },
    { firstDay: 1, lastDay: 1 },
  ).lean<Pick<BankStatement, '_id' | 'firstDay' | 'lastDay'>[]>();
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (!covering.some(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay)) return [{ kind: 'noStatement', ref: day, day }];
  }
  return [];
}
