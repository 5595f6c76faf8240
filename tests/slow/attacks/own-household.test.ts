import {
  approveCase,
  cancelCase,
  postAidNotice,
  recordAppraisal,
  recordSurvey,
  refuseCase,
  requestAid,
  reviewCase,
  sendBackCase,
} from '../../../server/aid';
import { findCaseOrThrow } from '../../../server/aid/find-cases';
import {
  checkBankAccount,
  confirmHousehold,
  enterBankAccount,
  issueCard,
  monitorHousehold,
  registerHousehold,
  signIncome,
  stateIncome,
  verifyIncome,
} from '../../../server/households';
import { IncomeStatement } from '../../../server/households/income-statement.model';
import { registerPerson } from '../../../server/identity';
import { recordIdNumber } from '../../../server/identity/record-id-number';
import type { Context } from '../../../server/kernel/context';
import { localDate, shanghaiDay } from '../../../server/kernel/local-date';
import { fen } from '../../../server/kernel/money';
import { exportBatch, importResult, makeBatch, recordBankAnswer, returnBatch, signBatch } from '../../../server/payments';
import { findLines } from '../../../server/payments/find-payments';
import { encodeText } from '../../../server/platform/files/text-encoding';
import { addPointRule, confirmDeed, recordDeed, rejectDeed } from '../../../server/points';
import { answerRelief, recordRelief, referRelief } from '../../../server/relief';
import {
  cadre,
  clock,
  liushu,
  maker,
  manager,
  person,
  requestKey,
  secondSigner,
  signer,
  system,
  township,
  useAidCounty,
} from '../../aid/aid-county';
import { approvedCase, family, giftOf, receive, reviewedCase } from '../../aid/aid-family';
import { sign } from '../../aid/signing';
import { residentId } from '../../households/resident-ids';

useAidCounty();

const ofMember = residentId('19880101', 901);
const member = { name: '何安', relation: 'head', idNumber: ofMember, labour: 'full', student: false, disabilityLevel: undefined } as const;
const asked = () => ({ requestKey: requestKey(), village: liushu, phone: undefined, members: [member] });
const statement = (id: string) => ({
  id,
  requestKey: requestKey(),
  from: localDate('2025-06-01'),
  to: localDate('2026-05-31'),
  items: [{ source: 'labour' as const, grossYuan: fen(3_000_00), costYuan: fen(0) }],
  depreciationYuan: fen(0),
  productionTaxesYuan: fen(0),
  rigidSpendingYuan: fen(0),
});
const words = { opinion: '同意', meetingMinutes: '' };
const today = () => shanghaiDay(clock.now());

/** An officer with every right over the family: the cadre, township, department and fund manager in one. */
async function officer(name: string, mobile: string): Promise<Context> {
  const user = await registerPerson(system, { name, mobile, password: 'family-and-office', grants: [], requestKey: requestKey() });
  const roles = ['villageCadre', 'townshipOfficer', 'departmentOfficer', 'fundManager'] as const;
  const grants = roles.map((role) => ({ role, scope: '130499' }));
  return { ...cadre, actor: { id: user._id, kind: 'person', grants } };
}

let kin: Context;
let household: string;
const ids = { statement: '', case: '', deed: '', relief: '', rule: '' };

beforeAll(async () => {
  kin = await officer('何平', '13900000901');
  await recordIdNumber(person('usr_admin', 'countyAdmin'), {
    id: kin.actor.id,
    idNumber: ofMember.toLowerCase(),
    requestKey: requestKey(),
  });
  const { _id } = await registerHousehold(cadre, asked());
  household = _id;
  ids.rule = await addPointRule(manager, { requestKey: requestKey(), head: 'service', item: '清扫', score: 5, rank: 1, sourceDoc: '细则' });
});

test('an officer does not register or confirm the own family', async () => {
  await expect(registerHousehold(kin, asked())).rejects.toMatchObject({ code: 'rule.own-household' });
  await expect(confirmHousehold(kin, { id: household })).rejects.toMatchObject({ code: 'rule.own-household' });
  expect((await confirmHousehold(township, { id: household })).state.name).toBe('active');
});

describe('an officer of the own family is refused', () => {
  beforeAll(async () => {
    await monitorHousehold(township, { id: household, group: 'marginal', cause: 'illness' });
    ids.statement = (await stateIncome(cadre, statement(household)))._id;
    await verifyIncome(township, { id: household, statementId: ids.statement });
    await signIncome(cadre, { id: household, statementId: ids.statement });
    ids.relief = (await referRelief(cadre, { requestKey: requestKey(), household, kind: 'medical', department: '医保局' }))._id;
    ids.deed = (await recordDeed(cadre, deed()))._id;
    await answerRelief(person('usr_dept', 'departmentOfficer'), { id: ids.relief, answer: 'notApplicable', reason: '未住院' });
    ids.case = (await reviewedCase(household))._id;
  });

  const deed = () => ({ requestKey: requestKey(), household, rule: ids.rule, day: today(), activity: undefined, words: '' });
  const account = { account: '6225881414207430', holder: '何安', bank: '和安农商银行' };
  const acts: Record<string, () => Promise<unknown>> = {
    'monitoring it': () => monitorHousehold(kin, { id: household, group: 'unstable', cause: 'illness' }),
    'stating income': () => stateIncome(kin, statement(household)),
    'verifying income': () => verifyIncome(kin, { id: household, statementId: ids.statement }),
    'signing income': () => signIncome(kin, { id: household, statementId: ids.statement }),
    'entering an account': () => enterBankAccount(kin, { id: household, requestKey: requestKey(), ...account }),
    'checking an account': () => checkBankAccount(kin, { id: household, wholeAccount: account.account }),
    'giving a card': () => issueCard(kin, { id: household, requestKey: requestKey(), number: undefined }),
    'referring to relief': () => referRelief(kin, { requestKey: requestKey(), household, kind: 'medical', department: '医保局' }),
    'answering relief': () => answerRelief(kin, { id: ids.relief, answer: 'refused', reason: '无' }),
    'recording relief': () =>
      recordRelief(kin, { id: ids.relief, requestKey: requestKey(), receivedOn: today(), amountYuan: fen(100), certificate: '回执' }),
    'recording a deed': () => recordDeed(kin, deed()),
    'confirming a deed': () => confirmDeed(kin, { id: ids.deed }),
    'rejecting a deed': () => rejectDeed(kin, { id: ids.deed, reason: '没做' }),
    'requesting aid': () => requestAid(kin, { requestKey: requestKey(), household }),
    'recording the visit': () => recordSurvey(kin, { id: ids.case, on: today(), people: 2, finding: '核过' }),
    'recording the appraisal': () => recordAppraisal(kin, { id: ids.case, on: today(), present: 9, minutes: '纪要' }),
    'posting the notice': () => postAidNotice(kin, { cases: [ids.case], requestKey: requestKey() }),
    'reviewing it': () => reviewCase(kin, { id: ids.case, do: 'approve', opinion: '', waive: [] }),
    'approving it': () => approveCase(kin, { id: ids.case, do: 'approve', code: '000000', ...words }),
    'refusing it': () => refuseCase(kin, { id: ids.case, reason: '不合' }),
    'sending it back': () => sendBackCase(kin, { id: ids.case, reason: '再核' }),
    'cancelling it': () => cancelCase(kin, { id: ids.case, reason: '不要了' }),
  };

  test.each(Object.entries(acts))('%s', async (_, act) => {
    await expect(act()).rejects.toMatchObject({ code: 'rule.own-household' });
  });

  test('and nothing of it was written', async () => {
    expect(await IncomeStatement.countDocuments({ household })).toBe(1);
  });
});

test('nor does a finance officer make, sign, send or answer the payment of the own family', async () => {
  const finance = person(kin.actor.id, 'financeOfficer');
  const account = '6225881414207430';
  await enterBankAccount(cadre, { id: household, requestKey: requestKey(), account, holder: '何安', bank: '和安农商银行' });
  await checkBankAccount(township, { id: household, wholeAccount: account });
  await giftOf('D-2026-000001', 100_000);
  await approvedCase(await findCaseOrThrow(system, ids.case));
  const own = { code: 'rule.own-household' };
  const asked = () => ({ requestKey: requestKey(), payables: [ids.case] });
  await expect(makeBatch(finance, asked())).rejects.toMatchObject(own);
  const batch = await makeBatch(maker, asked());
  const { _id: id, count, totalFen, sha256 = '' } = batch;
  await expect(signBatch(finance, { id, count, totalFen, sha256, code: '000000' })).rejects.toMatchObject(own);
  await expect(returnBatch(finance, { id: batch._id, reason: '再核' })).rejects.toMatchObject(own);
  await sign(signer, batch);
  await sign(secondSigner, batch);
  await expect(exportBatch(finance, { id: batch._id })).rejects.toMatchObject(own);
  await exportBatch(maker, { id: batch._id });
  const bytes = encodeText(`R|${batch.number}|20260713|1\n0001|${account}|${(batch.totalFen / 100).toFixed(2)}|F|户名不符\n`, 'GB18030');
  await expect(importResult(finance, { bytes })).rejects.toMatchObject(own);
  const [line] = await findLines(system, batch._id);
  const answer = { id: line?._id ?? '', answer: 'returned' as const, evidence: '电话', reason: '已销户' };
  await expect(recordBankAnswer(finance, answer)).rejects.toMatchObject(own);
  expect((await findLines(system, batch._id))[0]?.state.name).toBe('sent');
});

test('who has the seat of a household is of it, without an ID number on record; for others the same person acts', async () => {
  const [own, other] = [await family({ heads: 1, income: { labour: 1_000 } }), await family({ heads: 1, income: { labour: 1_000 } })];
  const seated = person('usr_seated', 'villageCadre', liushu);
  const both: Context = { ...seated, actor: { ...seated.actor, grants: [...seated.actor.grants, { role: 'household', scope: own }] } };
  await expect(requestAid(both, { requestKey: requestKey(), household: own })).rejects.toMatchObject({ code: 'rule.own-household' });
  expect((await requestAid(both, { requestKey: requestKey(), household: other })).state.name).toBe('screened');
  await expect(
    referRelief(kin, { requestKey: requestKey(), household: other, kind: 'medical', department: '医保局' }),
  ).resolves.toBeDefined();
  await receive(other, 'insurance', 100);
});

test('nobody records the own ID number, and a wrong one is refused at its field', async () => {
  const input = { id: kin.actor.id, idNumber: residentId('19880101', 903), requestKey: requestKey() };
  await expect(recordIdNumber(kin, input)).rejects.toMatchObject({ code: 'rule.same-person' });
  await expect(recordIdNumber(system, { ...input, idNumber: '130499197001010012' })).rejects.toMatchObject({
    issues: [{ path: 'idNumber' }],
  });
});
