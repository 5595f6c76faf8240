import { householdsById, shownName } from '../households';
import { maskedNames, may, mayReach, whoElseMay } from '../identity';
import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import { divisionName } from '../regions';
import { planAward, proposeAward } from './award-plan';
import type { Deed } from './deed.model';
import { deedChip } from './deed-chip';
import { countDeeds, findDeedOrThrow, findDeeds } from './find-deeds';
import { type DeedFilters, deedViews } from './points.inputs';

/** Deeds within reach in one state: those that wait for a second person first. */
export async function deedsPage(ctx: Context, t: Translate, filters: DeedFilters, hrefOf: (view: string) => string) {
  const [{ rows, next }, counts] = await Promise.all([findDeeds(ctx, filters), countDeeds(ctx)]);
  const [households, people] = await namesFor(ctx, rows);
  return {
    view: filters.view,
    views: deedViews.map((view) => ({
      href: hrefOf(view),
      label: t(`points:view.${view}`),
      count: counts[view] ?? 0,
      current: view === filters.view,
    })),
    rows: rows.map((deed) => ({
      id: deed._id,
      href: `/deeds/${deed._id}`,
      who: nameOf(households, deed),
      where: divisionName(deed.village, ctx.locale),
      item: deed.item,
      day: deed.day,
      score: deed.award?.points ?? deed.score,
      recordedBy: people.get(deed.recordedBy) ?? t('points:somebody'),
      chip: deedChip(t, deed.state.name),
    })),
    next,
  };
}

/** One deed with what a second person needs to decide: what it would get now, and why less. */
export async function deedPage(ctx: Context, t: Translate, id: string) {
  const deed = await findDeedOrThrow(ctx, id);
  const [households, people] = await namesFor(ctx, [deed]);
  const household = households.get(deed.household);
  const waits = deed.state.name === 'scored';
  const mayDecide = waits && deed.recordedBy !== ctx.actor.id && mayReach(ctx.actor, deed.village, 'deed.confirm');
  const next = { permission: 'deed.confirm', place: deed.village, hands: [deed.recordedBy] } as const;
  const proposal = waits && household ? await proposeAward(ctx, deed, await planAward(ctx, deed, household.surrogate)) : undefined;
  return {
    id,
    who: nameOf(households, deed),
    where: divisionName(deed.village, ctx.locale),
    item: deed.item,
    head: t(`points:head.${deed.head}`),
    score: deed.score,
    day: deed.day,
    words: deed.words,
    chip: deedChip(t, deed.state.name),
    award: deed.award,
    entryHref: deed.award && may(ctx.actor, 'ledger.read') ? `/ledger/entries/${deed.award.seq}` : undefined,
    rejection: deed.rejection,
    mayDecide,
    askWhom: waits && !mayDecide ? await whoElseMay(ctx, t, next) : undefined,
    proposal: proposal && { points: proposal.points, isLess: proposal.points < deed.score, ...proposal.narrowest },
    events: [
      ...(waits
        ? []
        : [{ what: t(`points:event.${deed.state.name}`), at: deed.state.at, who: people.get(deed.state.by) ?? t('points:somebody') }]),
      { what: t('points:event.recorded'), at: deed.recordedAt, who: people.get(deed.recordedBy) ?? t('points:somebody') },
    ],
  };
}

async function namesFor(ctx: Context, deeds: readonly Deed[]) {
  return Promise.all([
    householdsById(
      ctx,
      deeds.map(({ household }) => household),
    ),
    maskedNames(
      ctx,
      deeds.flatMap(({ recordedBy, state }) => [recordedBy, state.by]),
    ),
  ]);
}

function nameOf(households: Awaited<ReturnType<typeof householdsById>>, { household }: Deed): string {
  const found = households.get(household);
  return found ? shownName(found) : household;
}
