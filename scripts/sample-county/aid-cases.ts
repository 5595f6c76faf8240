import {
  type AidCase,
  approveCase,
  followNotice,
  followPayment,
  postAidNotice,
  recordAppraisal,
  recordSurvey,
  refuseCase,
  requestAid,
  reviewCase,
  sendBackCase,
} from '../../server/aid';
import { addDays, shanghaiDay } from '../../server/kernel/local-date';
import { endNotices, findNoticeOrThrow } from '../../server/notices';
import { exportBatch, importResult, makeBatch, signBatch } from '../../server/payments';
import { findLines } from '../../server/payments/find-payments';
import { paidUnless, resultOfBatch } from '../../server/payments/practice-bank';
import { type Family, type Hardship, meetHardship, officersOf } from './settle-families';
import type { Stage } from './stage';

/** Where a case of the sample county has got to on the day that the visitor comes. */
export type Until =
  | 'requested'
  | 'surveyed'
  | 'appraised'
  | 'posted'
  | 'noticeOver'
  | 'reviewed'
  | 'sentBack'
  | 'refused'
  | 'signedOnce'
  | 'approved';

const order: readonly Until[] = ['requested', 'surveyed', 'appraised', 'posted', 'noticeOver', 'reviewed', 'signedOnce', 'approved'];

export interface CasePlan {
  family: Family;
  hardship: Hardship;
  until: Until;
}

/** Takes the cases of some families side by side, each as far as its plan says; the clock moves with them. By family key. */
export async function runCases(stage: Stage, plans: readonly CasePlan[]): Promise<Map<string, AidCase>> {
  const cases = new Map<string, AidCase>();
  const step = async (reach: Until, act: (plan: CasePlan, id: string) => Promise<AidCase>) => {
    for (const plan of plans.filter(({ until }) => reaches(until, reach))) {
      cases.set(plan.family.key, await act(plan, cases.get(plan.family.key)?._id ?? ''));
    }
  };
  const today = () => shanghaiDay(stage.clock.now());
  await step('requested', async ({ family, hardship }) => {
    await meetHardship(stage, family, hardship);
    return requestAid(cadreOf(stage, family), { requestKey: stage.key('aid'), household: family.id });
  });
  tomorrow(stage);
  await step('surveyed', ({ family }, id) =>
    recordSurvey(cadreOf(stage, family), { id, on: today(), people: 2, finding: '收入和单据逐项核过' }),
  );
  tomorrow(stage);
  await step('appraised', ({ family }, id) =>
    recordAppraisal(cadreOf(stage, family), { id, on: today(), present: 7, minutes: '评议〔演示〕12 号' }),
  );
  await step('posted', async ({ family }, id) => {
    const [posted] = await postAidNotice(cadreOf(stage, family), { requestKey: stage.key('notice'), cases: [id] });
    return posted ?? Promise.reject(new Error('the case was not posted'));
  });
  if (!plans.some(({ until }) => reaches(until, 'noticeOver'))) return cases;
  await waitForNotices(
    stage,
    [...cases.values()].flatMap(({ notice }) => notice ?? []),
  );
  await step('reviewed', ({ family }, id) =>
    reviewCase(officersOf(stage, family.village).township, { id, do: 'approve', opinion: '', waive: [] }),
  );
  await step('signedOnce', (_plan, id) => approveBy(stage, 'manager-2', id));
  for (const { family, until } of plans) {
    const reached = cases.get(family.key);
    if (reached) cases.set(family.key, await finish(stage, reached, until));
  }
  return cases;
}

/** The days of the notices pass, working days and holidays as the calendar has them. */
async function waitForNotices(stage: Stage, notices: readonly string[]): Promise<void> {
  const posted = await Promise.all(notices.map((id) => findNoticeOrThrow(stage.system, id)));
  const lastDay = posted
    .map((notice) => notice.lastDay)
    .sort()
    .at(-1);
  if (lastDay) stage.moveTo(addDays(lastDay, 1));
  await endNotices(stage.system);
  for (const noticeId of notices) await followNotice(stage.system, { noticeId });
}

async function approveBy(stage: Stage, manager: string, id: string): Promise<AidCase> {
  const code = await stage.signingCode(manager);
  return approveCase(stage.as(manager), { id, do: 'approve', opinion: '', meetingMinutes: '会议纪要 6 号（演示）', code });
}

/** What is no step on the common way: a second signature, sending back, refusing. */
async function finish(stage: Stage, aidCase: AidCase, until: Until): Promise<AidCase> {
  const id = aidCase._id;
  if (until === 'approved' && aidCase.policy.approvals > 1) return approveBy(stage, 'manager-1', id);
  if (until === 'sentBack') return sendBackCase(stage.as('manager-1'), { id, reason: '住院票据少一张，请补上' });
  if (until === 'refused') return refuseCase(stage.as('manager-1'), { id, reason: '核实后家里另有一份稳定工作' });
  return aidCase;
}

function reaches(until: Until, step: Until): boolean {
  const end = until === 'sentBack' || until === 'refused' ? 'reviewed' : until;
  return order.indexOf(end) >= order.indexOf(step);
}

function cadreOf(stage: Stage, family: Family) {
  return officersOf(stage, family.village).cadre;
}

function tomorrow(stage: Stage): void {
  stage.moveTo(addDays(shanghaiDay(stage.clock.now()), 1));
}

/** How far a batch has got. */
export type BatchUntil = 'made' | 'signedOnce' | 'exported' | 'answered';

/** Pays approved cases in one batch: one officer makes it, two others sign; the bank returns the lines of `returned`. */
export async function payTogether(
  stage: Stage,
  cases: readonly AidCase[],
  until: BatchUntil,
  returned: readonly string[] = [],
): Promise<void> {
  const maker = stage.as('finance-1');
  const batch = await makeBatch(maker, { requestKey: stage.key('batch'), payables: cases.map(({ _id }) => _id) });
  if (until === 'made') return;
  const figures = { id: batch._id, count: batch.count, totalFen: batch.totalFen, sha256: batch.sha256 ?? '' };
  await signBatch(stage.as('finance-2'), { ...figures, code: await stage.signingCode('finance-2') });
  if (until === 'signedOnce') return;
  await signBatch(stage.as('finance-3'), { ...figures, code: await stage.signingCode('finance-3') });
  const sent = await exportBatch(maker, { id: batch._id });
  if (until === 'exported') return;
  tomorrow(stage);
  const lines = await findLines(stage.system, batch._id);
  const bytes = resultOfBatch(sent, lines, shanghaiDay(stage.clock.now()), ({ payable }) => paidUnless(returned.includes(payable)));
  await importResult(maker, { bytes });
  for (const aidCase of cases) await followPayment(stage.system, { payableId: aidCase._id });
}
