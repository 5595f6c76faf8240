import { placesIn, publicPurposes } from '../../funds';
import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import { formatYuan } from '../../kernel/money-text';
import { randomId } from '../../kernel/random';
import type { Translate } from '../../platform/i18n/translator';
import type { StateChip } from '../../platform/views/mark-helpers';
import { countyCode } from '../../regions';
import { organisationKinds } from '../donor-kinds';
import { giftChip, restrictionText } from '../gift-words';
import { givenPurposes } from '../give.inputs';
import { isOnlyPromised, isStillOwn } from '../withdrawals/withdraw-pledge';
import { accountFrom, findGiftsOfPledge, findGiftsToAssign, findOwnGiftsOfPledge } from './find-pledges';
import { inKindPage } from './in-kind/in-kind-page';
import { inKindRow, inKindTotals, openRanks } from './in-kind/in-kind-words';
import { inKindKinds, type Pledge, pledgeKinds } from './pledge.model';
import { isEndedPledge, openPledgeStates, type PledgeState } from './pledge.states';
import { type InstalmentAccount, isOpenRow } from './pledge-account';

const families = {
  promised: 'waiting',
  part: 'running',
  fulfilled: 'done',
  released: 'still',
  withdrawn: 'still',
  breached: 'failed',
} as const satisfies Record<PledgeState, StateChip['family']>;

const rowsOfForm = 6;
const inKindRowsOfForm = 3;

function pledgeChip(t: Translate, { state }: Pick<Pledge, 'state'>): StateChip {
  return { family: families[state.name], word: t(`donations:pledge.state.${state.name}`) };
}

function rowChip(t: Translate, row: InstalmentAccount, pledge: Pledge): StateChip {
  const isBegun = row.receivedFen > 0 || row.keptQuantity > 0;
  if (isEndedPledge(pledge) && !isBegun) return { family: 'still', word: t('donations:pledge.row.gone') };
  if (!isOpenRow(row)) return { family: 'done', word: t('donations:pledge.row.come') };
  if (row.daysLate > 0) return { family: 'failed', word: t('donations:pledge.row.late', { count: row.daysLate }) };
  return isBegun ? { family: 'running', word: t('donations:pledge.row.part') } : { family: 'waiting', word: t('donations:pledge.row.due') };
}

/** A row of a list of pledges: what has come, what is still to come, what is next or late. */
export async function pledgeRow(ctx: Context, t: Translate, pledge: Pledge, base: '/donations/pledges' | '/my/pledges') {
  const account = accountFrom(ctx, pledge, await findGiftsOfPledge(ctx, pledge._id));
  const next = account.rows.find(isOpenRow);
  const isOpen = openPledgeStates.some((name) => name === pledge.state.name);
  return {
    number: pledge.number,
    href: `${base}/${pledge._id}`,
    giver: pledge.payerName,
    restriction: restrictionText(ctx, t, pledge),
    totalFen: pledge.totalFen,
    receivedFen: account.receivedFen,
    inKind: inKindTotals(t, pledge.instalments, account),
    nextOn: isOpen ? next?.dueOn : undefined,
    daysLate: isOpen ? next?.daysLate : 0,
    chip: pledgeChip(t, pledge),
  };
}

/** One pledge: its paper, each instalment with what has come on it, its gifts, what was kept in kind. `viewer` says whose page it is. */
export async function pledgePage(ctx: Context, t: Translate, pledge: Pledge, viewer: 'staff' | 'giver') {
  const gifts = await findGiftsOfPledge(ctx, pledge._id);
  const shown = viewer === 'staff' ? gifts : await findOwnGiftsOfPledge(ctx, pledge._id);
  const account = accountFrom(ctx, pledge, gifts);
  const isOpen = openPledgeStates.some((name) => name === pledge.state.name);
  const records = viewer === 'staff' && may(ctx.actor, 'pledge.record');
  const people = viewer === 'staff' ? await maskedNames(ctx, [pledge.release?.by ?? '', pledge.state.by].filter(Boolean)) : new Map();
  const hrefOf = (number: string) => (viewer === 'staff' ? `/donations/gifts/${number}` : `/my/gifts/${number}`);
  const base = viewer === 'staff' ? '/donations/pledges' : '/my/pledges';
  return {
    id: pledge._id,
    path: `${base}/${pledge._id}`,
    number: pledge.number,
    giver: pledge.payerName,
    kind: t(`donations:pledge.kind.${pledge.kind}`),
    paper: pledge.paper,
    signedOn: pledge.signedOn,
    restriction: restrictionText(ctx, t, pledge),
    chip: pledgeChip(t, pledge),
    meaning: t(`donations:pledge.meaning.${pledge.state.name}`),
    ...(await inKindPage(ctx, t, pledge, account, { isStaff: viewer === 'staff', mayNote: records && isOpen })),
    totalFen: pledge.totalFen,
    receivedFen: account.receivedFen,
    overFen: account.overFen,
    rows: account.rows.map((row) => {
      const awaited = gifts.find((gift) => gift.pledge?.rank === row.rank && gift.state.name === 'awaiting');
      return {
        ...row,
        inKind: inKindRow(t, pledge.instalments, row),
        chip: rowChip(t, row, pledge),
        awaited: awaited && { number: awaited.number, href: viewer === 'staff' ? hrefOf(awaited.number) : `/gifts/${awaited.code}` },
        mayAwait: isOpen && row.openFen > 0 && !awaited && (records || (viewer === 'giver' && may(ctx.actor, 'gift.give'))),
      };
    }),
    gifts: shown
      .filter(({ received }) => received)
      .map((gift) => ({
        number: gift.number,
        href: hrefOf(gift.number),
        day: gift.received?.on,
        rank: gift.pledge?.rank,
        amountFen: gift.amountFen,
        chip: giftChip(t, gift),
      })),
    toAssign:
      records && isOpen && pledge.totalFen > 0
        ? (await findGiftsToAssign(ctx, pledge)).map((gift) => ({ value: gift.number, label: giftLabel(t, gift) }))
        : [],
    ranks: openRanks(t, pledge.instalments, account, 'money'),
    release: pledge.release && { ...pledge.release, who: people.get(pledge.release.by) },
    releasedBy: pledge.state.name === 'released' ? { who: people.get(pledge.state.by), at: pledge.state.at } : undefined,
    mayAskRelease: records && isOpen && !pledge.release,
    mayDecideRelease:
      viewer === 'staff' &&
      isOpen &&
      pledge.release !== undefined &&
      pledge.release.by !== ctx.actor.id &&
      may(ctx.actor, 'pledge.release'),
    mayWithdraw: isOnlyPromised(pledge, gifts) && (viewer === 'staff' ? records : may(ctx.actor, 'gift.give') && isStillOwn(ctx, pledge)),
    isOwnRelease: isOpen && pledge.release?.by === ctx.actor.id,
  };
}

function giftLabel(t: Translate, gift: { number: string; amountFen: Fen }): string {
  return t('donations:pledge.giftChoice', { number: gift.number, sum: formatYuan(gift.amountFen) });
}

/** The form that records a pledge: as its giver, or as staff from the paper. */
export function pledgeForm(ctx: Context, t: Translate, viewer: 'staff' | 'giver') {
  const purposes = viewer === 'staff' ? publicPurposes : givenPurposes;
  return {
    requestKey: randomId(ctx.random, 'req'),
    today: shanghaiDay(ctx.clock.now()),
    kinds: pledgeKinds.map((value) => ({ value, label: t(`donations:pledge.kind.${value}`) })),
    donorKinds: organisationKinds.map((value) => ({ value, label: t(`donations:kindOf.${value}`) })),
    purposes: purposes.map((value) => ({ value, label: t(`donations:purpose.${value}`) })),
    places: placesIn(ctx, countyCode()),
    formRows: Array.from({ length: rowsOfForm }, (_, index) => ({ index, rank: index + 1 })),
    inKindKinds: inKindKinds.map((value) => ({ value, label: t(`donations:pledge.inKind.${value}`) })),
    inKindRows: Array.from({ length: inKindRowsOfForm }, (_, index) => ({ index, rank: index + 1 })),
  };
}
