import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { type Fen, fen } from '../../kernel/money';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { giftPaymentNoted } from '../donations.accounts';
import { markGift, unmarkGift } from '../mark-of-gift';
import { endSecondGift } from '../open-second-gift';
import { ParkedPayment, type ParkedReturn } from '../parked-payment.model';
import { parkedStates } from '../parked-payment.states';
import { openMatter } from '../provider-money/matters';

/** Money that was put aside and has gone back to its payer: a refund, ours or of the dashboard, or what his bank took by a dispute. */
export interface WentBack {
  /** The provider's id of the refund or dispute. */
  proof: string;
  /** Null where it was no yuan. */
  amountFen: Fen | null;
  /** A refund that was signed here, of all that was left. */
  isOurs?: boolean;
}

/** What of money put aside has gone back by now. One of before it was kept stands by the last proof alone. */
export function returnsOf({ returns, paidBackAs, amountFen }: ParkedPayment): readonly ParkedReturn[] {
  const before = paidBackAs === undefined ? [] : [{ proof: paidBackAs, ...(amountFen !== undefined && { amountFen }) }];
  return returns ?? before;
}

/** What of it is still there; undefined where it came in no yuan. */
export function leftOfParked(parked: ParkedPayment): Fen | undefined {
  if (parked.amountFen === undefined) return undefined;
  return fen(returnsOf(parked).reduce((left, { amountFen = 0 }) => Math.max(0, left - amountFen), parked.amountFen as number));
}

/**
 * Notes that money is with the payer again. Once all of it is, nothing is left to be decided; of a part finance is told, and the rest
 * waits as before. Told again it changes nothing.
 */
export async function noteWentBack(ctx: Context, parked: ParkedPayment, back: WentBack): Promise<'settled' | 'nothing'> {
  const before = returnsOf(parked);
  if (parked.state.name === 'booked' || before.some(({ proof }) => proof === back.proof)) return 'nothing';
  const returns = [...before, { proof: back.proof, ...(back.amountFen !== null && { amountFen: back.amountFen }) }];
  const isAll = leftOfParked({ ...parked, returns }) === 0 || (parked.amountFen === undefined && back.isOurs === true);
  const ends = isAll && parked.state.name !== 'paidBack';
  const undecided = ends && parked.state.name === 'waiting' ? [await unmarkGift(ctx, parked), await endSecondGift(ctx, parked)] : [];
  const changes = {
    returns,
    told: toldWith(parked, back.proof),
    ...(ends && { state: parkedStates.enter(parked.state, 'paidBack', ctx), paidBackAs: back.proof }),
    ...(!isAll && back.isOurs && { payBack: undefined }), // more came back meanwhile: the rest needs another signature
  };
  // Listed first: after a crash between the two it is told again, and nothing is forgotten.
  if (!isAll) await openMatter(ctx, { kind: 'parkedReturn', about: back.proof, gift: parked.gift, ...sumOf(back.amountFen) });
  await post(ctx, {
    key: `parkedPayment:${parked._id}:wentBack:${back.proof}:${parked.version}`,
    kind: giftPaymentNoted,
    source: { type: 'gift', id: parked.gift },
    guards: [unchanged(ParkedPayment, parked), ...undecided.flatMap(({ guards }) => guards)],
    writes: () => [
      change(ParkedPayment, parked, changes),
      ...undecided.flatMap(({ writes }) => writes),
      recorded(ctx, 'gift.paidBack', { type: 'gift', id: parked.gift }, sumOf(back.amountFen)),
    ],
  });
  return 'settled';
}

/**
 * Notes that what had gone back is there again, or that what was sent did not get through. Money that nobody had decided on waits for a
 * decision again; what was marked to be given back needs another signature, and finance is told. An old answer changes nothing.
 */
export async function noteCameBack(ctx: Context, parked: ParkedPayment, proof: string, isOurs = false): Promise<'settled' | 'nothing'> {
  const before = returnsOf(parked);
  const had = before.some((one) => one.proof === proof);
  const failsNow = isOurs && !had && parked.state.name === 'refundDue' && parked.payBack !== undefined && !parked.told?.includes(proof);
  if (parked.state.name === 'booked' || !(had || failsNow)) return 'nothing';
  const returns = before.filter((one) => one.proof !== proof);
  const isThere = parked.state.name === 'paidBack' && leftOfParked({ ...parked, returns }) !== 0;
  const wasUndecided = isThere && parked.decidedBy === undefined && parked.reason === undefined;
  const mark = wasUndecided ? await markGift(ctx, parked) : { guards: [], writes: [] };
  const to = wasUndecided ? 'waiting' : 'refundDue';
  if (!wasUndecided)
    await openMatter(ctx, { kind: 'refundStuck', about: `${parked.sessionId}/${proof}`, gift: parked.gift, ...sumOf(parked.amountFen) });
  await post(ctx, {
    key: `parkedPayment:${parked._id}:cameBack:${proof}:${parked.version}`,
    kind: giftPaymentNoted,
    source: { type: 'gift', id: parked.gift },
    guards: [unchanged(ParkedPayment, parked), ...mark.guards],
    writes: () => [
      change(ParkedPayment, parked, {
        returns,
        told: toldWith(parked, proof),
        ...(isThere && { state: parkedStates.enter(parked.state, to, ctx), paidBackAs: undefined }),
        ...((isThere || failsNow) && { payBack: undefined }),
      }),
      ...mark.writes,
    ],
  });
  return 'settled';
}

/** Remembers what was told of this money before anything moved: once it is booked as a gift, all of it is settled with that gift. */
export async function noteTold(ctx: Context, parked: ParkedPayment, proof: string): Promise<void> {
  if (parked.state.name === 'booked' || parked.told?.includes(proof)) return;
  await post(ctx, {
    key: `parkedPayment:${parked._id}:told:${proof}:${parked.version}`,
    kind: giftPaymentNoted,
    source: { type: 'gift', id: parked.gift },
    guards: [unchanged(ParkedPayment, parked)],
    writes: () => [change(ParkedPayment, parked, { told: toldWith(parked, proof) })],
  });
}

function toldWith({ told = [] }: ParkedPayment, proof: string): readonly string[] {
  return told.includes(proof) ? told : [...told, proof];
}

function sumOf(amountFen: number | null | undefined): { amountFen?: number } {
  return amountFen === null || amountFen === undefined ? {} : { amountFen };
}
