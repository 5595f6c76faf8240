import { type AidCase, followNotice, postAidNotice, recordAppraisal, recordSurvey, requestAid, reviewCase } from '../../server/aid';
import { gift } from '../../server/donations';
import { bank, firstUseOf, mainBank, restriction, restrictionPool } from '../../server/funds';
import {
  checkBankAccount,
  confirmHousehold,
  enterBankAccount,
  type IncomeSource,
  monitorHousehold,
  registerHousehold,
  signIncome,
  stateIncome,
  verifyIncome,
} from '../../server/households';
import type { DivisionCode } from '../../server/kernel/division-code';
import { addDays, addMonths, shanghaiDay } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { debit, defineKind, post } from '../../server/ledger';
import { endNotices } from '../../server/notices';
import { answerRelief, type ReliefKind, recordRelief, referRelief } from '../../server/relief';
import { residentId } from '../households/resident-ids';
import {
  cadre,
  clock,
  department,
  hewan,
  hewanCadre,
  liushu,
  manager,
  person,
  requestKey,
  secondManager,
  system,
  township,
} from './aid-county';
import { approve } from './signing';

// Families and gifts for the tests of aid, all through the acts.

const giftForTest = defineKind({ name: 'test.gift', accounts: [gift, restriction, bank], by: ['system'] });

let order = 1;
const nextOrder = () => {
  order += 2;
  return order;
};

export interface FamilyFigures {
  heads: number;
  income: Partial<Record<IncomeSource, number>>;
  relief?: Partial<Record<ReliefKind, number>>;
  name?: string;
  village?: DivisionCode;
  account?: string | undefined;
}

const officersOf = (village: DivisionCode) =>
  village === hewan
    ? { local: hewanCadre, town: person('usr_town_hewan', 'townshipOfficer', '130499201') }
    : { local: cadre, town: township };

/** A monitored family with a signed income statement in yuan, relief received, and a checked bank account. */
export async function family({
  heads,
  income,
  relief = {},
  name = '张小明',
  village = liushu,
  account = '6225881414207430',
}: FamilyFigures) {
  const { local, town } = officersOf(village);
  const members = Array.from({ length: heads }, (_, index) => ({
    name: index === 0 ? name : `${name.slice(0, 1)}${'甲乙丙丁戊己'[index - 1] ?? '庚'}`,
    relation: index === 0 ? ('head' as const) : ('child' as const),
    idNumber: residentId('19700101', nextOrder()),
    labour: 'full' as const,
    student: false,
    disabilityLevel: undefined,
  }));
  const { _id: id } = await registerHousehold(local, { requestKey: requestKey(), village, phone: '13800001234', members });
  await confirmHousehold(town, { id });
  await monitorHousehold(town, { id, group: 'marginal', cause: 'illness' });
  await stateAndSign(id, income, village);
  for (const [kind, yuan] of Object.entries(relief)) await receive(id, kind as ReliefKind, yuan, village);
  if (account) {
    await enterBankAccount(local, { id, requestKey: requestKey(), account, holder: name, bank: '和安农商银行' });
    await checkBankAccount(town, { id, wholeAccount: account });
  }
  return id;
}

/** States, verifies and signs the income of the twelve months before today. */
export async function stateAndSign(id: string, income: FamilyFigures['income'], village: DivisionCode = liushu): Promise<void> {
  const { local, town } = officersOf(village);
  const today = shanghaiDay(clock.now());
  const items = Object.entries(income).map(([source, yuan]) => ({
    source: source as IncomeSource,
    grossYuan: fen(yuan < 0 ? 0 : Math.floor(yuan * 100 + 0.5)),
    costYuan: fen(yuan < 0 ? -yuan * 100 : 0),
  }));
  const statement = await stateIncome(local, {
    id,
    requestKey: requestKey(),
    from: addMonths(today, -12),
    to: addDays(today, -1),
    items,
    depreciationYuan: fen(0),
    productionTaxesYuan: fen(0),
    rigidSpendingYuan: fen(0),
  });
  await verifyIncome(town, { id, statementId: statement._id });
  await signIncome(local, { id, statementId: statement._id });
}

/** A relief that was granted and has been received yesterday. */
export async function receive(household: string, kind: ReliefKind, yuan: number, village: DivisionCode = liushu): Promise<void> {
  const { local } = officersOf(village);
  const record = await referRelief(local, { requestKey: requestKey(), household, kind, department: '县医保局' });
  await answerRelief(department, { id: record._id, answer: 'granted', reason: '' });
  await recordRelief(department, {
    id: record._id,
    requestKey: requestKey(),
    receivedOn: addDays(shanghaiDay(clock.now()), -1),
    amountYuan: fen(yuan * 100),
    certificate: '送达回执',
  });
}

/** Money in a restriction's pool, as a gift would bring it. */
export async function giftOf(number: string, yuan: number, purpose: 'general' | 'illness' = 'illness'): Promise<void> {
  await post(system, {
    key: `gift:${number}`,
    kind: giftForTest,
    source: { type: 'gift', id: number },
    legs: [debit(mainBank, yuan * 100)],
    lots: [{ lot: gift(number), pool: restrictionPool({ purpose }), amount: yuan * 100, order: number, origin: number }],
  });
}

/** Money for illness that may be used on the day of an instant only. */
export async function giftUntil(number: string, yuan: number, instant: Date): Promise<void> {
  const lastDay = shanghaiDay(instant);
  const tied = { purpose: 'illness', lastDay } as const;
  const first = await firstUseOf(system, tied);
  await post(system, {
    key: `gift:${number}`,
    kind: giftForTest,
    source: { type: 'gift', id: number },
    legs: [debit(mainBank, yuan * 100)],
    lots: [{ lot: gift(number), pool: restrictionPool(tied), amount: yuan * 100, order: number, lastDay, origin: number }],
    guards: first.guards,
    writes: () => first.writes,
  });
}

/** Spends all free money, so that the next case has to wait. */
export async function spendAll(): Promise<void> {
  const from = [restrictionPool({ purpose: 'illness' }), restrictionPool({ purpose: 'general' })];
  await post(system, {
    key: `spent:${requestKey()}`,
    kind: giftForTest,
    source: { type: 'gift', id: 'all' },
    draws: from.map((pool) => ({ from: pool, amount: 'all', to: mainBank })),
  });
}

/** Takes a case through visit, appraisal, notice and the township's review; the clock moves past the notice. */
export async function reviewedCase(household: string, village: DivisionCode = liushu): Promise<AidCase> {
  const { local, town } = officersOf(village);
  const opened = await requestAid(local, { requestKey: requestKey(), household });
  const posted = await postedCase(opened, village);
  clock.advance(20 * 86_400_000); // past the notice, also over a long holiday
  await endNotices(system);
  if (posted.notice) await followNotice(system, { noticeId: posted.notice });
  return reviewCase(town, { id: opened._id, do: 'approve', opinion: '', waive: [] });
}

/** From screened to posted. */
export async function postedCase({ _id: id }: AidCase, village: DivisionCode = liushu): Promise<AidCase> {
  const { local } = officersOf(village);
  const today = shanghaiDay(clock.now());
  await recordSurvey(local, { id, on: today, people: 2, finding: '住院单据和收入都核过' });
  await recordAppraisal(local, { id, on: today, present: 7, minutes: '评议〔2026〕12 号' });
  const [posted] = await postAidNotice(local, { requestKey: requestKey(), cases: [id] });
  if (!posted) throw new Error('the case was not posted');
  return posted;
}

/** Approved by as many managers as its policy asks for. */
export async function approvedCase(aidCase: AidCase): Promise<AidCase> {
  const decision = { id: aidCase._id, do: 'approve' as const, opinion: '', meetingMinutes: '会议纪要 6 号' };
  const first = await approve(manager, decision);
  return aidCase.policy.approvals === 1 ? first : approve(secondManager, decision);
}
