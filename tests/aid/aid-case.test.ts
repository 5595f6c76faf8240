import {
  aidTruths,
  cancelCase,
  recordAppraisal,
  recordSurvey,
  refuseCase,
  replayDecision,
  requestAid,
  reserveWaiting,
  reviewCase,
  sendBackCase,
} from '../../server/aid';
import { findCaseOrThrow, findHouseholdAid } from '../../server/aid/find-cases';
import { gift } from '../../server/donations';
import { restrictionPool } from '../../server/funds';
import { addDays } from '../../server/kernel/local-date';
import { balanceOf, findPools } from '../../server/ledger';
import { payable } from '../../server/payments';
import { referRelief } from '../../server/relief';
import {
  cadre,
  clock,
  hewan,
  hewanCadre,
  manager,
  person,
  requestKey,
  secondManager,
  secondTownship,
  system,
  township,
  useAidCounty,
} from './aid-county';
import { approvedCase, family, giftOf, postedCase, receive, reviewedCase, spendAll, stateAndSign } from './aid-family';
import { approve } from './signing';

useAidCounty();

// 2025's monitoring line is 9,000 a head: four heads 36,000, so this income leaves a gap of 100 after relief.
const row1 = { heads: 4, income: { labour: 21_000, farming: 4_200, property: 800, subsistenceAllowance: 3_600, familySupport: 5_200 } };
const relief = { medical: 600, insurance: 500 };
const poor = { heads: 5, income: { labour: 32_000 } }; // gap 13,000, capped at 6,000
const decision = (id: string, words = '') => ({ id, do: 'approve' as const, opinion: words, meetingMinutes: '' });
const total = async (pool: string) => (await findPools(system, [pool]))[0]?.total ?? 0;
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );

beforeAll(async () => {
  await giftOf('D-2026-000001', 3_200);
  await giftOf('D-2026-000002', 50_000);
});

afterEach(async () => {
  for (const truth of aidTruths) expect(await truth.check(system)).toEqual([]);
});

describe('requesting', () => {
  test('freezes the working sheet with the versions of its rules, and it replays to the same fen', async () => {
    const household = await family({ ...row1, relief });
    const aidCase = await requestAid(cadre, { requestKey: requestKey(), household });
    expect(aidCase).toMatchObject({ state: { name: 'screened' }, gapFen: 100_00, amountFen: 100_00, requester: 'usr_cadre', members: 4 });
    expect(aidCase.sheet).toMatchObject({
      line: { name: 'monitor', year: 2025, fen: 9_000_00 },
      facts: { netFen: 34_800_00, reliefFen: 1_100_00 },
      sums: { thresholdFen: 36_000_00, resourcesFen: 35_900_00, limit: 'gap' },
    });
    expect(aidCase.sheet.settings).toHaveLength(11);
    expect(replayDecision(aidCase.sheet)).toEqual(aidCase.sheet.sums);
  });

  test('is done once per request, and a household has one case at a time', async () => {
    const household = await family(poor);
    const asked = { requestKey: requestKey(), household };
    const [first, again] = await Promise.all([requestAid(cadre, asked), requestAid(cadre, asked)]);
    expect(again._id).toBe(first._id);
    expect(await code(requestAid(cadre, { requestKey: requestKey(), household }))).toBe('aid.has-case');
  });

  test('two requests at once leave one case', async () => {
    const household = await family(poor);
    const outcomes = await Promise.all([1, 2].map(() => code(requestAid(cadre, { requestKey: requestKey(), household }))));
    expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
  });

  test('is refused outside the village, before relief, above the line, and for too little', async () => {
    const elsewhere = await family(poor);
    expect(await code(requestAid(hewanCadre, { requestKey: requestKey(), household: elsewhere }))).toBe('not-found');
    await referRelief(cadre, { requestKey: requestKey(), household: elsewhere, kind: 'schooling', department: '县教育局' });
    expect(await code(requestAid(cadre, { requestKey: requestKey(), household: elsewhere }))).toBe('aid.relief-first');
    const rich = await family({ heads: 3, income: { labour: 27_000 } });
    expect(await code(requestAid(cadre, { requestKey: requestKey(), household: rich }))).toBe('aid.not-eligible');
    const little = await family({ heads: 3, income: { labour: 26_999.99 } });
    await expect(requestAid(cadre, { requestKey: requestKey(), household: little })).rejects.toMatchObject({
      details: { limit: 'minimum' },
    });
  });
});

describe('the way to approval', () => {
  test('takes the sheet anew at the visit, so that what came in meanwhile counts', async () => {
    const household = await family(row1);
    const opened = await requestAid(cadre, { requestKey: requestKey(), household });
    expect(opened.amountFen).toBe(1_200_00);
    await receive(household, 'medical', 700);
    clock.advance(86_400_000);
    const visited = await recordSurvey(cadre, { id: opened._id, on: '2026-06-01' as never, people: 2, finding: '核过' });
    expect(visited).toMatchObject({ amountFen: 500_00, state: { name: 'surveyed' } });
  });

  test('goes by its days: no visit before the request, no meeting before the visit', async () => {
    const { _id: id, submittedOn } = await requestAid(cadre, { requestKey: requestKey(), household: await family(poor) });
    clock.advance(2 * 86_400_000);
    const visit = { id, people: 2, finding: '核过' };
    const meeting = { id, present: 7, minutes: '评议〔2026〕13 号' };
    const on = (days: number) => addDays(submittedOn, days);
    const fault = (code: string) => ({ issues: [{ path: 'on', code }] });
    await expect(recordSurvey(cadre, { ...visit, on: on(-1) })).rejects.toMatchObject(fault('before-the-request'));
    await recordSurvey(cadre, { ...visit, on: on(1) });
    await expect(recordAppraisal(cadre, { ...meeting, on: on(0) })).rejects.toMatchObject(fault('before-the-visit'));
    await expect(recordAppraisal(cadre, { ...meeting, on: on(3) })).rejects.toMatchObject(fault('in-the-future'));
    expect((await recordAppraisal(cadre, { ...meeting, on: on(1) })).state.name).toBe('appraised');
  });

  test('waits for the notice’s last day, and for a reviewer who is not the requester', async () => {
    const household = await family(poor);
    const town = person('usr_town', 'townshipOfficer', '130499101');
    const opened = await requestAid(town, { requestKey: requestKey(), household });
    const posted = await postedCase(opened);
    const review = { id: opened._id, do: 'approve' as const, opinion: '', waive: [] };
    await expect(reviewCase(secondTownship, review)).rejects.toMatchObject({ code: 'aid.notice-runs' });
    clock.advance(14 * 86_400_000);
    expect(await code(reviewCase(township, review))).toBe('rule.same-person');
    expect((await reviewCase(secondTownship, review)).state.name).toBe('townshipReviewed');
    expect(posted.notice).toMatch(/^ntc_/);
  });

  test('up to 3,000 one approver reserves the sum from the oldest gift', async () => {
    const household = await family({ ...row1, relief });
    const reviewed = await reviewedCase(household);
    const before = await balanceOf(system, gift('D-2026-000001'));
    const approved = await approve(manager, decision(reviewed._id, '同意'));
    expect(approved).toMatchObject({ state: { name: 'approved' }, amountFen: 100_00 });
    expect(await total(payable(reviewed._id))).toBe(100_00);
    expect(await balanceOf(system, gift('D-2026-000001'))).toBe(before - 100_00);
    expect(await approve(manager, decision(reviewed._id, '同意'))).toEqual(approved); // a second click
    expect(await total(payable(reviewed._id))).toBe(100_00);
  });

  test('above 3,000 a second one signs, above 5,000 with the minutes of a meeting', async () => {
    const reviewed = await reviewedCase(await family(poor));
    expect(reviewed.policy).toEqual({ approvals: 2, minutes: true });
    expect(await code(approve(manager, decision(reviewed._id)))).toBe('aid.minutes-missing');
    const signed = await approve(manager, { ...decision(reviewed._id), meetingMinutes: '会议纪要 6 号' });
    expect(signed.state.name).toBe('townshipReviewed');
    expect(await total(payable(reviewed._id))).toBe(0);
    const approved = await approve(secondManager, decision(reviewed._id));
    expect(approved).toMatchObject({ state: { name: 'approved' }, amountFen: 6_000_00 });
    expect(approved.approvals.map(({ by }) => by)).toEqual(['usr_manager', 'usr_manager2']);
  });

  test('nobody acts twice: a reviewer who is also a manager does not approve', async () => {
    const both = { ...township, actor: { ...township.actor, grants: [...township.actor.grants, ...manager.actor.grants] } };
    const reviewed = await reviewedCase(await family(row1));
    expect(reviewed.reviewer).toBe('usr_town');
    expect(await code(approve(both, decision(reviewed._id)))).toBe('rule.same-person');
  });

  test('of two approvers at once one takes the first place; the other is told, and takes the second', async () => {
    const reviewed = await reviewedCase(await family({ heads: 4, income: { labour: 32_500 } }));
    const asked = () => Promise.all([manager, secondManager].map((by) => code(approve(by, decision(reviewed._id)))));
    expect((await asked()).sort()).toEqual(['done', 'state.stale']);
    const once = await findCaseOrThrow(system, reviewed._id);
    expect([once.state.name, once.approvals.length]).toEqual(['townshipReviewed', 1]);
    expect(await total(payable(reviewed._id))).toBe(0);

    expect(await asked()).toEqual(['done', 'done']); // for one of them a second click
    const both = await findCaseOrThrow(system, reviewed._id);
    expect([both.state.name, both.approvals.map(({ by }) => by).sort()]).toEqual(['approved', ['usr_manager', 'usr_manager2']]);
    expect(await total(payable(reviewed._id))).toBe(3_500_00);
  });

  test('sent back, it is visited and signed anew; refused, the household may ask again', async () => {
    const household = await family(poor);
    const reviewed = await reviewedCase(household);
    await approve(manager, { ...decision(reviewed._id), meetingMinutes: '会议纪要 6 号' });
    const back = await sendBackCase(secondManager, { id: reviewed._id, reason: '务工收入请再核一次' });
    expect(back).toMatchObject({ state: { name: 'sentBack' }, round: 2 });
    await stateAndSign(household, { labour: 33_000 });
    const again = await postedCase(back);
    expect(again).toMatchObject({ round: 2, state: { name: 'posted' } });
    const refused = await refuseCase(manager, { id: again._id, reason: '家中另有收入' });
    expect(refused.state.name).toBe('refused');
    expect((await findHouseholdAid(system, household))?.running).toBeUndefined();
    expect(await code(requestAid(cadre, { requestKey: requestKey(), household }))).toBe('done');
  });
});

describe('when money is short', () => {
  test('an approved case waits, and is served in queue order when money comes', async () => {
    const names = [
      { heads: 2, income: { labour: 12_500 }, village: hewan },
      { heads: 4, income: { labour: 32_000 }, village: hewan },
    ];
    const cases = [];
    for (const figures of names) cases.push(await reviewedCase(await family({ ...figures, relief: {} }), hewan));
    await spendAll();
    const waiting = [];
    for (const one of cases) waiting.push(await approvedCase(one));
    expect(waiting.map(({ state }) => state.name)).toEqual(['waiting', 'waiting']);
    expect(waiting.every(({ approvals }) => approvals.length === 2)).toBe(true);
    await giftOf('D-2026-000009', 5_700, 'general');
    expect(await reserveWaiting(system)).toBe(1); // 5,500 to the larger gap a head; 200 do not cover the other
    expect((await findCaseOrThrow(system, cases[0]?._id ?? '')).state.name).toBe('approved');
    expect((await findCaseOrThrow(system, cases[1]?._id ?? '')).state.name).toBe('waiting');
    await giftOf('D-2026-000010', 60_000);
    expect(await reserveWaiting(system)).toBe(1);
    expect(await reserveWaiting(system)).toBe(0);
  });
});

test('a cancelled case gives its money back to the gifts it came from', async () => {
  const household = await family(row1);
  const pools = [restrictionPool({ purpose: 'illness' }), restrictionPool({ purpose: 'general' })];
  const before = await Promise.all(pools.map(total));
  const approved = await approvedCase(await reviewedCase(household));
  await expect(cancelCase(cadre, { id: approved._id, reason: '不想办了' })).rejects.toMatchObject({ code: 'access.denied' });
  const cancelled = await cancelCase(manager, { id: approved._id, reason: '家里说不要了' });
  expect(cancelled.state.name).toBe('cancelled');
  expect(await total(payable(approved._id))).toBe(0);
  expect(await Promise.all(pools.map(total))).toEqual(before);
  expect((await findHouseholdAid(system, household))?.topUps).toEqual([]);
});
