import type { Purpose } from '../../funds';
import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { maskName } from '../../kernel/mask';
import { findEntryByKey } from '../../ledger';
import { decryptField } from '../../platform/crypto/encrypt-field';
import type { Translate } from '../../platform/i18n/translator';
import { anyOf } from '../../platform/mongo/operators';
import { formatSum } from '../../platform/views/format';
import type { StateChip } from '../../platform/views/mark-helpers';
import { findGiftById } from '../find-gifts';
import { Gift } from '../gift.model';
import { restrictionText, staffGiver } from '../gift-words';
import { bookedKey } from './confirm-roster';
import { findRosterLines, findRosterOrThrow, findRosters, giftsWithoutRoster, usedParts } from './find-rosters';
import { linePlace, previewPlace, type Roster } from './roster.model';
import { type RosterState, rosterStates } from './roster.states';
import { differenceText } from './roster-sheets';
import type { RosterFilters, RosterLineFilters } from './rosters.inputs';

const families = {
  faulty: 'failed',
  previewed: 'still',
  asked: 'waiting',
  booking: 'running',
  booked: 'done',
  undoAsked: 'check',
  undoing: 'running',
  discarded: 'still',
  withdrawn: 'still',
  undone: 'still',
} as const satisfies Record<RosterState, StateChip['family']>;

const chipOf = (t: Translate, { state }: Pick<Roster, 'state'>): StateChip => ({
  family: families[state.name],
  word: t(`donations:roster.state.${state.name}`),
});
const hrefOf = ({ _id }: Pick<Roster, '_id'>) => `/donations/rosters/${_id}`;

/** Rosters, newest first, and the form that brings one. */
export async function rostersPage(ctx: Context, t: Translate, filters: RosterFilters) {
  const mayBring = may(ctx.actor, 'gift.record');
  const [{ rows, next }, gifts] = await Promise.all([findRosters(ctx, filters), mayBring ? giftsWithoutRoster(ctx) : []]);
  const ids = [...new Set(rows.map(({ gift }) => gift))];
  const known = await Gift.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { number: 1, payerName: 1 }).lean<
    Pick<Gift, '_id' | 'number' | 'payerName'>[]
  >();
  const giftOf = new Map(known.map((gift) => [gift._id, gift]));
  return {
    next,
    mayBring,
    chosenGift: filters.gift,
    gifts: gifts.map(({ number, payerName, amountFen, received }) => ({
      value: number,
      label: [number, payerName, formatSum(amountFen), received?.on].join(' · '),
    })),
    rows: rows.map((roster) => ({
      href: hrefOf(roster),
      number: roster.number,
      giver: giftOf.get(roster.gift)?.payerName,
      gift: giftOf.get(roster.gift)?.number,
      lines: roster.lines + roster.faultCount,
      sumFen: roster.sumFen,
      uploadedAt: roster.uploadedAt,
      chip: chipOf(t, roster),
    })),
  };
}

/** One roster: what the file says, what is wrong in it, how far it is, what the next person may do. */
export async function rosterPage(ctx: Context, t: Translate, id: string) {
  const roster = await findRosterOrThrow(ctx, id);
  const state = roster.state.name;
  const gift = await findGiftById(ctx, roster.gift);
  const entry = roster.confirmedBy ? await findEntryByKey(ctx, bookedKey(id)) : undefined;
  const isHere = state === 'booked' || state === 'undoAsked';
  const used = isHere ? await usedParts(ctx, roster) : [];
  const mayRecord = may(ctx.actor, 'gift.record');
  const isOwn = roster.askedBy === ctx.actor.id || roster.uploadedBy === ctx.actor.id;
  const difference = differenceText(t, roster, gift.amountFen);
  return {
    id,
    href: hrefOf(roster),
    state,
    number: roster.number,
    chip: chipOf(t, roster),
    giver: staffGiver(t, gift),
    fileName: roster.fileName,
    gift: {
      number: gift.number,
      href: `/donations/gifts/${gift.number}`,
      amountFen: gift.amountFen,
      restriction: restrictionText(ctx, t, gift),
    },
    lines: roster.lines,
    sumFen: roster.sumFen,
    named: roster.named,
    unnamed: roster.lines - roster.named,
    doubles: roster.doubles,
    difference,
    parts: roster.parts.map((part) => ({ ...partRow(t, part), ...(entry && { href: `${hrefOf(roster)}/lines?purpose=${part.purpose}` }) })),
    first: roster.first.map(({ row, nameSealed, purpose, amountFen, isNamed }) => ({
      row,
      name: maskName(decryptField(nameSealed, previewPlace(id, row))),
      purpose: t(`donations:purpose.${purpose}`),
      amountFen,
      named: t(isNamed ? 'donations:roster.yes' : 'donations:roster.no'),
    })),
    isCut: roster.lines > roster.first.length,
    shown: roster.first.length,
    faultCount: roster.faultCount,
    faults: roster.faults.map(({ row, faults }) => ({ row, why: faults.map((fault) => t(`donations:roster.fault.${fault}`)).join('；') })),
    mayFetch: roster.faultCount > 0 && state !== 'discarded' && roster.uploadedBy === ctx.actor.id,
    isRunning: state === 'booking' || state === 'undoing',
    isBooking: state === 'booking',
    taken: roster.taken,
    hasLines: entry !== undefined && roster.taken > 0,
    entryHref: entry && may(ctx.actor, 'ledger.read') ? `/ledger/entries/${entry.seq}` : undefined,
    mayDiscard: rosterStates.may(state, 'discarded') && mayRecord,
    mayHandIn: state === 'previewed' && mayRecord,
    mayWithdraw: state === 'asked' && mayRecord,
    mayConfirm: state === 'asked' && mayRecord && !isOwn,
    isOwn: state === 'asked' && mayRecord && isOwn,
    mayAskUndo: state === 'booked' && mayRecord && used.length === 0,
    used: used.map(({ usedFen, ...part }) => ({ ...partRow(t, part), usedFen, href: `${hrefOf(roster)}/lines?purpose=${part.purpose}` })),
    undoReason: roster.undo?.reason,
    mayConfirmUndo: state === 'undoAsked' && mayRecord && roster.undo?.by !== ctx.actor.id,
    mayDeclineUndo: state === 'undoAsked' && mayRecord,
    isOwnUndo: state === 'undoAsked' && roster.undo?.by === ctx.actor.id,
    events: await eventsOf(ctx, t, roster),
  };
}

function partRow(t: Translate, { purpose, count, sumFen }: { purpose: Purpose; count: number; sumFen: number }) {
  return { purpose: t(`donations:purpose.${purpose}`), count, sumFen };
}

async function eventsOf(
  ctx: Context,
  t: Translate,
  { uploadedBy, uploadedAt, askedBy, askedAt, confirmedBy, confirmedAt, undo, state }: Roster,
) {
  const isOver = state.name === 'discarded' || state.name === 'withdrawn' || state.name === 'undone' || state.name === 'undoing';
  const steps = [
    { what: 'brought', by: uploadedBy, at: uploadedAt },
    ...(askedBy && askedAt ? [{ what: 'asked', by: askedBy, at: askedAt }] : []),
    ...(confirmedBy && confirmedAt ? [{ what: 'confirmed', by: confirmedBy, at: confirmedAt }] : []),
    ...(undo ? [{ what: 'undoAsked', by: undo.by, at: undo.at }] : []),
    ...(isOver ? [{ what: state.name, by: state.by, at: state.at }] : []),
  ];
  const people = await maskedNames(ctx, [...new Set(steps.map(({ by }) => by))]);
  return steps
    .reverse()
    .map(({ what, by, at }) => ({ what: t(`donations:roster.step.${what}`), at, who: people.get(by) ?? t('audit:someone.system') }));
}

/** The rows of a roster, names masked but for who may be named. */
export async function rosterLinesPage(ctx: Context, t: Translate, id: string, filters: RosterLineFilters) {
  const roster = await findRosterOrThrow(ctx, id);
  const { rows, next } = await findRosterLines(ctx, id, filters);
  return {
    number: roster.number,
    rosterHref: hrefOf(roster),
    chip: chipOf(t, roster),
    filters,
    action: `${hrefOf(roster)}/lines`,
    purposes: roster.parts.map(({ purpose }) => ({ value: purpose, label: t(`donations:purpose.${purpose}`) })),
    next,
    rows: rows.map(({ _id, row, nameSealed, purpose, amountFen, isNamed }) => {
      const name = decryptField(nameSealed, linePlace(_id));
      return { row, name: isNamed ? name : maskName(name), purpose: t(`donations:purpose.${purpose}`), amountFen, isNamed };
    }),
  };
}
