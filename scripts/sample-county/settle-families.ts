import {
  checkBankAccount,
  confirmHousehold,
  enterBankAccount,
  type IncomeSource,
  issueCard,
  type MonitoredGroup,
  monitorHousehold,
  registerHousehold,
  signIncome,
  stateIncome,
  verifyIncome,
} from '../../server/households';
import type { Cause } from '../../server/kernel/causes';
import { divisionCode } from '../../server/kernel/division-code';
import { addDays, addMonths, localDate, shanghaiDay } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { offerDemoCards } from '../../server/kiosk';
import { answerRelief, type ReliefKind, recordRelief, referRelief } from '../../server/relief';
import { families, hewan, villages } from './cast';
import { inventedId } from './resident-id';
import { type Stage, together } from './stage';

export interface Family {
  id: string;
  key: string;
  head: string;
  village: string;
  heads: number;
  card: string;
}

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'.split('');
const givenNames = [
  '桂英',
  '玉兰',
  '建军',
  '秀珍',
  '国强',
  '凤英',
  '志明',
  '淑芬',
  '海涛',
  '春生',
  '小燕',
  '长山',
  '红梅',
  '福来',
  '永胜',
  '翠花',
];

const womensNames = new Set(['桂英', '玉兰', '秀珍', '凤英', '淑芬', '小燕', '红梅', '翠花', '春梅', '敏']);

/** Who is in charge of a village: the cadre records, the township officer confirms. */
export function officersOf(stage: Stage, village: string) {
  const [cadre, township] = village === hewan ? ['cadre-hewan', 'township-qinghe'] : ['cadre-liushu', 'township-anning'];
  return { cadre: stage.as(cadre), township: stage.as(township) };
}

/** Registers the five named families and as many more as asked, each with a card. */
export async function settleFamilies(stage: Stage, households: number): Promise<Family[]> {
  const named = families.map((one) => ({ key: one.key as string, head: one.head as string, village: one.village as string }));
  const others = Array.from({ length: Math.max(0, households - named.length) }, (_, n) => ({
    key: `family-${n + 1}`,
    head: `${stage.pick(surnames)}${stage.pick(givenNames)}`,
    village: villages[n % 2 === 0 ? 0 : 2] as string,
  }));
  const plans = [...named, ...others].map((one, n) => ({ ...one, heads: 2 + (n % 4), order: n }));
  const settled = await together(plans, (plan) => settle(stage, plan));
  await offerDemoCards(
    stage.system,
    settled.slice(0, 4).map(({ card, pin }) => ({ number: card, pin })),
  );
  return settled;
}

async function settle(stage: Stage, plan: { key: string; head: string; village: string; heads: number; order: number }) {
  const { cadre, township } = officersOf(stage, plan.village);
  const { _id: id } = await registerHousehold(cadre, {
    requestKey: `household-${plan.key}`,
    village: divisionCode(plan.village),
    phone: `138${String(10_000_000 + plan.order * 3_701).slice(0, 8)}`,
    members: membersOf(plan),
  });
  await confirmHousehold(township, { id });
  const card = await issueCard(cadre, { id, requestKey: `card-of-${plan.key}`, number: undefined });
  return { id, key: plan.key, head: plan.head, village: plan.village, heads: plan.heads, card: card.number, pin: card.pin ?? '' };
}

/** A couple with a grown son, a daughter at school and the head's father. The children bear their father's surname. */
export function membersOf({ head, heads, order }: { head: string; heads: number; order: number }) {
  const surname = head.startsWith('欧阳') ? '欧阳' : head.slice(0, 1);
  const headIsWoman = womensNames.has(head.slice(surname.length));
  const married = surnames[(surnames.indexOf(surname) + 1 + (order % 7)) % surnames.length] ?? '';
  const spouse = `${married}${headIsWoman ? '志强' : '淑芳'}`;
  const ofFather = headIsWoman ? married : surname;
  const people = [
    { relation: 'head', name: head, birth: '1968-05-12', woman: headIsWoman },
    { relation: 'spouse', name: spouse, birth: '1970-09-03', woman: !headIsWoman },
    { relation: 'child', name: `${ofFather}小军`, birth: '1998-02-21', woman: false },
    { relation: 'child', name: `${ofFather}小雨`, birth: '2010-11-30', woman: true },
    { relation: 'parent', name: `${surname}德福`, birth: '1944-07-08', woman: false },
  ] as const;
  return people.slice(0, heads).map(({ relation, name, birth, woman }, place) => ({
    name,
    relation,
    // The number's last digit before the check is odd for a man, even for a woman.
    idNumber: inventedId(addDays(localDate(birth), order), 100 + place * 2 + (woman ? 0 : 1)),
    labour: relation === 'parent' ? ('none' as const) : ('full' as const),
    student: relation === 'child' && woman,
    disabilityLevel: undefined,
  }));
}

export interface Hardship {
  group: MonitoredGroup;
  cause: Cause;
  /** Yuan of the last twelve months. */
  income: Partial<Record<IncomeSource, number>>;
  relief: Partial<Record<ReliefKind, number>>;
}

/** Makes a family a monitored one: signed income, relief received, a checked bank account. */
export async function meetHardship(stage: Stage, family: Family, { group, cause, income, relief }: Hardship): Promise<void> {
  const { cadre, township } = officersOf(stage, family.village);
  const { id } = family;
  await monitorHousehold(township, { id, group, cause });
  await signStatement(stage, family, income);
  for (const [kind, yuan] of Object.entries(relief)) await receive(stage, family, kind as ReliefKind, yuan);
  const account = passbook(stage);
  await enterBankAccount(cadre, { id, requestKey: stage.key('account'), account, holder: family.head, bank: '和安农商银行' });
  await checkBankAccount(township, { id, wholeAccount: account });
}

async function signStatement(stage: Stage, { id, village }: Family, income: Hardship['income']): Promise<void> {
  const { cadre, township } = officersOf(stage, village);
  const today = shanghaiDay(stage.clock.now());
  const statement = await stateIncome(cadre, {
    id,
    requestKey: stage.key('income'),
    from: addMonths(today, -12),
    to: addDays(today, -1),
    items: Object.entries(income).map(([source, yuan]) => ({
      source: source as IncomeSource,
      grossYuan: fen(yuan * 100),
      costYuan: fen(0),
    })),
    depreciationYuan: fen(0),
    productionTaxesYuan: fen(0),
    rigidSpendingYuan: fen(0),
  });
  await verifyIncome(township, { id, statementId: statement._id });
  await signIncome(cadre, { id, statementId: statement._id });
}

async function receive(stage: Stage, { id, village }: Family, kind: ReliefKind, yuan: number): Promise<void> {
  const { cadre } = officersOf(stage, village);
  const record = await referRelief(cadre, { requestKey: stage.key('relief'), household: id, kind, department: '县医保局' });
  await answerRelief(stage.as('department'), { id: record._id, answer: 'granted', reason: '' });
  await recordRelief(stage.as('department'), {
    id: record._id,
    requestKey: stage.key('received'),
    receivedOn: addDays(shanghaiDay(stage.clock.now()), -1),
    amountYuan: fen(yuan * 100),
    certificate: '送达回执',
  });
}

/** A passbook number: 17 digits, no card. */
function passbook(stage: Stage): string {
  return `62${String(stage.between(1_000_000, 9_999_999))}${String(stage.between(1_000_000, 9_999_999))}0`;
}
