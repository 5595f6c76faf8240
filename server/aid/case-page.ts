import { findHouseholdOrThrow } from '../households';
import { maskedNames, may, mayReach, whoElseMay, whoMaySign } from '../identity';
import type { Context } from '../kernel/context';
import { type LocalDate, shanghaiDay } from '../kernel/local-date';
import { maskName } from '../kernel/mask';
import { randomId } from '../kernel/random';
import { type Notice, noticesById } from '../notices';
import { linesOfPayable } from '../payments';
import type { Translate } from '../platform/i18n/translator';
import { formatDay, formatSum } from '../platform/views/format';
import { divisionFullName } from '../regions';
import type { AidCase } from './aid-case.model';
import { caseChip, dueWord, hasReturned, waitsForApproval, waitsForReview } from './case-chip';
import { deedsIn, handsIn } from './case-step';
import { findCaseOrThrow } from './find-cases';
import { gatesOf } from './gates-of';
import { giftsUsed } from './gifts-used';
import { sheetView } from './sheet-view';

/** A case with everything that its next decision needs, and the one form of who looks: visit, appraisal, notice, review or approval. */
export async function casePage(ctx: Context, t: Translate, id: string) {
  const aidCase = await findCaseOrThrow(ctx, id);
  const [gifts, notices, lines, names, signers] = await Promise.all([
    giftsUsed(ctx, aidCase),
    noticesById(ctx, aidCase.notice ? [aidCase.notice] : []),
    linesOfPayable(ctx, id),
    maskedNames(
      ctx,
      aidCase.steps.map(({ by }) => by),
    ),
    aidCase.state.name === 'townshipReviewed' ? caseSigners(ctx, t, aidCase) : [],
  ]);
  const today = shanghaiDay(ctx.clock.now());
  const notice = aidCase.notice ? notices.get(aidCase.notice) : undefined;
  return {
    id,
    number: aidCase.number,
    who: maskName(aidCase.headName),
    amountFen: aidCase.amountFen,
    household: aidCase.household,
    where: divisionFullName(aidCase.village, ctx.locale),
    members: aidCase.members,
    cause: t(`households:cause.${aidCase.cause}`),
    group: t(`households:group.${aidCase.group}`),
    chip: caseChip(ctx, t, aidCase),
    due: dueWord(t, aidCase.dueOn, today, (day) => formatDay(day, ctx.locale, today)),
    sheet: sheetView(t, ctx.locale, aidCase),
    gifts,
    papers: papersOf(t, ctx, aidCase, notice),
    events: eventsOf(t, aidCase, names, notice, (day) => formatDay(day, ctx.locale, today)),
    lines: lines.map((line) => ({
      batch: line.batch,
      href: may(ctx.actor, 'payment.read') ? `/payments/lines/${line._id}` : undefined,
      tail: line.accountTail,
      amountFen: line.amountFen,
      state: line.state.name,
      reason: line.reason,
    })),
    maySeePayments: may(ctx.actor, 'payment.read'),
    maySeeEntry: may(ctx.actor, 'ledger.read'),
    returned: hasReturned(aidCase),
    signers,
    ask: await askOf(ctx, t, aidCase, notice),
    mayCancel: may(ctx.actor, 'aid.cancel') && mayBeCancelled(ctx, aidCase),
  };
}

/** Who can approve a case now, and who cannot any more and why. */
function caseSigners(ctx: Context, t: Translate, aidCase: AidCase) {
  return whoMaySign(ctx, t, {
    permission: 'aid.approve',
    place: aidCase.village,
    hands: deedsIn(aidCase),
    isOpen: true,
    deed: (what) => t(`aid:signers.${what}`),
    free: t('aid:signers.free'),
  });
}

/** What is asked of this person now; undefined when it is somebody else's turn. */
async function askOf(ctx: Context, t: Translate, aidCase: AidCase, notice: Notice | undefined) {
  const { state } = aidCase;
  const isVillage = may(ctx.actor, 'aid.assess');
  if (waitsForApproval(ctx, aidCase))
    return { form: 'approval', checks: approvalChecks(t, aidCase, notice), minutes: needsMinutes(aidCase), rank: rankOf(aidCase) };
  if (state.name === 'townshipReviewed' && may(ctx.actor, 'aid.approve')) return { form: 'handled' };
  if (waitsForReview(ctx, aidCase)) return reviewAsk(ctx, t, aidCase);
  if (isVillage && (state.name === 'screened' || state.name === 'sentBack')) return { form: 'survey', today: shanghaiDay(ctx.clock.now()) };
  if (isVillage && state.name === 'surveyed') return { form: 'appraisal', today: shanghaiDay(ctx.clock.now()) };
  if (may(ctx.actor, 'notice.post') && state.name === 'appraised') return { form: 'notice', requestKey: randomId(ctx.random, 'key') };
  return undefined;
}

async function reviewAsk(ctx: Context, t: Translate, aidCase: AidCase) {
  const hands = handsIn(aidCase);
  if (hands.includes(ctx.actor.id) || !mayReach(ctx.actor, aidCase.village, 'aid.review'))
    return { form: 'reviewWaits', askWhom: await whoElseMay(ctx, t, { permission: 'aid.review', place: aidCase.village, hands }) };
  const household = await findHouseholdOrThrow(ctx, aidCase.household);
  const { pending, overdue } = await gatesOf(ctx, household);
  const named = (kinds: readonly string[]) => kinds.map((kind) => t(`relief:kind.${kind}`)).join(t('aid:and'));
  return {
    form: 'review',
    checks: [
      { text: t('aid:check.noticeOver') },
      { text: t('aid:check.notYours') },
      pending.length > 0
        ? { text: t('aid:check.pending', { kinds: named(pending) }), unmet: true }
        : { text: t('aid:check.reliefSettled') },
    ],
    overdue: overdue.map((kind) => ({ value: kind, label: t('aid:review.waive', { kind: t(`relief:kind.${kind}`) }) })),
  };
}

function approvalChecks(t: Translate, { sheet, policy, approvals, round }: AidCase, notice: Notice | undefined) {
  const signed = approvals.filter((one) => one.round === round).length;
  return [
    { text: t('aid:check.byLine', { year: sheet.line.year, name: t(`aid:line.${sheet.line.name}`) }) },
    ...(notice ? [{ text: t('aid:check.noticeDays', { count: notice.days }) }] : []),
    { text: t('aid:check.notYours') },
    ...(policy.approvals === 2 ? [{ text: t(signed === 0 ? 'aid:check.second' : 'aid:check.last') }] : []),
  ];
}

/** Whether the signature that is asked for decides, or another one must follow. */
function rankOf({ policy, approvals, round }: AidCase): 'first' | 'last' {
  return approvals.filter((one) => one.round === round).length + 1 < policy.approvals ? 'first' : 'last';
}

function needsMinutes({ policy, meetingMinutes }: AidCase): boolean {
  return policy.minutes && !meetingMinutes;
}

function mayBeCancelled(ctx: Context, { state }: AidCase): boolean {
  if (state.name === 'approved') return may(ctx.actor, 'aid.approve');
  return ['screened', 'surveyed', 'appraised', 'posted', 'townshipReviewed', 'waiting', 'sentBack'].includes(state.name);
}

function papersOf(t: Translate, ctx: Context, { household, visit, appraisal, meetingMinutes, sheet }: AidCase, notice: Notice | undefined) {
  const day = (on: Parameters<typeof formatDay>[0]) => formatDay(on, ctx.locale, shanghaiDay(ctx.clock.now()));
  return [
    {
      href: `/households/${household}#income`,
      icon: 'file-text',
      label: t('aid:paper.income'),
      note: t('aid:paper.window', { from: formatDay(sheet.window.from, ctx.locale), to: formatDay(sheet.window.to, ctx.locale) }),
    },
    {
      href: `/households/${household}/relief`,
      icon: 'certificate',
      label: t('aid:paper.relief'),
      note: t('aid:paper.reliefKinds', { count: sheet.relief.length }),
    },
    ...(visit
      ? [
          {
            href: '#steps',
            icon: 'home-check',
            label: t('aid:paper.visit'),
            note: t('aid:paper.visitBy', { day: day(visit.on), count: visit.people }),
          },
        ]
      : []),
    ...(appraisal
      ? [
          {
            href: '#steps',
            icon: 'users',
            label: t('aid:paper.appraisal'),
            note: t('aid:paper.present', { minutes: appraisal.minutes, count: appraisal.present }),
          },
        ]
      : []),
    ...(notice
      ? [{ href: `/notices/${notice._id}/print`, icon: 'speakerphone', label: t('aid:paper.notice'), note: `${notice.number}` }]
      : []),
    ...(meetingMinutes ? [{ href: '#steps', icon: 'notebook', label: t('aid:paper.meeting'), note: meetingMinutes }] : []),
  ];
}

/** Newest first; the notice's own end says how long it hung. */
function eventsOf(
  t: Translate,
  { steps, amountFen }: AidCase,
  names: ReadonlyMap<string, string>,
  notice: Notice | undefined,
  day: (on: LocalDate) => string,
) {
  return [...steps].reverse().map(({ what, at, by, note }) => ({
    what: t(`aid:step.${what}`, { sum: formatSum(amountFen), count: notice?.days ?? 0 }),
    at,
    who: names.get(by) ?? (by.startsWith('system:') ? t('aid:bySystem') : ''),
    ...(note && { note }),
    ...(what === 'posted' && notice && { note: t('aid:step.until', { day: day(notice.lastDay) }) }),
  }));
}
