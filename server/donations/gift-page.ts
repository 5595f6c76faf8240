import { givingBasis, leastCell } from '../funds';
import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { findEntryByKey } from '../ledger';
import { filtersOf, listUrl } from '../platform/http/list-url';
import type { Incoming } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { zPage } from '../platform/validation/types';
import { formatDay, formatMonth } from '../platform/views/format';
import type { StateChip, StripPart } from '../platform/views/mark-helpers';
import { countyCode, divisionName } from '../regions';
import { backToPayer } from './back-to-payer';
import { findCampaignOfGift, papersOf } from './campaigns/find-campaigns';
import { causeTotals } from './cause-totals';
import { besideUses, changesOfGift } from './changes-of-gift';
import { givingAdvice } from './donations.settings';
import { followGift } from './follow-gift';
import type { Gift } from './gift.model';
import { giftChip, restrictionText } from './gift-words';
import { type PageOfUses, pageOfUses } from './page-of-uses';
import { taxAdvice } from './receipts/tax-advice';
import { membersOf } from './rosters/find-rosters';
import { type GiftSums, type GiftTrace, type GiftUse, type ShownUse, setApartOf, type UseKind } from './trace-gift';

/** Who looks: giver and staff know what it was given for; staff may open the entries behind a sum; giver and public may not, since entries name other gifts, too. */
type Viewer = 'staff' | 'giver' | 'public';
/** Which part of the list is asked for, and under which address. */
export type PageAsked = Pick<Incoming<string>, 'originalUrl' | 'query'>;

const tones = {
  aid: 'out-1',
  goods: 'wheat',
  apart: 'out-3',
  refund: 'in-3',
  chargeback: 'out-2',
  fee: 'in-4',
  other: 'in-2',
  left: 'rest',
} as const;
const waitsFor = ['held', 'refund', 'dispute', 'roster'] as const;
const shownParts = ['aid', 'goods', 'apart', 'refund', 'chargeback', 'fee', 'other', 'left'] as const;

/** What every page of a gift says, arrived or not. */
export async function giftFacts(ctx: Context, t: Translate, gift: Gift) {
  const { number, code, amountFen, channel, state, openedAt, received } = gift;
  const facts = { number, code, amountFen, channel, state: state.name, openedAt, chip: giftChip(t, gift) };
  const isUnnamed = gift.donorKind === 'anonymous' && state.name === 'received';
  const meaning = t(`donations:meaning.${gift.problem ? 'problem' : isUnnamed ? 'receivedUnnamed' : state.name}`);
  return {
    gift: {
      ...facts,
      meaning,
      restriction: restrictionText(ctx, t, gift),
      ...(received && { receivedOn: received.on, into: received.into }),
    },
    ...(received
      ? { advice: await givingAdvice(ctx, { day: received.on, place: countyCode() }) }
      : { transfer: channel === 'cash' ? undefined : await transferFacts(ctx, gift) }),
  };
}

/** A gift and, once it has arrived, its way: the sums, then one node for each use of the asked page, and the causes as totals. */
export async function giftPage(ctx: Context, t: Translate, gift: Gift, viewer: Viewer, req: PageAsked) {
  if (!gift.received) return giftFacts(ctx, t, gift);
  const [facts, trace, entry, least, back, changes, tax, members] = await Promise.all([
    giftFacts(ctx, t, gift),
    followGift(ctx, gift, (uses) => pageOfUses(uses, filtersOf(zPage, req))),
    findEntryByKey(ctx, `gift:${gift._id}:received`),
    leastCell(ctx, shanghaiDay(ctx.clock.now())),
    backToPayer(ctx, t, gift, viewer),
    changesOfGift(ctx, t, gift, viewer),
    taxAdvice(ctx, t, { donorKind: gift.donorKind, day: gift.received.on }),
    membersOf(ctx, gift),
  ]);
  const { sums, page } = trace;
  return {
    ...facts,
    ...(members && { members: t('donations:roster.onGiftText', { count: members }) }),
    ...(viewer === 'public' && {
      gift: { ...facts.gift, restriction: besideUses(ctx, t, gift.restriction, t('donations:trace.asWished')) },
    }),
    usedFen: sums.aid + sums.goods + sums.other,
    parts: partsOf(t, trace),
    addsUp: Object.values(sums).reduce((sum, part) => sum + part, 0) === gift.amountFen,
    back,
    changes,
    uses: threadOf(ctx, t, gift, sums, page, viewer),
    paging: pagingOf(req, page),
    causes: causesOf(t, trace, least),
    entry: entry && { seq: entry.seq, recordedAt: new Date(entry.recordedAt) },
    tax,
  };
}

function causesOf(t: Translate, { helped }: GiftTrace, least: number) {
  const { households, causes, rest } = causeTotals(helped, least);
  if (households === 0) return undefined;
  return {
    households,
    least,
    rows: causes.map(({ cause, households: count }) => ({ label: t(`households:cause.${cause}`), count })),
    rest: rest > 0 ? rest : undefined,
  };
}

/** The parts of the list beside the shown one; nothing where all of it is shown. */
function pagingOf(req: PageAsked, { from, to, total, previous, next }: Omit<PageOfUses, 'rows'>) {
  if (previous === undefined && next === undefined) return undefined;
  const href = (after: string) => listUrl(req, { after });
  return { from, to, total, ...(previous !== undefined && { previous: href(previous) }), ...(next !== undefined && { next: href(next) }) };
}

/** The charity's bank account by the gift's own filed plan, for a giver who still has to pay, or cannot online. */
async function transferFacts(ctx: Context, gift: Gift) {
  const plan = await planOf(ctx, gift);
  const isAnnounced = gift.channel === 'bankTransfer'; // and is received, whatever is filed since
  return isAnnounced || plan?.ways.includes('bankTransfer') ? plan?.bankAccount : undefined;
}

async function planOf(ctx: Context, gift: Gift) {
  const campaign = await findCampaignOfGift(ctx, gift);
  if (campaign) return (await papersOf(ctx, campaign)).plan;
  const basis = await givingBasis(ctx, shanghaiDay(ctx.clock.now()));
  return basis.open ? basis.plan : undefined;
}

function partsOf(t: Translate, { sums, uses }: GiftTrace): (StripPart & { label: string; note: string })[] {
  const always: readonly (UseKind | 'left')[] = ['aid', 'apart', 'left'];
  const shown = { ...sums, apart: setApartOf(sums) };
  return shownParts
    .filter((kind) => shown[kind] > 0 || always.includes(kind))
    .map((kind) => ({
      label: t(`donations:part.${kind}`),
      note:
        kind === 'apart' ? apartNote(t, uses) : t(`donations:partNote.${kind}`, { count: uses.filter((use) => use.kind === kind).length }),
      amount: shown[kind],
      tone: tones[kind],
    }));
}

/** What it is set apart for: families, the payer, the payer's bank, or the members' purposes. */
function apartNote(t: Translate, uses: readonly GiftUse[]): string {
  const notes = waitsFor.flatMap((why) => {
    const count = uses.filter(({ kind, apart }) => (kind === 'held' ? kind : apart) === why).length;
    return count === 0 ? [] : [t(`donations:apartNote.${why}`, { count })];
  });
  return notes.join(t('donations:apartNote.and')) || t('donations:apartNote.none');
}

/** A node of the thread, for the part of that name. */
interface Node {
  when: string;
  what: string;
  note: string;
  kind: 'came' | 'aid' | 'goods' | 'held' | 'left' | 'gone';
  share?: string;
  shareNote?: string;
  chip?: StateChip;
  chipNote?: string;
  fen: number;
  format?: 'signed';
  left?: number;
  href?: string;
}

/** Begins with the gift's arrival and ends with what is left, each on the page where it belongs. */
function threadOf(ctx: Context, t: Translate, gift: Gift, sums: GiftSums, page: PageOfUses<ShownUse>, viewer: Viewer): Node[] {
  const { on = '', into = gift.channel } = gift.received ?? {};
  const came: Node = {
    when: monthText(ctx, on),
    what: t('donations:thread.came'),
    note: t(`donations:into.${into}`),
    kind: 'came',
    fen: gift.amountFen,
    format: 'signed',
  };
  const left: Node = {
    when: t('donations:thread.now'),
    what: t('donations:thread.left'),
    note: t('donations:thread.leftNote'),
    kind: 'left',
    fen: sums.left,
  };
  return [
    ...(page.previous === undefined ? [came] : []),
    ...page.rows.map((use) => nodeOf(ctx, t, use, viewer)),
    ...(page.next === undefined && sums.left > 0 ? [left] : []),
  ];
}

function nodeOf(ctx: Context, t: Translate, use: ShownUse, viewer: Viewer): Node {
  const { kind, village, on, amountFen, leftFen, sharePct, apart } = use;
  const isWhole = sharePct === 100;
  const isWaiting = kind === 'held' || kind === 'apart';
  return {
    when: monthText(ctx, on),
    what: village ? divisionName(village, ctx.locale) : t(apart ? `donations:apart.${apart}` : `donations:part.${kind}`),
    note: t(apart ? `donations:apart.${apart}Note` : `donations:use.${kind}`),
    kind: kind === 'held' || kind === 'goods' || kind === 'aid' ? kind : 'gone',
    share: isWhole ? t('donations:thread.whole') : t('donations:thread.share', { percent: sharePct === 0 ? '<1' : sharePct }),
    ...(!isWhole && { shareNote: t('donations:thread.others') }),
    chip: isWaiting
      ? { family: 'waiting', word: t(apart ? `donations:apart.${apart}Chip` : 'states:waiting.approvedUnpaid') }
      : { family: 'done', word: t(`donations:done.${kind}`) },
    ...(viewer === 'staff' && !isWaiting && { chipNote: formatDay(on, ctx.locale, shanghaiDay(ctx.clock.now())) }), // others: the month (TR4)
    fen: amountFen,
    left: leftFen,
    ...(viewer === 'staff' && { href: `/ledger/entries/${use.seq}` }),
  };
}

/** The month alone: a year is shown where the gift's own day stands. */
function monthText({ locale }: Pick<Context, 'locale'>, day: string): string {
  return formatMonth(day, locale, { short: true });
}
