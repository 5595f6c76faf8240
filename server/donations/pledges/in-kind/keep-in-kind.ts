import { recorded } from '../../../audit';
import type { Context } from '../../../kernel/context';
import { fail, failField } from '../../../kernel/errors';
import { shanghaiDay } from '../../../kernel/local-date';
import { post } from '../../../ledger';
import { hashOfAsked } from '../../../platform/crypto/hash-of-asked';
import { idOfRequest } from '../../../platform/crypto/id-of-request';
import { change, unchanged } from '../../../platform/mongo/document-writes';
import { recordsOfSame } from '../../donors';
import { GoodsOffer } from '../../goods/goods-offer.model';
import { accountFrom, findPledgeOrThrow } from '../find-pledges';
import { followPledge } from '../follow-pledge';
import { type KeptInKind, Pledge, type PromisedInKind } from '../pledge.model';
import { isEndedPledge } from '../pledge.states';
import { pledgeNoted } from '../pledges.accounts';
import { isAccepted, leftForPledge, parseGoodsChoice } from './goods-for-pledge';
import type { KeepGoodsInput, NoteLabourInput } from './in-kind.inputs';

/**
 * Says that accepted goods of the same giver are those of an instalment, as many as it still lacks at most; the same piece fulfils one
 * pledge. No entry: the goods are booked as the gift that they are. @throws `input.invalid` at `goodsRank`, `goods` or `goodsQuantity`.
 */
export async function keepGoods(ctx: Context, input: KeepGoodsInput): Promise<Pledge> {
  const pledge = await findPledgeOrThrow(ctx, input.id);
  const id = idOfRequest(ctx, 'kpt', input.requestKey);
  if (isKept(pledge, id)) return pledge; // a second click
  const { goodsRank: rank, goodsQuantity: quantity } = input;
  const promised = openInKind(ctx, pledge, { rank, quantity, kind: 'goods' });
  const { offer, line } = await goodsOfGiver(ctx, pledge, input.goods);
  if (!isAccepted(offer)) failField('goods', 'not-accepted');
  const found = offer.lines[line] ?? failField('goods', 'not-of-this-giver');
  if (found.unit !== promised.unit) failField('goods', 'other-unit', { unit: promised.unit });
  const left = leftForPledge(found);
  if (left < quantity) failField('goodsQuantity', 'number-too-large', { max: left });
  const lines = offer.lines.map((one, at) => (at === line ? { ...one, pledged: (one.pledged ?? 0) + quantity } : one));
  const on = shanghaiDay(offer.decision?.at ?? ctx.clock.now());
  return keep(
    ctx,
    pledge,
    { id, rank, quantity, on, offer: { id: offer._id, number: offer.number, line } },
    { what: 'goodsKept', guards: [unchanged(GoodsOffer, offer)], writes: [change(GoodsOffer, offer, { lines })] },
  );
}

/** Notes work that was done for an instalment: its day, and who of the staff confirms it. @throws `input.invalid` at `labourRank`, `on` or `labourQuantity`. */
export async function noteLabour(ctx: Context, input: NoteLabourInput): Promise<Pledge> {
  const pledge = await findPledgeOrThrow(ctx, input.id);
  const id = idOfRequest(ctx, 'kpt', input.requestKey);
  if (isKept(pledge, id)) return pledge; // a second click
  const { labourRank: rank, labourQuantity: quantity, on } = input;
  openInKind(ctx, pledge, { rank, quantity, kind: 'labour' });
  if (input.on > shanghaiDay(ctx.clock.now())) failField('on', 'in-the-future');
  if (input.on < pledge.signedOn) failField('on', 'before-signing');
  return keep(ctx, pledge, { id, rank, quantity, on }, { what: 'labourKept', guards: [], writes: [] });
}

function isKept({ keptInKind = [] }: Pledge, id: string): boolean {
  return keptInKind.some((part) => part.id === id);
}

/** What the instalment promised, where it is of this kind and lacks at least as much. */
function openInKind(
  ctx: Context,
  pledge: Pledge,
  { rank, quantity, kind }: { rank: number; quantity: number; kind: PromisedInKind['kind'] },
): PromisedInKind {
  if (isEndedPledge(pledge)) fail('state.not-allowed', { from: pledge.state.name });
  const { inKind } = pledge.instalments.find((part) => part.rank === rank) ?? {};
  if (inKind?.kind !== kind) return failField(`${kind}Rank`, 'not-a-choice');
  const open = accountFrom(ctx, pledge, []).rows.find((row) => row.rank === rank)?.openQuantity ?? 0;
  if (open < quantity) failField(`${kind}Quantity`, 'number-too-large', { max: open });
  return inKind;
}

async function goodsOfGiver(ctx: Context, pledge: Pledge, typed: string): Promise<{ offer: GoodsOffer; line: number }> {
  const { number, line } = parseGoodsChoice(typed) ?? failField('goods', 'not-of-this-giver');
  const offer = await GoodsOffer.findOne({ ledger: ctx.ledger, number }).lean<GoodsOffer>();
  const isTheirs = offer?.donor !== undefined && (await recordsOfSame(ctx, pledge.donor)).includes(offer.donor);
  return offer && isTheirs ? { offer, line } : failField('goods', 'not-of-this-giver');
}

interface Beside {
  what: 'goodsKept' | 'labourKept';
  guards: ReturnType<typeof unchanged>[];
  writes: ReturnType<typeof change>[];
}

async function keep(ctx: Context, pledge: Pledge, part: Omit<KeptInKind, 'by' | 'at'>, beside: Beside): Promise<Pledge> {
  const { _id: id } = pledge;
  const kept: KeptInKind = { ...part, by: ctx.actor.id, at: ctx.clock.now() };
  await post(ctx, {
    key: `pledge:${id}:kept:${part.id}`,
    kind: pledgeNoted,
    source: { type: 'pledge', id },
    facts: { asked: hashOfAsked(part) },
    guards: [unchanged(Pledge, pledge), ...beside.guards],
    writes: () => [
      change(Pledge, pledge, { keptInKind: [...(pledge.keptInKind ?? []), kept] }),
      ...beside.writes,
      recorded(ctx, `pledge.${beside.what}`, { type: 'pledge', id }, { rank: part.rank }),
    ],
  });
  return followPledge(ctx, id);
}
