import { createHash } from 'node:crypto';
import { onlineMoneyOf, providerItemsOf } from '../../donations';
import { mainBank, provider } from '../../funds';
import type { Context } from '../../kernel/context';
import { addDays, type LocalDate } from '../../kernel/local-date';
import { bookStands, type StatementLine as EntryLine, findLinesOfDays } from '../../ledger';
import { operator } from '../../platform/mongo/operators';
import { unclaimed } from '../queue/entries-to-match';
import { bankFeePaid } from '../reconciliation.accounts';
import { BankStatement } from '../statements/bank-statement.model';
import { StatementLine } from '../statements/statement-line.model';
import { compareProvider } from './compare-provider';
import type { Break, CloseFigures, Explained } from './day-close.model';
import { type Days, flowOf } from './flow-of';

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
  const [bankEntries, providerEntries, lines, online, items] = await Promise.all([
    findLinesOfDays(ctx, mainBank, days, most),
    findLinesOfDays(ctx, providerAccount, days, most),
    StatementLine.find({ ledger: ctx.ledger, day: operator({ $gte: days.from, $lte: days.to }) })
      .sort({ day: 1, _id: 1 })
      .lean<StatementLine[]>(),
    onlineMoneyOf(ctx, days),
    providerItemsOf(ctx, days),
  ]);
  const atProvider = await compareProvider(ctx, days, items, providerEntries);
  const figures = {
    provider: atProvider.theirs,
    bank: flowOf(lines.map(({ amountFen }) => amountFen)),
    bookProvider: atProvider.book,
    bookBank: flowOf(bankEntries.map(({ change }) => change)),
    breaks: [
      ...(await uncoveredDays(ctx, days)),
      ...lines.filter(({ state }) => state.name === 'open').map(bankOnly),
      ...(await bookOnly(ctx, bankEntries)),
      ...(['waiting', 'told', 'matters', 'payouts'] as const).flatMap((what) => online[what].map((one) => waitsAt(what, one))),
      ...atProvider.breaks,
    ],
    explained: [
      ...lines.filter(({ state }) => state.name === 'ignored').map(putAside),
      ...bankEntries.filter(({ kind }) => kind === bankFeePaid.name).map(feeBooked),
      ...atProvider.toldLate,
    ],
  };
  return {
    ...figures,
    asOf,
    sha256: createHash('sha256')
      .update(JSON.stringify([days.from, days.to, figures]))
      .digest('hex'),
  };
}

function bankOnly({ _id: ref, day, amountFen, broughtBy: owner }: StatementLine): Break {
  return { kind: 'bankOnly', ref, day, amountFen, owner };
}

/** The bank moved that money, and the book does not have it: a person has said why. */
function putAside({ _id: ref, day, amountFen, reason = '', state }: StatementLine): Explained {
  return { kind: 'putAside', ref, day, amountFen, reason, by: state.by };
}

/** On both sides, and somebody's word that it is a fee: told, so that it is not he alone who closes the day. */
function feeBooked({ source, effectiveOn: day, change: amountFen, actor: by }: EntryLine): Explained {
  return { kind: 'bankFee', ref: source.id, day, amountFen, by };
}

const kindsOfWaiting = { waiting: 'providerWaits', told: 'providerTold', matters: 'providerMatter', payouts: 'payoutMissing' } as const;

function waitsAt(
  what: keyof typeof kindsOfWaiting,
  { id: ref, on: day, amountFen }: { id: string; on: LocalDate; amountFen: number | undefined },
): Break {
  return { kind: kindsOfWaiting[what], ref, day, ...(amountFen !== undefined && { amountFen }) };
}

async function bookOnly(ctx: Context, entries: readonly EntryLine[]): Promise<Break[]> {
  const actors = new Map(entries.map(({ seq, actor }) => [seq, actor]));
  return (await unclaimed(ctx, entries)).map(({ seq, day, change: amountFen }) => {
    const actor = actors.get(seq);
    return { kind: 'bookOnly', ref: String(seq), day, amountFen, ...(actor?.startsWith('usr_') && { owner: actor }) };
  });
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
