import type { Context } from '../../kernel/context';
import { AppError, fail } from '../../kernel/errors';
import { type LocalDate, localDate, shanghaiDay } from '../../kernel/local-date';
import { fen } from '../../kernel/money';
import type { Translate } from '../../platform/i18n/translator';
import { type Sheet, writeWorkbook } from '../../platform/spreadsheets/write-workbook';
import type { ClassSums } from './build-journal';
import { findJournal, lastMonth, type Month, monthOf } from './find-journal';

/** The month that is asked for, or the last one that is over. */
export function askedMonth(ctx: Context, month: string | undefined): Month {
  const today = shanghaiDay(ctx.clock.now());
  return monthOf(month !== undefined && month <= today.slice(0, 7) ? month : lastMonth(today), today);
}

/** What an export would hold: sums by class of accounts, whether they agree with the trial balance, which codes are missing. */
export async function journalPage(ctx: Context, t: Translate, month: Month) {
  const shown = {
    month: month.month,
    from: month.from,
    to: month.to,
    isOver: month.isOver,
    thisMonth: shanghaiDay(ctx.clock.now()).slice(0, 7),
  };
  const journal = await journalOrNone(ctx, month);
  if (!journal) return { ...shown, noCodes: true };
  return {
    ...shown,
    lines: journal.lines.length,
    agrees: journal.agrees,
    missing: journal.missing.map((className) => ({ name: t(`accounts:${className}`), className })),
    debit: journal.debit,
    credit: journal.credit,
    rows: journal.sums.map((row) => ({
      ...row,
      name: t(`accounts:${row.className}`),
      codesText: row.codes.join(' '),
      href: classHref(row),
    })),
  };
}

async function journalOrNone(ctx: Context, month: Month) {
  try {
    return await findJournal(ctx, month);
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule.none-in-force') return undefined;
    throw error;
  }
}

function classHref({ className }: ClassSums): string {
  return `/ledger/accounts?class=${className}`;
}

/**
 * The journal of a month as a workbook: every entry as balanced lines, and the sums by class of accounts beside the trial balance. A month
 * that is over gives the same bytes each time. It holds codes and ids, no names. @throws `journal.codes-missing` with the classes by name.
 */
export async function journalWorkbook(ctx: Context, t: Translate, county: string, month: Month): Promise<Buffer> {
  const journal = await findJournal(ctx, month);
  const { missing, lines, sums, debit, credit, agrees } = journal;
  if (missing.length > 0)
    fail('journal.codes-missing', { names: missing.map((one) => t(`accounts:${one}`)).join(t('books:and')), count: missing.length });
  const above = [
    t('books:journal.of', { county, month: month.month }),
    t(`books:journal.${month.isOver ? 'isOver' : 'runs'}`),
    t(`books:journal.agrees.${agrees}`),
  ];
  const text = (key: string, width: number): Sheet['columns'][number] => ({ head: t(`books:journal.column.${key}`), kind: 'text', width });
  const sum = (key: string): Sheet['columns'][number] => ({ head: t(`books:journal.column.${key}`), kind: 'yuan', width: 18 });
  const day = (key: string): Sheet['columns'][number] => ({ head: t(`books:journal.column.${key}`), kind: 'date', width: 12 });
  const yuan = (amount: number) => (amount === 0 ? undefined : fen(amount));
  return writeWorkbook(
    [
      {
        name: t('books:journal.lines'),
        above,
        columns: [
          { head: t('books:journal.column.entry'), kind: 'whole', width: 10 },
          day('recorded'),
          day('day'),
          text('code', 12),
          text('name', 20),
          sum('debit'),
          sum('credit'),
          text('kind', 20),
          text('account', 40),
          text('document', 36),
        ],
        rows: lines.map((line) => [
          line.seq,
          recordedOn(line.recordedAt),
          line.day,
          line.code,
          line.name,
          yuan(line.debit),
          yuan(line.credit),
          t(`kinds:${line.kind}`),
          line.account,
          line.document,
        ]),
        total: [undefined, undefined, undefined, t('books:trial.total'), undefined, fen(debit), fen(credit)],
      },
      {
        name: t('books:journal.sums'),
        above,
        columns: [text('class', 24), text('code', 16), sum('opening'), sum('debit'), sum('credit'), sum('closing'), sum('trial')],
        rows: sums.map((row) => [
          t(`accounts:${row.className}`),
          row.codes.join(' '),
          fen(row.opening),
          fen(row.debit),
          fen(row.credit),
          fen(row.closing),
          fen(row.trial),
        ]),
        total: [t('books:trial.total'), undefined, undefined, fen(debit), fen(credit)],
      },
    ],
    { sameBytes: true },
  );
}

function recordedOn(recordedAt: string): LocalDate {
  return localDate(shanghaiDay(new Date(recordedAt)));
}
