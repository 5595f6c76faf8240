import '../../server/books'; // for its number of policy
import { confirmPaper, proposeCertificate, proposeFiledPlan } from '../../server/funds';
import { certificateInput, filedPlanInput } from '../../server/funds/papers/papers.inputs';
import { registerPerson } from '../../server/identity';
import { divisionCode } from '../../server/kernel/division-code';
import { addDays } from '../../server/kernel/local-date';
import { addPointRule } from '../../server/points';
import { enactSamples } from '../../server/settings';
import { addProduct, openShop } from '../../server/supermarket';
import '../../server/transparency'; // for its number of policy
import { charity, county, type Officer, officers, shops } from './cast';
import type { Stage } from './stage';

/** Ids of what the county has from its first day. */
export interface County {
  shops: Record<string, { id: string; village: string }>;
  products: Record<string, { id: string; points: number; costFen: number }>;
  rules: { id: string; score: number }[];
}

export const demoPassword = 'demo-warm-heart';
const sourceDoc = '和防贫办〔2025〕18 号（演示）';

/** Officers, numbers of policy, papers that allow giving, shops, products and the rule book. */
export async function foundCounty(stage: Stage): Promise<County> {
  const { system } = stage;
  for (const officer of officers.filter(({ role }) => role !== 'shopClerk')) await appoint(stage, officer);
  await enactSamples({ proposer: stage.as('admin'), confirmer: stage.as('manager-1'), scope: divisionCode(county), sourceDoc });

  const opened = await openShops(stage);
  for (const officer of officers.filter(({ role }) => role === 'shopClerk')) {
    await appoint(stage, { ...officer, scope: opened[officer.scope]?.id ?? '' });
  }
  await recordPapers(stage);

  const products: County['products'] = {};
  for (const [rank, product] of goodsOfShops.entries()) {
    const { good, name, pack, category, points, costFen } = product;
    const id = await addProduct(system, { requestKey: `product-${good}`, name, pack, good, category, points, rank: rank + 1 });
    products[good] = { id, points, costFen };
  }
  const rules: County['rules'] = [];
  for (const [rank, rule] of ruleBook.entries()) {
    const id = await addPointRule(system, {
      requestKey: `rule-${rank + 1}-of-book`,
      ...rule,
      rank: rank + 1,
      sourceDoc: '柳树村积分细则（演示）',
    });
    rules.push({ id, score: rule.score });
  }
  return { shops: opened, products, rules };
}

async function appoint(stage: Stage, { key, name, mobile, role, scope, also }: Officer): Promise<void> {
  const grants = [scope, ...(also ? [also] : [])].map((place) => ({ role, scope: place }));
  const secret = secretOf(mobile);
  const user = await registerPerson(stage.system, {
    name,
    mobile,
    password: demoPassword,
    grants,
    secondFactorSecret: secret,
    requestKey: `officer-${key}`,
  });
  stage.enter(key, user._id, grants, secret);
}

/** A secret of an authenticator app that follows from the mobile: worth nothing outside the demonstration. */
function secretOf(mobile: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return [...mobile.repeat(3)]
    .map((digit, place) => alphabet[(Number(digit) * 7 + place * 11) % 32])
    .join('')
    .slice(0, 32);
}

async function openShops(stage: Stage): Promise<County['shops']> {
  const opened: County['shops'] = {};
  for (const [index, { key, name, village }] of shops.entries()) {
    const id = await openShop(stage.system, {
      requestKey: `open-${key}`,
      name,
      village: divisionCode(village),
      code: `S${String(index + 1).padStart(2, '0')}`,
      phone: `0310-555-01${index + 1}0`,
    });
    opened[key] = { id, village };
  }
  return opened;
}

/** Who asks the public and where the money goes, the same in each filed plan of the county. */
export const whoAsks = {
  area: county,
  person: '韩冬',
  ways: ['online', 'bankTransfer'],
  accountHolder: charity,
  accountBank: '和安农商银行营业部',
  accountNumber: '6200000000000000',
};

async function recordPapers(stage: Stage): Promise<void> {
  const finance = stage.as('finance-1');
  const certificate = await proposeCertificate(
    finance,
    certificateInput.parse({
      requestKey: 'certificate-of-sample',
      number: '慈募证字 2024-0018 号（演示）',
      holder: charity,
      authority: '和安县民政局',
      validFrom: addDays(stage.firstDay, -400),
      validTo: addDays(stage.today, 700),
      scan: '档案 2024-募-014（演示）',
    }),
  );
  const plan = await proposeFiledPlan(
    finance,
    filedPlanInput.parse({
      requestKey: 'filed-plan-of-sample',
      number: '和慈备〔2026〕003 号（演示）',
      name: '公益防贫基金常年募捐',
      serves: 'general',
      purpose: '帮助各项政策落实后仍有困难的家庭',
      from: addDays(stage.firstDay, -30),
      to: addDays(stage.today, 400),
      ...whoAsks,
      beneficiaries: '和安县边缘户、不稳定脱贫户',
      use: '一次性补差、暖心超市货品',
      cost: '管理费用不超过年度支出的 10%',
      surplus: '转入相近目的的项目并公开',
      filedOn: addDays(stage.firstDay, -45),
      scan: '档案 2025-备-003（演示）',
    }),
  );
  for (const { _id: id } of [certificate, plan])
    await confirmPaper(stage.as('manager-1'), { id, code: await stage.signingCode('manager-1') });
}

const goodsOfShops = [
  { good: 'rice', name: '大米', pack: '5 公斤', category: 'food', points: 30, costFen: 2990 },
  { good: 'oil', name: '食用油', pack: '5 升', category: 'food', points: 60, costFen: 5980 },
  { good: 'washing-powder', name: '洗衣粉', pack: '1 袋', category: 'household', points: 12, costFen: 1180 },
  { good: 'soap', name: '香皂', pack: '1 块', category: 'household', points: 4, costFen: 320 },
  { good: 'towel', name: '毛巾', pack: '1 条', category: 'household', points: 8, costFen: 750 },
  { good: 'vinegar', name: '陈醋', pack: '2 瓶', category: 'food', points: 10, costFen: 960 },
  { good: 'salt', name: '食盐', pack: '2 袋', category: 'food', points: 3, costFen: 280 },
  { good: 'quilt', name: '棉被', pack: '1 床', category: 'bedding', points: 100, costFen: 9600 },
  { good: 'milk', name: '纯牛奶', pack: '1 箱', category: 'food', points: 40, costFen: 3980 },
  { good: 'notebook', name: '作业本', pack: '10 本', category: 'stationery', points: 6, costFen: 560 },
] as const;

const ruleBook = [
  { head: 'service', item: '村里清扫', score: 10 },
  { head: 'home', item: '庭院干净', score: 5 },
  { head: 'work', item: '出工务农', score: 12 },
  { head: 'filial', item: '照顾老人', score: 15 },
  { head: 'neighbour', item: '帮邻居', score: 10 },
  { head: 'learning', item: '参加培训', score: 8 },
  { head: 'service', item: '调解纠纷', score: 20 },
] as const;
