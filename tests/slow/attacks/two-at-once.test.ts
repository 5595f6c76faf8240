import { requestAid } from '../../../server/aid';
import { findCasesOf } from '../../../server/aid/find-cases';
import { confirmHousehold, registerHousehold, signIncome, stateIncome, verifyIncome } from '../../../server/households';
import { IncomeStatement } from '../../../server/households/income-statement.model';
import { addDays, addMonths, shanghaiDay } from '../../../server/kernel/local-date';
import { fen } from '../../../server/kernel/money';
import { ReliefRecord } from '../../../server/relief/relief-record.model';
import { cadre, clock, liushu, requestKey, system, township, useAidCounty } from '../../aid/aid-county';
import { family } from '../../aid/aid-family';
import { residentId } from '../../households/resident-ids';

useAidCounty();

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );

async function verified(id: string, yuan: number): Promise<string> {
  const today = shanghaiDay(clock.now());
  const { _id } = await stateIncome(cadre, {
    id,
    requestKey: requestKey(),
    from: addMonths(today, -12),
    to: addDays(today, -1),
    items: [{ source: 'labour', grossYuan: fen(yuan * 100), costYuan: fen(0) }],
    depreciationYuan: fen(0),
    productionTaxesYuan: fen(0),
    rigidSpendingYuan: fen(0),
  });
  await verifyIncome(township, { id, statementId: _id });
  return _id;
}

let order = 500;

async function newFamily(): Promise<string> {
  order += 2;
  const head = { name: '孙有田', relation: 'head', idNumber: residentId('19700101', order), labour: 'full', student: false } as const;
  const asked = { requestKey: requestKey(), village: liushu, phone: undefined, members: [{ ...head, disabilityLevel: undefined }] };
  const { _id: id } = await registerHousehold(cadre, asked);
  await confirmHousehold(township, { id });
  return id;
}

test('of two first statements signed at once one counts, and the other is told', async () => {
  for (let round = 0; round < 5; round += 1) {
    const id = await newFamily();
    const statements = [await verified(id, 8_000), await verified(id, 30_000)];
    const outcomes = await Promise.all(
      statements.map((statementId, index) => codeOf(signIncome(index === 0 ? cadre : township, { id, statementId }))),
    );
    expect(outcomes.sort()).toEqual(['done', 'state.stale']);
    expect(await IncomeStatement.countDocuments({ household: id, 'state.name': 'signed' })).toBe(1);
  }
});

test('a case is not opened on an income that the family replaces while it is being requested', async () => {
  const id = await family({ heads: 3, income: { labour: 10_000 } });
  const newer = await verified(id, 40_000); // with it there is no gap
  const find = ReliefRecord.find.bind(ReliefRecord) as typeof ReliefRecord.find;
  const spy = jest.spyOn(ReliefRecord, 'find');
  spy.mockImplementationOnce(find); // the gates; the sheet has read the income before it reads relief
  const signsFirst = async () => [await signIncome(township, { id, statementId: newer })].slice(1);
  spy.mockReturnValueOnce({ sort: () => ({ lean: signsFirst }) } as never);
  expect(await codeOf(requestAid(cadre, { requestKey: requestKey(), household: id }))).toBe('state.stale');
  expect(spy).toHaveBeenCalledTimes(2);
  spy.mockRestore();
  expect(await findCasesOf(system, id)).toEqual([]);
});
