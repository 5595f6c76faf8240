import { givingBasis } from '../funds';
import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { findEntryByKey, followLot } from '../ledger';
import type { Translate } from '../platform/i18n/translator';
import { formatDay } from '../platform/views/format';
import type { StateChip, StripPart } from '../platform/views/mark-helpers';
import { countyCode, divisionName } from '../regions';
import { backToPayer } from './back-to-payer';
import { gift as giftLot } from './donations.accounts';
import { givingAdvice } from './donations.settings';
import type { Gift } from './gift.model';
import { giftChip, restrictionText } from './gift-words';
import { taxAdvice } from './receipts/tax-advice';
import { membersOf } from './rosters/find-rosters';
import { type GiftTrace, type GiftUse, traceGift, type UseKind } from './trace-gift';

/** Who looks: staff may open the entries behind a sum; giver and public may not, since entries name other gifts, too. */
type Viewer = 'staff' | 'giver' | 'public';

const tones = { aid: 'out-1', goods: 'wheat', held: 'out-3', refund: 'in-3', fee: 'in-4', other: 'in-2', left: 'rest' } as const;
const shownParts = ['aid', 'goods', 'held', 'refund', 'fee', 'other', 'left'] as const;

/** A gift and, once it has arrived, its way: four sums, then one node for each use. */
export async function giftPage(ctx: Context, t: Translate, gift: Gift, viewer: Viewer) {
  const facts = { number: gift.number, code: gift.code, amountFen: gift.amountFen, channel: gift.channel, state: gift.state.name };
  const meaning = t(gift.problem ? 'donations:meaning.problem' : `donations:meaning.${gift.state.name}`);
  const page = { ...facts, chip: giftChip(t, gift), meaning, restriction: restrictionText(ctx, t, gift), openedAt: gift.openedAt };
  if (!gift.received) return { gift: page, transfer: await transferFacts(ctx) };
  const trace = traceGift(gift.amountFen, await followLot(ctx, giftLot(gift.number)));
  const entry = await findEntryByKey(ctx, `gift:${gift._id}:received`);
  const { sums } = trace;
  const members = await membersOf(ctx, gift);
  return {
    gift: { ...page, receivedOn: gift.received.on, into: gift.received.into },
    ...(members && { members: t('donations:roster.onGiftText', { count: members }) }),
    usedFen: sums.aid + sums.goods + sums.other,
    parts: partsOf(t, trace),
    back: await backToPayer(ctx, t, gift, viewer),
    uses: threadOf(ctx, t, gift, trace, viewer),
    entry: entry && { seq: entry.seq, recordedAt: new Date(entry.recordedAt) },
    tax: await taxAdvice(ctx, t, { donorKind: gift.donorKind, day: gift.received.on }),
    advice: await givingAdvice(ctx, { day: gift.received.on, place: countyCode() }),
  };
}

/** The charity's bank account, for a giver who still has to pay, or cannot online. */
async function transferFacts(ctx: Context) {
  const basis = await givingBasis(ctx, shanghaiDay(ctx.clock.now()));
  return basis.open ? basis.plan.bankAccount : undefined;
}

function partsOf(t: Translate, { sums, uses }: GiftTrace): (StripPart & { label: string; note: string })[] {
  const always: readonly (UseKind | 'left')[] = ['aid', 'held', 'left'];
  return shownParts
    .filter((kind) => sums[kind] > 0 || always.includes(kind))
    .map((kind) => {
      const count = uses.filter((use) => use.kind === kind).length;
      return {
        label: t(`donations:part.${kind}`),
        note: t(`donations:partNote.${kind}`, { count }),
        amount: sums[kind],
        tone: tones[kind],
      };
    });
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

function threadOf(ctx: Context, t: Translate, gift: Gift, { uses, sums }: GiftTrace, viewer: Viewer): Node[] {
  const { on = '', into = gift.channel } = gift.received ?? {};
  const came: Node = {
    when: monthText(t, on),
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
  return [came, ...uses.map((use) => nodeOf(ctx, t, use, viewer)), ...(sums.left > 0 ? [left] : [])];
}

function nodeOf(ctx: Context, t: Translate, use: GiftUse, viewer: Viewer): Node {
  const { kind, village, on, amountFen, leftFen, sharePct, apart } = use;
  const isWhole = sharePct === 100;
  const isHeld = kind === 'held';
  return {
    when: monthText(t, on),
    what: village ? divisionName(village, ctx.locale) : t(apart ? `donations:apart.${apart}` : `donations:part.${kind}`),
    note: t(apart ? `donations:apart.${apart}Note` : `donations:use.${kind}`),
    kind: isHeld || kind === 'goods' || kind === 'aid' ? kind : 'gone',
    share: isWhole ? t('donations:thread.whole') : t('donations:thread.share', { percent: sharePct === 0 ? '<1' : sharePct }),
    ...(!isWhole && { shareNote: t('donations:thread.others') }),
    chip: isHeld
      ? { family: 'waiting', word: t(apart ? `donations:apart.${apart}Chip` : 'states:waiting.approvedUnpaid') }
      : { family: 'done', word: t(`donations:done.${kind}`) },
    ...(!isHeld && on && { chipNote: formatDay(on, ctx.locale, shanghaiDay(ctx.clock.now())) }),
    fen: amountFen,
    left: leftFen,
    ...(viewer === 'staff' && { href: `/ledger/entries/${use.seq}` }),
  };
}

/** The month alone: a year is shown where the gift's own day stands. */
function monthText(t: Translate, day: string): string {
  return day ? t('donations:thread.month', { month: Number(day.slice(5, 7)), year: Number(day.slice(0, 4)) }) : '';
}
