import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { fen } from '../../kernel/money';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { unchanged } from '../../platform/mongo/document-writes';
import { asSystem } from '../as-system';
import { findGiftById } from '../find-gifts';
import { Gift } from '../gift.model';
import { openGiftLike } from '../open-second-gift';
import { accountFrom, findGiftsOfPledge } from './find-pledges';
import { Pledge } from './pledge.model';
import { isEndedPledge } from './pledge.states';

/**
 * Opens the number under which the money of an instalment is to come by transfer: an awaited gift that names the instalment, so that it
 * finds it by its reference. Asked again while that is awaited it is the same one; for the rest of a part payment, the next.
 * @throws `state.not-allowed` when nothing is open.
 */
export async function awaitInstalment(ctx: Context, pledge: Pledge, rank: number): Promise<Gift> {
  const gifts = await findGiftsOfPledge(ctx, pledge._id);
  const awaited = gifts.find((gift) => gift.pledge?.rank === rank && gift.state.name === 'awaiting' && !gift.transfer);
  if (awaited) return awaited;
  const row = accountFrom(ctx, pledge, gifts).rows.find((one) => one.rank === rank) ?? fail('not-found');
  if (row.openFen === 0 || isEndedPledge(pledge)) fail('state.not-allowed', { from: pledge.state.name });
  const opened = gifts.filter((gift) => gift.pledge?.rank === rank).length;
  const id = idOfFact(ctx, 'gft', `instalment/${pledge._id}/${rank}/${opened}`);
  if (await Gift.exists({ _id: id, ledger: ctx.ledger })) return findGiftById(ctx, id);
  return openGiftLike(asSystem(ctx, 'sweep'), pledge, {
    id,
    amountFen: fen(row.openFen),
    along: { guards: [unchanged(Pledge, pledge)], writes: [] },
    channel: 'bankTransfer',
    pledge: { id: pledge._id, rank },
    openedBy: pledge.recordedBy,
  });
}
