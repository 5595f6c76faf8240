import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { addDays, daysBetween, type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { fen } from '../../kernel/money';
import { formatYuan } from '../../kernel/money-text';
import type { Translate } from '../../platform/i18n/translator';
import { anyOf } from '../../platform/mongo/operators';
import type { StateChip } from '../../platform/views/mark-helpers';
import type { CloseFilters } from '../reconciliation.inputs';
import type { LineState } from '../statements/statement.states';
import { StatementLine } from '../statements/statement-line.model';
import { closeFigures } from './close-figures';
import type { Break, CloseFigures, CloseState, DayClose, Explained, ProviderFlow } from './day-close.model';
import { type Face, facesOf } from './faces-of-rows';
import { daysToClose, findCloseById, findCloseOf, findCloses, firstClosedDay, isBeforeTheBook, nextDayToClose } from './find-closes';
import { flowOf } from './flow-of';
import { closesAlone } from './sign-day';

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
      aside: asideOf(close).length,
      signers: close.signatures.map(({ by }) => people.get(by) ?? '').join(t('ui:signers.and')),
      chip: closeChip(t, close.state.name),
    })),
  };
}

/** One day, or the days up to it that are still open: the three columns, the breaks, what is explained, who has signed. */
export async function dayPage(ctx: Context, t: Translate, day: LocalDate) {
  if (day >= shanghaiDay(ctx.clock.now())) return dayToComePage(ctx, t, day);
  const closed = await findCloseOf(ctx, day);
  if (closed) return { ...(await view(ctx, t, closed, closed)), chip: closeChip(t, 'closed'), isClosed: true, ...hrefs(day) };
  const nothing = await nothingToClose(ctx, t, day);
  if (nothing) return nothing;
  const days = await daysToClose(ctx, day);
  const [figures, begun] = await Promise.all([closeFigures(ctx, days), findCloseById(ctx, days.id)]);
  const signed = begun?.sha256 === figures.sha256 ? begun : undefined;
  const mine = signed?.signatures.some(({ by }) => by === ctx.actor.id);
  return {
    ...(await view(ctx, t, { from: days.from, day: days.to, ...figures, signatures: signed?.signatures ?? [] }, undefined)),
    chip: signed ? closeChip(t, 'signedOnce') : { family: 'running' as const, word: t('reconciliation:close.state.open') },
    sha256: figures.sha256,
    isVoid: begun !== undefined && !signed,
    whyTwo: whyTwo(t, figures, ctx.actor.id),
    maySign: may(ctx.actor, 'reconciliation.close') && !mine,
    waitsForOther: Boolean(mine),
    ...hrefs(day),
  };
}

/** A day that no close takes any more, or none can take yet: why, and where to go on. */
async function nothingToClose(ctx: Context, t: Translate, day: LocalDate) {
  const first = await firstClosedDay(ctx);
  const isBeforeFirst = first !== undefined && day < first;
  if (!isBeforeFirst && !(await isBeforeTheBook(ctx, day))) return undefined;
  const next = await nextDayToClose(ctx);
  return {
    ...{ from: day, day, isOneDay: true },
    chip: { family: 'still' as const, word: t(`reconciliation:close.nothing.${isBeforeFirst ? 'closedWith' : 'noBook'}`) },
    nothing: {
      first: isBeforeFirst ? { day: first, href: hrefs(first).href } : undefined,
      next: next && { day: next, href: hrefs(next).href },
    },
    ...hrefs(day),
  };
}

/** A day that is not over: from when it can be closed, and what is known of it so far. */
async function dayToComePage(ctx: Context, t: Translate, day: LocalDate) {
  const isToday = day === shanghaiDay(ctx.clock.now());
  const [figures, next] = await Promise.all([isToday ? closeFigures(ctx, { from: day, to: day }) : undefined, nextDayToClose(ctx)]);
  const breaks = figures?.breaks.filter(({ kind }) => kind !== 'noStatement') ?? []; // the bank writes it when the day is over
  return {
    ...(figures
      ? await view(ctx, t, { ...figures, breaks, from: day, day, signatures: [] }, undefined)
      : { from: day, day, isOneDay: true }),
    chip: { family: 'still' as const, word: t('reconciliation:close.state.toCome') },
    toCome: { isToday, opensOn: addDays(day, 1), next: next && { day: next, href: hrefs(next).href } },
    ...hrefs(day),
  };
}

/** Why one signature is not enough; undefined where it is. */
function whyTwo(t: Translate, figures: CloseFigures, signer: string): string | undefined {
  if (closesAlone(figures, signer)) return undefined;
  return t(`reconciliation:close.${figures.breaks.length > 0 ? 'signTwo' : 'signTwoAside'}`);
}

function hrefs(day: LocalDate) {
  return { id: day, href: `/reconciliation/days/${day}` };
}

function closeChip(t: Translate, state: CloseState): StateChip {
  return { family: families[state], word: t(`reconciliation:close.state.${state}`) };
}

type Shown = CloseFigures & Pick<DayClose, 'from' | 'day' | 'signatures'>;

async function view(ctx: Context, t: Translate, shown: Shown, closed: DayClose | undefined) {
  const { from, day, breaks, explained = [], signatures } = shown;
  const named = [...breaks.map(({ owner }) => owner), ...explained.map(({ by }) => by), ...signatures.map(({ by }) => by)];
  const people = await maskedNames(ctx, [...new Set(named.flatMap((id) => id ?? []))]);
  const since = closed ? await statesNow(ctx, [...breaks, ...explained]) : new Map<string, LineState>();
  const faces = await facesOf(ctx, t, [...breaks, ...explained]);
  const aside = asideOf(shown);
  const asideFen = aside.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const told = { ctx, t, people, since, faces, from };
  return {
    from,
    day,
    isOneDay: from === day,
    columns: [
      column(t, 'provider', shown.provider, shown.bookProvider, `/ledger/accounts/${encodeURIComponent('provider:stripe')}`),
      column(
        t,
        'bank',
        { ...shown.bank, ...asideSums(aside, from) },
        shown.bookBank,
        `/ledger/accounts/${encodeURIComponent('bank:main')}`,
      ),
    ],
    isMatched: breaks.length === 0,
    aside: aside.length > 0 && { count: aside.length, sum: formatYuan(fen(asideFen)) },
    breaks: breaks.map((one) => breakRow(told, one)),
    explained: explained.map((one) => explainedRow(told, one)),
    signatures: signatures.map(({ by, at }) => ({ what: t('reconciliation:close.signed'), at, who: people.get(by) ?? '' })),
  };
}

const asideOf = ({ explained = [] }: CloseFigures) => explained.filter(({ kind }) => kind === 'putAside');

/** What of the bank's sums was put aside: the book has nothing of it. A line of a day before these was taken in late. */
function asideSums(aside: readonly Explained[], from: LocalDate) {
  const { inFen: asideInFen, outFen: asideOutFen } = flowOf(aside.filter(({ day }) => day >= from).map(({ amountFen }) => amountFen));
  const late = flowOf(aside.filter(({ day }) => day < from).map(({ amountFen }) => amountFen));
  return { asideInFen, asideOutFen, asideLateFen: late.inFen - late.outFen };
}

const rows = ['in', 'asideIn', 'out', 'asideOut', 'cost', 'paidOut', 'toldLate', 'asideLate', 'otherDays'] as const;
const asideRows = ['asideIn', 'asideOut', 'asideLate'] as const;
const onlyWhereAny: readonly string[] = [...asideRows, 'toldLate', 'otherDays'];
const isAsideRow = (what: (typeof rows)[number]) => (asideRows as readonly string[]).includes(what);
type Column = ProviderFlow & { asideInFen?: number; asideOutFen?: number; asideLateFen?: number };

function column(t: Translate, side: 'provider' | 'bank', theirs: Column, book: Column, href: string) {
  const shown = rows.flatMap((what) => {
    const theirsFen = theirs[`${what}Fen`];
    const bookFen = isAsideRow(what) ? 0 : book[`${what}Fen`];
    if (theirsFen === undefined || bookFen === undefined) return [];
    if (onlyWhereAny.includes(what) && theirsFen === 0 && bookFen === 0) return [];
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

/** What the rows of one page share. */
interface Telling {
  ctx: Context;
  t: Translate;
  people: ReadonlyMap<string, string>;
  /** What the bank's lines are now, by their ids; nothing before the close. */
  since: ReadonlyMap<string, LineState>;
  /** Payer and number behind each row, by its `ref`. */
  faces: ReadonlyMap<string, Face>;
  from: LocalDate;
}

function breakRow({ ctx, t, people, since, faces, from }: Telling, one: Break) {
  const { kind, ref, day, amountFen, owner } = one;
  return {
    kind: t(`reconciliation:break.${kind}`),
    late: day < from ? t(`reconciliation:explained.${kind === 'bankOnly' ? 'lineLate' : 'toldLate'}`) : undefined,
    href: targets[kind](ref),
    face: faces.get(ref),
    day,
    amount: amountFen === undefined ? undefined : formatYuan(fen(amountFen)),
    owner: (owner && people.get(owner)) ?? t('reconciliation:break.finance'),
    ageDays: daysBetween(day, shanghaiDay(ctx.clock.now())),
    since: sinceThen(t, since.get(ref), 'open'),
  };
}

function explainedRow({ t, people, since, faces, from }: Telling, { kind, ref, day, amountFen, reason, by, row }: Explained) {
  const ofPayers = amountFen > 0 ? 'in' : 'out';
  const why = row && t(`reconciliation:close.row.provider.${row === 'payers' ? ofPayers : row}`);
  const atProvider = isEntryKey(ref) ? '/donations/provider' : `/donations/gifts/${ref}`;
  return {
    what: t(`reconciliation:explained.${kind}`),
    href: kind === 'toldLate' ? atProvider : `${kind === 'income' ? '/ledger/entries' : '/reconciliation/lines'}/${ref}`,
    face: faces.get(ref),
    why: reason ?? why,
    late: kind === 'putAside' && day < from ? t('reconciliation:explained.lineLate') : undefined,
    day,
    who: by === undefined ? t(`reconciliation:close.side.${kind === 'lineLate' ? 'bank' : 'provider'}`) : (people.get(by) ?? ''),
    amount: formatYuan(fen(amountFen)),
    since: sinceThen(t, since.get(ref), 'ignored'),
  };
}

function sinceThen(t: Translate, now: LineState | undefined, then: LineState) {
  return now === undefined || now === then ? undefined : { isGood: now === 'matched', word: t(`reconciliation:break.since.${now}`) };
}

/** What those of them that are lines of the bank are now. */
async function statesNow(ctx: Context, rows: readonly (Break | Explained)[]): Promise<Map<string, LineState>> {
  const ids = rows.filter(({ kind }) => kind === 'bankOnly' || kind === 'putAside').map(({ ref }) => ref);
  const found = await StatementLine.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { state: 1 }).lean<StatementLine[]>();
  return new Map(found.map(({ _id, state }) => [_id, state.name]));
}
