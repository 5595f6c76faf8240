import { requestAid } from '../../../server/aid';
import { signIncome, stateIncome, verifyIncome } from '../../../server/households';
import { findSignedStatement } from '../../../server/households/find-statements';
import { stateIncomeInput } from '../../../server/households/households.inputs';
import { addDays, addMonths, type LocalDate, shanghaiDay } from '../../../server/kernel/local-date';
import { fen } from '../../../server/kernel/money';
import { recordReliefInput } from '../../../server/relief/relief.inputs';
import { cadre, clock, requestKey, system, township, useAidCounty } from '../../aid/aid-county';
import { family } from '../../aid/aid-family';

useAidCounty();

const today = () => shanghaiDay(clock.now());
const stated = (id: string, from: LocalDate, to: LocalDate, yuan: number) =>
  stateIncome(cadre, {
    id,
    requestKey: requestKey(),
    from,
    to,
    items: [{ source: 'labour', grossYuan: fen(yuan * 100), costYuan: fen(0) }],
    depreciationYuan: fen(0),
    productionTaxesYuan: fen(0),
    rigidSpendingYuan: fen(0),
  });
async function sign(id: string, from: LocalDate, to: LocalDate, yuan: number) {
  const { _id } = await stated(id, from, to, yuan);
  await verifyIncome(township, { id, statementId: _id });
  return signIncome(cadre, { id, statementId: _id });
}
const asked = { id: 'hh_00000000000000000000', requestKey: 'request-0001', from: '2025-06-01', to: '2026-05-31' };
const rich = { heads: 3, income: { labour: 40_000 } };

test('the income of a month is no year’s income', async () => {
  const id = await family(rich);
  await expect(stated(id, addDays(today(), -30), addDays(today(), -1), 0)).rejects.toMatchObject({ code: 'input.invalid' });
});

test('a year to come has no income yet: its statement would stand above all that are signed later', async () => {
  const id = await family(rich);
  const later = addMonths(today(), 24);
  await expect(stated(id, addMonths(later, -12), addDays(later, -1), 0)).rejects.toMatchObject({
    issues: [{ path: 'to', code: 'in-the-future' }],
  });
});

test('no income or relief is so large that a sum of them is no amount', () => {
  const line = { source: 'labour', grossYuan: '22517998136852.47' };
  const income = stateIncomeInput.safeParse({ ...asked, items: [line, line] });
  expect(income.error?.issues.map(({ path, message }) => [path.join('.'), message])).toContainEqual([
    'items.0.grossYuan',
    'amount-too-large',
  ]);
  const relief = recordReliefInput.safeParse({ ...asked, receivedOn: '2026-05-01', certificate: '回执', amountYuan: '22517998136852.47' });
  expect(relief.error?.issues.map(({ path, message }) => [path.join('.'), message])).toContainEqual(['amountYuan', 'amount-too-large']);
});

test('a statement of an earlier year does not take the place of a later one', async () => {
  const id = await family(rich);
  const earlier = addMonths(today(), -24);
  await sign(id, addMonths(earlier, -12), addDays(earlier, -1), 0).catch(() => undefined);
  expect((await findSignedStatement(system, id))?.to).toBe(addDays(today(), -1));
  await expect(requestAid(cadre, { requestKey: requestKey(), household: id })).rejects.toMatchObject({ code: 'aid.not-eligible' });
});

test('a statement of three years ago is no ground for aid today', async () => {
  const id = await family({ heads: 3, income: { labour: 10_000 } });
  clock.advance(3 * 365 * 86_400_000);
  await expect(requestAid(cadre, { requestKey: requestKey(), household: id })).rejects.toMatchObject({ code: 'aid.income-too-old' });
});

test('a statement opens aid for the days that the county lets pass, and not on the day after', async () => {
  const poor = { heads: 3, income: { labour: 10_000 } };
  const [inTime, late] = [await family(poor), await family(poor)];
  const { to = '' } = (await findSignedStatement(system, late)) ?? {};
  clock.advance(90 * 86_400_000);
  expect((await requestAid(cadre, { requestKey: requestKey(), household: inTime })).state.name).toBe('screened');
  clock.advance(86_400_000);
  await expect(requestAid(cadre, { requestKey: requestKey(), household: late })).rejects.toMatchObject({
    code: 'aid.income-too-old',
    details: { to },
  });
  const now = today();
  await sign(late, addMonths(now, -12), addDays(now, -1), 10_000); // stated anew, it does
  expect((await requestAid(cadre, { requestKey: requestKey(), household: late })).state.name).toBe('screened');
});
