import { recorded } from '../../audit';
import { restrictionPool } from '../../funds';
import type { Context } from '../../kernel/context';
import { credit, debit, findEntryByKey, isRefused, LedgerConflict, type Posting, post } from '../../ledger';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { change, insertion, unchanged } from '../../platform/mongo/document-writes';
import type { ProviderDispute } from '../../platform/stripe/disputes';
import { findGiftById } from '../find-gifts';
import { findParkedPaymentOrThrow } from '../find-parked-payments';
import { drawsOf, freeOf, heldBy, isPast, movesOf, onFreshRest } from '../free-of-gift';
import { Gift } from '../gift.model';
import { giftStates } from '../gift.states';
import type { Giving } from '../giving';
import { goneBack } from '../kept-fen';
import { findMoneyOfPayment } from '../money-of-payment';
import { bearOwnLosses, unbear } from '../own-loss';
import { pledgeTold } from '../pledges/tell-pledge';
import { coverByOperating, uncover } from '../provider-money/cover-by-operating';
import { endMatter, matterAlong, openMatter } from '../provider-money/matters';
import { uncovered } from '../provider-money/provider-money.accounts';
import { voidingAlong } from '../receipts/void-receipt';
import { providerAccount } from '../receive-gift';
import { disputeStates, GiftDispute } from './dispute.model';
import { settleDisputeOfParked } from './dispute-of-parked';
import { disputedPool, disputeHeld, disputeNoted, disputeReleased, giftDisputed, giftReinstated } from './disputes.accounts';
import { type GiftAfter, giftAfterDispute } from './gift-after-dispute';
import { type DisputeStep, nextStep } from './next-step';

const tries = 12; // at most six steps, each of which may lose once against somebody else

/**
 * Brings our side to what a dispute, as just read from the provider, says: sets apart what the gift has free, books what was taken (what
 * is no longer there is a loss that `operating` bears, and a matter for finance), and takes all of it back when the money comes back.
 */
export async function settleDispute(ctx: Context, giving: Giving, theirs: ProviderDispute): Promise<'settled' | 'notOurs'> {
  const money = theirs.paymentIntentId ? await findMoneyOfPayment(ctx, giving, theirs.paymentIntentId) : undefined;
  if (money?.parked) {
    await onFreshRest(async () => settleDisputeOfParked(ctx, await findParkedPaymentOrThrow(ctx, money.parked?._id ?? ''), theirs));
    return 'settled';
  }
  if (!money?.gift || theirs.amountFen === null) return 'notOurs';
  const id = idOfFact(ctx, 'dsp', theirs.id);
  for (let left = tries; left > 0; left -= 1) {
    try {
      const ours = await findDispute(ctx, id);
      const step = nextStep(ours, theirs);
      if (!step || !(await take(ctx, step, { id, giftId: money.gift._id, ours, theirs }))) break;
    } catch (error) {
      const cameFirst = (['stale', 'exists', 'floor'] as const).some((code) => isRefused(error, code)) || error instanceof LedgerConflict;
      if (left <= 1 || !cameFirst) throw error;
    }
  }
  await bearOwnLosses(ctx, money.gift._id);
  await coverByOperating(ctx);
  return 'settled';
}

async function findDispute(ctx: Pick<Context, 'ledger'>, id: string): Promise<GiftDispute | undefined> {
  return (await GiftDispute.findOne({ _id: id, ledger: ctx.ledger }).lean<GiftDispute>()) ?? undefined;
}

interface About {
  id: string;
  giftId: string;
  ours: GiftDispute | undefined;
  theirs: ProviderDispute;
}

/** Takes one step; false when a person has to decide first. */
async function take(ctx: Context, step: DisputeStep, { id, giftId, ours, theirs }: About): Promise<boolean> {
  const gift = await findGiftById(ctx, giftId);
  if (!ours) await hold(ctx, id, gift, theirs);
  else if (step === 'withdraw') await withdraw(ctx, ours, gift, theirs);
  else if (step === 'reinstate') return reinstate(ctx, ours, gift, theirs);
  else if (step === 'release') await release(ctx, ours, gift, theirs);
  else await note(ctx, ours, gift, theirs, step);
  return true;
}

async function hold(ctx: Context, id: string, gift: Gift, theirs: ProviderDispute): Promise<void> {
  const { lots, freeFen } = await freeOf(ctx, gift);
  const amountFen = theirs.amountFen ?? 0;
  const heldFen = Math.min(amountFen, freeFen);
  await post(ctx, {
    key: `dispute:${id}:held`,
    kind: disputeHeld,
    source: { type: 'giftDispute', id },
    facts: { amountFen },
    ...(heldFen > 0 && { draws: drawsOf(ctx, lots, heldFen, { pool: disputedPool(id) }) ?? [] }),
    guards: [unchanged(Gift, gift)],
    writes: (posted) => [
      insertion(ctx, GiftDispute, {
        _id: id,
        disputeId: theirs.id,
        gift: gift._id,
        amountFen,
        ...said(theirs),
        openedAt: ctx.clock.now(),
        state: disputeStates.begin('open', ctx),
        heldFen,
        lots: heldBy(posted),
        lossFen: 0,
      }),
      change<Gift>(
        Gift,
        gift,
        giftStates.next(gift.state.name).includes('disputed') ? { state: giftStates.enter(gift.state, 'disputed', ctx) } : {},
      ),
      recorded(ctx, 'dispute.held', { type: 'gift', id: gift._id }, { amountFen }),
    ],
  });
}

/** Books what the provider has taken: what lies apart, and a loss of the rest. The receipt says more than is left now, and is voided. */
async function withdraw(ctx: Context, ours: GiftDispute, gift: Gift, theirs: ProviderDispute): Promise<void> {
  const { _id: id, amountFen, heldFen, lots } = ours;
  const lossFen = amountFen - heldFen;
  const matter = matterAlong(ctx, { kind: 'chargebackLoss', about: ours.disputeId, gift: gift._id, amountFen: lossFen });
  const voiding = await voidingAlong(ctx, gift, { reason: ours.disputeId });
  await post(ctx, {
    key: `dispute:${id}:withdrawn`,
    kind: giftDisputed,
    source: { type: 'giftDispute', id },
    corrects: `gift:${gift._id}:received`,
    draws: movesOf(ctx, disputedPool(id), lots, providerAccount),
    ...(lossFen > 0 && { legs: [debit(uncovered(id), lossFen), credit(providerAccount, lossFen)] }),
    guards: [unchanged(GiftDispute, ours), unchanged(Gift, gift), ...voiding.guards, ...(lossFen > 0 ? matter.guards : [])],
    writes: () => [
      change(GiftDispute, ours, { ...said(theirs), state: disputeStates.enter(ours.state, 'withdrawn', ctx), lossFen }),
      change(Gift, gift, { ...goneBack(gift, amountFen), ...voiding.gift }),
      ...voiding.writes,
      ...(lossFen > 0 ? matter.writes : []),
      ...pledgeTold(ctx, gift),
      recorded(ctx, 'gift.disputed', { type: 'gift', id: gift._id }, { amountFen }),
    ],
  });
}

/** The money has come back: `operating` first gets what it paid, then the entry is taken back whole. A receipt of the rest says too little. */
async function reinstate(ctx: Context, ours: GiftDispute, gift: Gift, theirs: ProviderDispute): Promise<boolean> {
  if (isPast(ctx, ours.lots)) {
    // What is past its last day cannot return to where it was: a person has to say where it goes.
    await openMatter(ctx, { kind: 'unknownMovement', about: ours.disputeId, gift: gift._id, amountFen: ours.amountFen });
    return false;
  }
  await uncover(ctx, uncovered(ours._id));
  await unbear(ctx, ours, 'dispute');
  const withdrawn = `dispute:${ours._id}:withdrawn`;
  const voiding = await voidingAlong(ctx, gift, { reason: ours.disputeId });
  await post(ctx, {
    key: `reversal:${withdrawn}`,
    kind: giftReinstated,
    source: { type: 'giftDispute', id: ours._id },
    reverses: withdrawn,
    guards: [unchanged(GiftDispute, ours), unchanged(Gift, gift), ...voiding.guards],
    writes: () => [
      change(GiftDispute, ours, { ...said(theirs), state: disputeStates.enter(ours.state, 'returned', ctx), lossFen: 0, borneBy: [] }),
      change(Gift, gift, { ...goneBack(gift, -ours.amountFen), ...voiding.gift }),
      ...voiding.writes,
      ...pledgeTold(ctx, gift),
      recorded(ctx, 'gift.reinstated', { type: 'gift', id: gift._id }, { amountFen: ours.amountFen }),
    ],
  });
  await endMatter(ctx, { kind: 'chargebackLoss', about: ours.disputeId }, theirs.status);
  return true;
}

/** What lay apart is the gift's again. */
async function release(ctx: Context, ours: GiftDispute, gift: Gift, theirs: ProviderDispute): Promise<void> {
  const after = await giftAfterDispute(ctx, gift, ours, 'won');
  await post(ctx, {
    ...(await backInto(ctx, ours, gift)),
    kind: disputeReleased,
    source: { type: 'giftDispute', id: ours._id },
    guards: [unchanged(GiftDispute, ours), unchanged(Gift, gift), ...after.guards],
    writes: () => [
      change(GiftDispute, ours, { ...said(theirs), state: disputeStates.enter(ours.state, 'won', ctx), lots: [] }),
      change<Gift>(Gift, gift, after.fields),
      recorded(ctx, 'dispute.released', { type: 'gift', id: gift._id }, { amountFen: ours.amountFen }),
    ],
  });
}

async function backInto(ctx: Context, { _id, lots }: GiftDispute, gift: Gift): Promise<Pick<Posting, 'key' | 'reverses' | 'draws'>> {
  const held = `dispute:${_id}:held`;
  if (isPast(ctx, lots)) {
    return { key: `dispute:${_id}:released`, draws: movesOf(ctx, disputedPool(_id), lots, { pool: restrictionPool(gift.restriction) }) };
  }
  return (await findEntryByKey(ctx, held)) ? { key: `reversal:${held}`, reverses: held } : { key: `dispute:${_id}:released` };
}

/** The provider's word is noted; the last one of a lost dispute ends the gift, too. */
async function note(ctx: Context, ours: GiftDispute, gift: Gift, theirs: ProviderDispute, step: DisputeStep): Promise<void> {
  const isLost = step === 'lose';
  const after: GiftAfter = isLost ? await giftAfterDispute(ctx, gift, ours, 'lost') : { guards: [], fields: {} };
  await post(ctx, {
    key: `dispute:${ours._id}:noted:${ours.version}`,
    kind: disputeNoted,
    source: { type: 'giftDispute', id: ours._id },
    guards: [unchanged(GiftDispute, ours), unchanged(Gift, gift), ...after.guards],
    writes: () => [
      change(GiftDispute, ours, { ...said(theirs), ...(isLost && { state: disputeStates.enter(ours.state, 'lost', ctx) }) }),
      change<Gift>(Gift, gift, after.fields),
    ],
  });
}

function said({ status, reason, dueBy }: ProviderDispute): Pick<GiftDispute, 'status' | 'reason'> & { dueBy?: Date } {
  return { status, reason, ...(dueBy && { dueBy }) };
}
