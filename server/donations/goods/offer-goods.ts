import { recorded } from '../../audit';
import { givingBasis } from '../../funds';
import type { Context } from '../../kernel/context';
import { AppError, type FieldIssue, fail, failField, invariant } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { randomId } from '../../kernel/random';
import { isRefused, post } from '../../ledger';
import { encryptField } from '../../platform/crypto/encrypt-field';
import { hashOfAsked } from '../../platform/crypto/hash-of-asked';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { insertion } from '../../platform/mongo/document-writes';
import { asSystem } from '../as-system';
import { donorByCreditCode, findDonor, type NamedDonor } from '../donors';
import { ownDonorIds } from '../own-donor';
import { findOfferOrThrow } from './find-goods';
import { goodsNumbers, goodsOffered } from './goods.accounts';
import type { OfferGoodsInput } from './goods.inputs';
import { goodsStates } from './goods.states';
import { GoodsOffer, offerPlace } from './goods-offer.model';

/**
 * Takes down goods that somebody offers, with their number. Nothing is a gift before it was seen, accepted and valued.
 * @throws `input.invalid` at `lines.<n>.lastDay` for goods that may no longer be used.
 */
export async function offerGoods(ctx: Context, input: OfferGoodsInput): Promise<GoodsOffer> {
  if (!(await givingBasis(ctx, shanghaiDay(ctx.clock.now()))).open) fail('state.not-allowed', { giving: 'closed' }); // FU1
  const faults = pastLines(ctx, input);
  if (faults.length > 0) throw new AppError('input.invalid', {}, faults);
  const id = idOfRequest(ctx, 'gof', input.requestKey);
  const donor = await donorOf(ctx, input);
  const code = randomId(ctx.random, 'g');
  try {
    await post(asSystem(ctx, 'give-page'), {
      key: `goodsOffer:${id}:offered`,
      kind: goodsOffered,
      source: { type: 'goodsOffer', id },
      facts: { asked: hashOfAsked(input) },
      numbers: [goodsNumbers],
      guards: donor?.guards ?? [],
      writes: (posted) => [
        ...(donor?.writes ?? []),
        insertion(ctx, GoodsOffer, {
          _id: id,
          number: posted.numbers[goodsNumbers.name] ?? '',
          code,
          donorKind: donor?.kind ?? 'person',
          ...(donor && { donor: donor.id, payerName: donor.name }),
          ...sealedOf(id, input),
          showName: input.showName,
          locale: ctx.locale,
          ...(input.place && { area: input.place }),
          ...(input.note !== undefined && { note: input.note }),
          lines: input.lines.map(({ declared, lastDay, evidence, ...line }) => ({
            ...line,
            ...(declared !== undefined && { declaredFen: declared }),
            ...(lastDay !== undefined && { lastDay }),
            ...(evidence !== undefined && { evidence }),
            shelved: 0,
          })),
          state: goodsStates.begin('offered', ctx),
          offeredBy: ctx.actor.id,
          offeredAt: ctx.clock.now(),
        }),
        recorded(ctx, 'goods.offered', { type: 'goodsOffer', id }),
      ],
    });
  } catch (error) {
    // Two first offers of one organisation at one moment: the other has written the donor, so the second try finds it.
    if ((isRefused(error, 'stale') || isRefused(error, 'exists')) && donor?.guards.length) return offerGoods(ctx, input);
    throw error;
  }
  return findOfferOrThrow(ctx, id);
}

function pastLines(ctx: Context, { lines }: OfferGoodsInput): FieldIssue[] {
  const today = shanghaiDay(ctx.clock.now());
  return lines.flatMap(({ lastDay }, at) =>
    lastDay && lastDay < today ? [{ path: `lines.${at}.lastDay`, code: 'best-before-over' }] : [],
  );
}

async function donorOf(ctx: Context, { giver, creditCode, organisationName }: OfferGoodsInput): Promise<NamedDonor | undefined> {
  if (giver === 'person') return undefined;
  if (giver === 'member') {
    const [own = ''] = ownDonorIds(ctx.actor, 'gift.give');
    const donor = (await findDonor(ctx, own)) ?? fail('access.sign-in');
    return { id: donor._id, kind: donor.kind, name: donor.name, isRegistered: true, guards: [], writes: [] };
  }
  invariant(creditCode && organisationName, 'goods.input-was-checked');
  const donor = await donorByCreditCode(ctx, { creditCode, name: organisationName });
  if (donor.isRegistered && donor.name !== organisationName) failField('organisationName', 'not-the-registered-name');
  return donor;
}

/** Whom to tell; of a person nothing stays readable in the database. */
function sealedOf(id: string, { giver, personName, contactName, phone }: OfferGoodsInput): Pick<GoodsOffer, 'payerSealed' | 'contact'> {
  const name = giver === 'person' ? personName : contactName;
  if (giver === 'member' || name === undefined || phone === undefined) return {};
  const contact = {
    nameSealed: encryptField(name, offerPlace(id, 'contactName')),
    phoneSealed: encryptField(phone, offerPlace(id, 'contactPhone')),
  };
  return giver === 'person' ? { payerSealed: encryptField(name, offerPlace(id, 'payerName')), contact } : { contact };
}
