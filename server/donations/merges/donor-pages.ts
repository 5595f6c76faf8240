import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { randomId } from '../../kernel/random';
import type { Translate } from '../../platform/i18n/translator';
import { anyOf, operator } from '../../platform/mongo/operators';
import { pageOf } from '../../platform/mongo/page-of';
import type { StateChip } from '../../platform/views/mark-helpers';
import { Donor } from '../donor.model';
import { findDonor, recordsOf } from '../donors';
import { Gift } from '../gift.model';
import type { DonorMerge, MergeState } from './donor-merge.model';
import { findMergesOf, findMergesToDecide } from './find-merges';
import { mergeFault } from './merge-fault';
import type { DonorFilters } from './merges.inputs';

const mostChoices = 200;
const families = { proposed: 'waiting', approved: 'done', declined: 'still' } as const satisfies Record<MergeState, StateChip['family']>;
const pageOfDonor = (id: string) => `/donations/donors/${id}`;

/** Organisations that give, by name, each with what it has given; first the merges that wait for their second person. */
export async function donorsPage(ctx: Context, t: Translate, { q, ...page }: DonorFilters) {
  const named = q ? { name: operator({ $regex: q.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') }) } : {};
  const filter = { ledger: ctx.ledger, mergedInto: operator({ $exists: false }), ...named };
  const { rows, next } = await pageOf(Donor, { filter, order: { name: 1 } }, page);
  const [sums, waiting] = await Promise.all([givenBy(ctx, rows), findMergesToDecide(ctx)]);
  const names = await namesOf(ctx, waiting);
  return {
    q,
    next,
    rows: rows.map((donor) => ({ ...factsOf(t, donor), ...sums(donor) })),
    waiting: waiting.map(({ from, into, reason }) => ({ href: pageOfDonor(from), from: names.get(from), into: names.get(into), reason })),
  };
}

/** One organisation: what it is, the records it has taken in, and the merge that is asked for or can be. @throws `not-found` */
export async function donorPage(ctx: Context, t: Translate, id: string) {
  const donor = (await findDonor(ctx, id)) ?? fail('not-found');
  const [merges, others, sums] = await Promise.all([findMergesOf(ctx, id), choicesFor(ctx, donor), givenBy(ctx, [donor])]);
  const [names, people] = await Promise.all([
    namesOf(ctx, merges),
    maskedNames(
      ctx,
      merges.flatMap(({ askedBy, state }) => [askedBy, state.by]),
    ),
  ]);
  const isOpen = merges.some(({ state }) => state.name === 'proposed');
  return {
    ...factsOf(t, donor),
    ...sums(donor),
    requestKey: randomId(ctx.random, 'req'),
    mergedHref: donor.mergedInto && pageOfDonor(donor.mergedInto),
    choices: others,
    mayPropose: may(ctx.actor, 'donor.proposeMerge') && !donor.mergedInto && !isOpen && others.length > 0,
    merges: merges.map((merge) => ({
      id: merge._id,
      from: names.get(merge.from),
      into: names.get(merge.into),
      fromHref: pageOfDonor(merge.from),
      intoHref: pageOfDonor(merge.into),
      reason: merge.reason,
      refusal: merge.refusal,
      by: people.get(merge.askedBy) ?? '',
      at: merge.askedAt,
      decidedBy: merge.state.name === 'proposed' ? undefined : people.get(merge.state.by),
      chip: { family: families[merge.state.name], word: t(`donations:merge.state.${merge.state.name}`) },
      mayDecide: merge.state.name === 'proposed' && merge.askedBy !== ctx.actor.id && may(ctx.actor, 'donor.approveMerge'),
    })),
  };
}

function factsOf(t: Translate, { _id, name, kind, creditCode, registeredAt, absorbed }: Donor) {
  return {
    id: _id,
    name,
    href: pageOfDonor(_id),
    kind: t(`donations:kindOf.${kind}`),
    creditCode,
    registeredAt,
    absorbed: absorbed?.length ?? 0,
  };
}

/** Records that this one may go into. */
async function choicesFor(ctx: Context, donor: Donor) {
  const found = await Donor.find({ ledger: ctx.ledger, kind: donor.kind, mergedInto: operator({ $exists: false }) })
    .sort({ name: 1, _id: 1 })
    .limit(mostChoices)
    .lean<Donor[]>();
  return found
    .filter((into) => mergeFault(donor, into) === undefined)
    .map(({ _id, name, creditCode }) => ({ value: _id, label: creditCode ? `${name} · ${creditCode}` : name }));
}

async function givenBy(ctx: Context, donors: readonly Donor[]) {
  const ids = donors.flatMap(recordsOf);
  const found = await Gift.aggregate<{ _id: string; fen: number; backFen: number; gifts: number }>([
    { $match: { ledger: ctx.ledger, donor: { $in: ids }, 'received.on': { $exists: true } } },
    { $group: { _id: '$donor', fen: { $sum: '$amountFen' }, backFen: { $sum: '$returnedFen' }, gifts: { $sum: 1 } } },
  ]);
  return ({ _id, absorbed = [] }: Donor) => {
    const own = found.filter((row) => [_id, ...absorbed].includes(row._id));
    const givenFen = own.reduce((sum, { fen }) => sum + fen, 0);
    const backFen = own.reduce((sum, row) => sum + row.backFen, 0);
    return { givenFen, backFen, keptFen: givenFen - backFen, gifts: own.reduce((sum, { gifts }) => sum + gifts, 0) };
  };
}

async function namesOf(ctx: Context, merges: readonly DonorMerge[]): Promise<Map<string, string>> {
  const ids = merges.flatMap(({ from, into }) => [from, into]);
  const found = await Donor.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { name: 1 }).lean<Pick<Donor, '_id' | 'name'>[]>();
  return new Map(found.map(({ _id, name }) => [_id, name]));
}
