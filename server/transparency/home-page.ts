import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import { divisionFullName } from '../regions';
import { type MoneyOfYear, moneyOfYear } from './money-of-year';

/** Kinds of givers that stand together on public pages, in their order. */
const sources = [
  { key: 'companies', tone: 'in-1', kinds: ['company'] },
  { key: 'massOrganisations', tone: 'in-2', kinds: ['tradeUnion', 'youthLeague', 'womensFederation'] },
  { key: 'charities', tone: 'in-3', kinds: ['redCross', 'charityFederation'] },
  { key: 'persons', tone: 'in-4', kinds: ['person', 'anonymous'] },
] as const;

/** The home page: what came, what helped, what is left; each figure opens its parts on the page of the money. */
export async function homePage(ctx: Context, t: Translate) {
  const money = await moneyOfYear(ctx);
  return { money, householdsText: householdsText(t, money), incoming: incomingOf(t, money), outgoing: outgoingOf(t, money) };
}

/** The page of the money: the same figures as tables, by village and by cause. */
export async function moneyPage(ctx: Context, t: Translate) {
  const money = await moneyOfYear(ctx);
  const shown = (key: string, label: string, cells: MoneyOfYear['byVillage']) =>
    cells
      .filter((cell) => cell.count !== 0)
      .map((cell) => ({
        key: cell.key,
        label:
          cell.key === ''
            ? t(`transparency:money.no${key}`)
            : label.startsWith('place')
              ? divisionFullName(cell.key, ctx.locale)
              : t(`${label}${cell.key}`),
        ...(cell.fen !== undefined && { fen: cell.fen }),
        count:
          cell.count === undefined
            ? ruled(money, t('transparency:money.few', { least: money.least }), '—')
            : t('transparency:times', { count: cell.count }),
      }));
  return {
    money,
    householdsText: householdsText(t, money),
    incoming: incomingOf(t, money),
    outgoing: outgoingOf(t, money),
    villages: shown('Village', 'place', money.byVillage),
    causes: shown('Cause', 'transparency:cause.', money.byCause),
    causeNote: ruled(money, t('transparency:money.causeNote', { least: money.least }), t('transparency:money.noRule')),
  };
}

function householdsText(t: Translate, { payments, least }: MoneyOfYear): string {
  if (payments !== undefined) return t('transparency:times', { count: payments });
  return ruled({ least }, t('transparency:fewer', { least }), t('transparency:some'));
}

/** What can be said of the least number, or other words while the county has not set one. */
function ruled({ least }: { least: number }, words: string, otherwise: string): string {
  return least === Number.MAX_SAFE_INTEGER ? otherwise : words;
}

interface Share {
  label: string;
  note: string;
  amount: number;
  tone: string;
  href: string;
}

function incomingOf(t: Translate, { carriedFen, givers, incomes }: MoneyOfYear) {
  const given: Share[] = sources.flatMap<Share>(({ key, tone, kinds }) => {
    const rows = givers.filter(({ kind }) => kinds.some((one) => one === kind));
    if (rows.length === 0) return [];
    const amount = rows.reduce((sum, { fen }) => sum + fen, 0);
    const count = rows.reduce((sum, { gifts }) => sum + gifts, 0);
    return [{ label: t(`transparency:source.${key}`), note: t('transparency:gifts', { count }), amount, tone, href: '/money' }];
  });
  const publicFen = incomes.reduce((sum, { fen }) => sum + fen, 0);
  if (publicFen > 0) {
    const note = incomes.map(({ source }) => t(`funds:source.${source}`)).join(t('transparency:and'));
    given.push({ label: t('transparency:source.publicMoney'), note, amount: publicFen, tone: 'wheat', href: '/fund' });
  }
  if (carriedFen === 0) return given;
  const carried = { label: t('transparency:source.carried'), note: t('transparency:source.carriedNote'), amount: carriedFen };
  return [...given, { ...carried, tone: 'rest', href: '/money' }];
}

function outgoingOf(t: Translate, money: MoneyOfYear) {
  return [
    { label: t('transparency:out.paid'), note: householdsText(t, money), amount: money.paidFen, tone: 'out-1', href: '/money' },
    {
      label: t('transparency:out.reserved'),
      note: t('transparency:out.reservedNote'),
      amount: money.reservedFen,
      tone: 'out-3',
      href: '/money',
    },
    ...(money.goneFen > 0
      ? [{ label: t('transparency:out.gone'), note: t('transparency:out.goneNote'), amount: money.goneFen, tone: 'in-3', href: '/fund' }]
      : []),
    { label: t('transparency:out.left'), note: t('transparency:out.leftNote'), amount: money.freeFen, tone: 'rest', href: '/money' },
  ];
}
