import type { Context } from '../../kernel/context';
import { failField, invariant } from '../../kernel/errors';
import { type LocalDate, localDate, shanghaiDay } from '../../kernel/local-date';
import { followLots } from '../../ledger';
import { operator } from '../../platform/mongo/operators';
import type { Donor } from '../donor.model';
import { Gift } from '../gift.model';
import { lotOfGift } from '../lot-of-gift';
import { ofDonor } from '../own-donor';
import {
  agreesWithLedger,
  hasFigures,
  type PaidUse,
  type Period,
  paidUses,
  type StatedGift,
  type StatementSums,
  statementRow,
  totalOf,
} from './statement-row';

/** More gifts than this in one statement are for a program, a part of the year at a time. */
const mostStated = 5_000;

interface StatementLine {
  gift: Gift;
  sums: StatementSums;
  paid: readonly PaidUse[];
}

export interface DonorStatement {
  period: Period;
  lines: readonly StatementLine[];
  total: StatementSums;
  /** Whether the ledger's balances say the same of each of these gifts, to the fen. */
  agrees: boolean;
}

export type Stated = StatedGift & { gift: Gift };

/** The period that is asked for, else the running year; turned round when it was typed the wrong way. */
export function periodOf(ctx: Context, { from, to }: { from?: LocalDate | undefined; to?: LocalDate | undefined }): Period {
  const end = to ?? shanghaiDay(ctx.clock.now());
  const begin = from ?? localDate(`${end.slice(0, 4)}-01-01`);
  if (begin > end) return { from: begin, to: begin }; // from a day on that has not come yet
  return { from: begin, to: end };
}

/** An organisation's gifts that had come by a day, each with its way. @throws `input.invalid` at `to` when they are too many. */
export async function statedGifts(ctx: Context, donor: Donor, to: LocalDate): Promise<Stated[]> {
  const gifts = await Gift.find({ ...ofDonor(ctx, donor, 'openedAt'), 'received.on': operator({ $lte: to }) })
    .sort({ 'received.on': 1, number: 1 })
    .limit(mostStated + 1)
    .lean<Gift[]>();
  if (gifts.length > mostStated) failField('to', 'statement-too-long', { most: mostStated });
  return withTraces(ctx, gifts);
}

/** Gifts that have come, each with what the ledger knows of its lot. */
export async function withTraces(ctx: Context, gifts: readonly Gift[]): Promise<Stated[]> {
  const traces = await followLots(ctx, gifts.map(lotOfGift));
  return gifts.map((gift) => {
    const trace = traces.get(lotOfGift(gift));
    invariant(trace && gift.received, 'statement.gift-has-come', { gift: gift._id });
    return { gift, number: gift.number, amountFen: gift.amountFen, receivedOn: gift.received.on, trace };
  });
}

/** Every gift of an organisation that had something to move or to keep in a period, the first first. */
export async function findDonorStatement(ctx: Context, donor: Donor, period: Period): Promise<DonorStatement> {
  return statementOf(await statedGifts(ctx, donor, period.to), period);
}

export function statementOf(gifts: readonly Stated[], period: Period): DonorStatement {
  const lines = gifts
    .map((one) => ({ gift: one.gift, sums: statementRow(one, period), paid: paidUses(one, period) }))
    .filter(({ sums }) => hasFigures(sums));
  return { period, lines, total: totalOf(lines.map(({ sums }) => sums)), agrees: gifts.every(agreesWithLedger) };
}
