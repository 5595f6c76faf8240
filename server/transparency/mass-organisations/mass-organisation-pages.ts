import {
  type MassOrganisationKind,
  massOrganisations,
  type Period,
  type PublicGiving,
  publicGivingOf,
  publicGivingOfDonor,
  type StatementSums,
  totalOfStatements,
} from '../../donations';
import { leastCell } from '../../funds';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { localDate, shanghaiDay, yearOf } from '../../kernel/local-date';
import type { Translate } from '../../platform/i18n/translator';
import { divisionFullName } from '../../regions';
import { hideSmallCells, type ShownCell } from '../hide-small-cells';
import { villageCells, villagesTogether } from './villages-of';

const yearsOffered = 4;

/** The five kinds of mass organisation in a year: what they gave under their names. */
export async function massOrganisationsPage(ctx: Context, t: Translate, asked?: number) {
  const { year, period, years } = askedYear(ctx, '/mass-organisations', asked);
  const all = await publicGivingOf(ctx, massOrganisations, period);
  const total = totalOfStatements(all);
  return {
    year,
    years,
    stats: statsOf(t, total),
    kinds: massOrganisations.map((kind) => {
      const of = all.filter((one) => one.kind === kind);
      return { href: `/mass-organisations/${kind}?year=${year}`, ...rowOf(t(`donations:kindOf.${kind}`), of) };
    }),
  };
}

/** One kind: each organisation that agrees to be named, and what their gifts did for which villages. */
export async function kindPage(ctx: Context, t: Translate, kind: MassOrganisationKind, asked?: number) {
  const { year, period, years } = askedYear(ctx, `/mass-organisations/${kind}`, asked);
  const [all, least] = await Promise.all([publicGivingOf(ctx, [kind], period), leastCell(ctx, shanghaiDay(ctx.clock.now()))]);
  const total = totalOfStatements(all);
  return {
    year,
    years,
    name: t(`donations:kindOf.${kind}`),
    stats: statsOf(t, total),
    isEmpty: all.length === 0,
    organisations: all.map((one) => ({ href: `/organisations/${one.id}?year=${year}`, ...rowOf(one.name, [one]) })),
    ...villagesOf(ctx, t, villagesTogether(all.map(villageCells), least), all, least),
  };
}

/** One organisation's own page. @throws `not-found` also for one that does not agree to be named. */
export async function organisationPage(ctx: Context, t: Translate, id: string, asked?: number) {
  const { year, period, years } = askedYear(ctx, `/organisations/${id}`, asked);
  const [giving, least] = await Promise.all([
    publicGivingOfDonor(ctx, id, massOrganisations, period),
    leastCell(ctx, shanghaiDay(ctx.clock.now())),
  ]);
  if (!giving) return fail('not-found');
  return {
    year,
    years,
    name: giving.name,
    kind: t(`donations:kindOf.${giving.kind}`),
    kindHref: `/mass-organisations/${giving.kind}?year=${year}`,
    stats: statsOf(t, giving.statement.total),
    gifts: giving.statement.lines.filter(({ sums }) => sums.came > 0).length,
    agrees: giving.statement.agrees,
    ...villagesOf(ctx, t, hideSmallCells(villageCells(giving), least), [giving], least),
  };
}

function askedYear(ctx: Context, path: string, asked?: number) {
  const today = shanghaiDay(ctx.clock.now());
  const now = yearOf(today);
  const year = asked !== undefined && asked <= now ? asked : now;
  const to = year === now ? today : localDate(`${year}-12-31`);
  const period: Period = { from: localDate(`${year}-01-01`), to };
  const years = Array.from({ length: yearsOffered }, (_, ago) => ({
    href: `${path}?year=${now - ago}`,
    year: now - ago,
    current: now - ago === year,
  }));
  return { year, period, years };
}

function statsOf(t: Translate, { opening, came, paid, back, fees, closing }: StatementSums) {
  return [
    { label: t('transparency:mass.opening'), fen: opening, sign: '' },
    { label: t('transparency:mass.came'), fen: came, sign: '+' },
    { label: t('transparency:mass.paid'), fen: paid, sign: '−' },
    ...(back + fees === 0 ? [] : [{ label: t('transparency:mass.back'), fen: back + fees, sign: '−' }]),
    { label: t('transparency:mass.closing'), fen: closing, sign: '=' },
  ];
}

function rowOf(label: string, giving: readonly PublicGiving[]) {
  const { came, paid, closing } = totalOfStatements(giving);
  const gifts = giving.flatMap(({ statement }) => statement.lines).filter(({ sums }) => sums.came > 0).length;
  return { label, gifts, came, paid, closing, some: giving.length > 0 };
}

function villagesOf(ctx: Context, t: Translate, cells: readonly ShownCell[], giving: readonly PublicGiving[], least: number) {
  const paid = giving.flatMap(({ statement }) => statement.lines.flatMap((line) => line.paid));
  const sumOf = (kind: string) => paid.reduce((sum, use) => (use.kind === kind ? sum + use.amountFen : sum), 0);
  const isRuled = least !== Number.MAX_SAFE_INTEGER;
  const few = isRuled ? t('transparency:money.few', { least }) : '—';
  return {
    villages: cells.map(({ key, fen, count }) => ({
      label: key === '' ? t('transparency:money.noVillage') : divisionFullName(key, ctx.locale),
      ...(fen !== undefined && { fen }),
      count: count === undefined ? few : t('transparency:times', { count }),
    })),
    aidFen: sumOf('aid'),
    goodsFen: sumOf('goods'),
    otherFen: sumOf('other'),
    note: isRuled ? t('transparency:mass.hiddenNote', { least }) : t('transparency:money.noRule'),
  };
}
