import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { addDays, daysBetween, type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { fen } from '../../kernel/money';
import { formatYuan } from '../../kernel/money-text';
import type { Translate } from '../../platform/i18n/translator';
import { anyOf } from '../../platform/mongo/operators';
import type { StateChip } from '../../platform/views/mark-helpers';
import type { CloseFilters } from '../reconciliation.inputs';
import { StatementLine } from '../statements/statement-line.model';
import { closeFigures } from './close-figures';
import type { Break, CloseFigures, CloseState, DayClose, ProviderFlow } from './day-close.model';
import { daysToClose, findCloseById, findCloseOf, findCloses, nextDayToClose } from './find-closes';

const families = { signedOnce: 'waiting', closed: 'done' } as const satisfies Record<CloseState, StateChip['family']>;

/** Days closed, the newest first, and the day that is next. */
export async function closesPage(ctx: Context, t: Translate, filters: CloseFilters) {
  const [{ rows, next }, nextDay] = await Promise.all([findCloses(ctx, filters), nextDayToClose(ctx)]);
  const people = await maskedNames(
    ctx,
    rows.flatMap(({ signatures }) => signatures.map(({ by }) => by)),
  );
  return {
    next,
    nextDay: nextDay && { day: nextDay, href: `/reconciliation/days/${nextDay}` },
    latest: addDays(shanghaiDay(ctx.clock.now()), -1),
    rows: rows.map((close) => ({
      href: `/reconciliation/days/${close.day}`,
      from: close.from === close.day ? undefined : close.from,
      day: close.day,
      inFen: fen(close.bank.inFen),
      outFen: fen(close.bank.outFen),
      breaks: close.breaks.length,
      signers: close.signatures.map(({ by }) => people.get(by) ?? '').join(t('ui:signers.and')),
      chip: closeChip(t, close.state.name),
    })),
  };
}

/** One day, or the days up to it that are still open: the three columns, the breaks, who has signed. */
export async function dayPage(ctx: Context, t: Translate, day: LocalDate) {
  const closed = await findCloseOf(ctx, day);
  if (closed) return { ...(await view(ctx, t, closed, closed)), chip: closeChip(t, 'closed'), isClosed: true, ...hrefs(day) };
  const days = await daysToClose(ctx, day);
  const [figures, begun] = await Promise.all([closeFigures(ctx, days), findCloseById(ctx, days.id)]);
  const signed = begun?.sha256 === figures.sha256 ? begun : undefined;
  const mine = signed?.signatures.some(({ by }) => by === ctx.actor.id);
  const needed = figures.breaks.length > 0 ? 2 : 1;
  return {
    ...(await view(ctx, t, { from: days.from, day: days.to, ...figures, signatures: signed?.signatures ?? [] }, undefined)),
    chip: signed ? closeChip(t, 'signedOnce') : { family: 'running' as const, word: t('reconciliation:close.state.open') },
    sha256: figures.sha256,
    isVoid: begun !== undefined && !signed,
    needed,
    maySign: may(ctx.actor, 'reconciliation.close') && !mine,
    waitsForOther: Boolean(mine),
    ...hrefs(day),
  };
}

function hrefs(day: LocalDate) {
  return { id: day, href: `/reconciliation/days/${day}` };
}

function closeChip(t: Translate, state: CloseState): StateChip {
  return { family: families[state], word: t(`reconciliation:close.state.${state}`) };
}

type Shown = CloseFigures & Pick<DayClose, 'from' | 'day' | 'signatures'>;

async function view(ctx: Context, t: Translate, shown: Shown, closed: DayClose | undefined) {
  const { from, day, breaks, signatures } = shown;
  const owners = breaks.flatMap(({ owner }) => owner ?? []);
  const people = await maskedNames(ctx, [...new Set([...owners, ...signatures.map(({ by }) => by)])]);
  const settled = closed ? await settledSince(ctx, breaks) : new Set<string>();
  return {
    from,
    day,
    isOneDay: from === day,
    columns: [
      column(t, 'provider', shown.provider, shown.bookProvider, `/ledger/accounts/${encodeURIComponent('provider:stripe')}`),
      column(t, 'bank', shown.bank, shown.bookBank, `/ledger/accounts/${encodeURIComponent('bank:main')}`),
    ],
    isMatched: breaks.length === 0,
    breaks: breaks.map((one) => breakRow(ctx, t, one, people, settled.has(one.ref))),
    signatures: signatures.map(({ by, at }) => ({ what: t('reconciliation:close.signed'), at, who: people.get(by) ?? '' })),
  };
}

const rows = ['in', 'out', 'cost', 'paidOut', 'otherDays'] as const;

function column(t: Translate, side: 'provider' | 'bank', theirs: ProviderFlow, book: ProviderFlow, href: string) {
  const shown = rows.flatMap((what) => {
    const [theirsFen, bookFen] = [theirs[`${what}Fen`], book[`${what}Fen`]];
    if (theirsFen === undefined || bookFen === undefined) return [];
    if (what === 'otherDays' && theirsFen === 0 && bookFen === 0) return [];
    return { what: t(`reconciliation:close.row.${side}.${what}`), theirsFen: fen(theirsFen), bookFen: fen(bookFen) };
  });
  return {
    title: t(`reconciliation:close.side.${side}`),
    theirs: t(`reconciliation:close.theirs.${side}`),
    note: t(`reconciliation:close.note.${side}`),
    href: book.count > 0 ? href : undefined, // an account without an entry has no page
    rows: shown,
    counts: t('reconciliation:close.counts', { theirs: theirs.count, book: book.count }),
  };
}

const isEntryKey = (ref: string) => ref.includes(':'); // of something at the provider behind which is no gift

const targets: Record<Break['kind'], (ref: string) => string> = {
  bankOnly: (ref) => `/reconciliation/lines/${ref}`,
  bookOnly: (ref) => `/ledger/entries/${ref}`,
  providerWaits: (ref) => `/donations/parked-payments/${ref}`,
  providerOnly: (ref) => (isEntryKey(ref) ? '/donations/provider' : `/donations/gifts/${ref}`),
  providerMissing: (ref) => `/ledger/entries/${ref}`,
  providerTold: () => '/donations/provider',
  providerMatter: () => '/donations/provider',
  payoutMissing: () => '/donations/provider',
  noStatement: () => '/reconciliation/statements',
};

function breakRow(ctx: Context, t: Translate, one: Break, people: ReadonlyMap<string, string>, isSettled: boolean) {
  const { kind, ref, day, amountFen, owner } = one;
  return {
    kind: t(`reconciliation:break.${kind}`),
    href: targets[kind](ref),
    day,
    amount: amountFen === undefined ? undefined : formatYuan(fen(amountFen)),
    owner: (owner && people.get(owner)) ?? t('reconciliation:break.finance'),
    ageDays: daysBetween(day, shanghaiDay(ctx.clock.now())),
    isSettled,
  };
}

/** Which of the bank's lines that were breaks have been cleared since. */
async function settledSince(ctx: Context, breaks: readonly Break[]): Promise<Set<string>> {
  const ids = breaks.filter(({ kind }) => kind === 'bankOnly').map(({ ref }) => ref);
  const found = await StatementLine.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { state: 1 }).lean<StatementLine[]>();
  return new Set(found.filter(({ state }) => state.name !== 'open').map(({ _id }) => _id));
}
