import {
  acceptGoods,
  askVoidSlip,
  beginCount,
  confirmVoidSlip,
  countCash,
  depositCash,
  explainDifference,
  inspectGoods,
  issueReceipt,
  offerGoods,
  openCounter,
  refuseGoods,
  seeDifference,
  takeCash,
  valueGoods,
} from '../../server/donations';
import { countCashInput, depositInput, takeCashInput } from '../../server/donations/counter/counter.inputs';
import { inspectGoodsInput, offerGoodsInput, valueGoodsInput } from '../../server/donations/goods/goods.inputs';
import { shelveGivenGoods } from '../../server/supermarket';
import { findProducts } from '../../server/supermarket/find-shops';
import { organisations } from './cast';
import type { County } from './found-county';
import type { Stage } from './stage';

const hall = { name: '慈善总会一楼窗口', code: 'XJA' };
const service = { name: '县政务大厅窗口', code: 'XJB' };

interface Taken {
  amount: string;
  giver: 'person' | 'organisation' | 'anonymous';
  payerName?: string;
  creditCode?: string;
  purpose?: string;
}

/** The paper of the deposit that the bank's statement of the sample names. */
export const depositPaper = 'XC20260018';
export const depositYuan = '1370.00';

/** Two counters: a day that agrees and went to the bank, a day with a difference that two people saw, one that waits for the second. */
export async function cashAtCounters(stage: Stage): Promise<void> {
  stage.moveTo(stage.daysAgo(8));
  const first = await openCounter(stage.as('manager-1'), hall);
  const other = await openCounter(stage.as('manager-1'), service);
  const [, , union] = organisations;
  await takeAll(stage, first._id, [
    { amount: '500', giver: 'person', payerName: '王秀兰' },
    { amount: '820', giver: 'organisation', payerName: union.name, creditCode: union.creditCode, purpose: 'illness' },
    { amount: '50', giver: 'anonymous' },
  ]);
  const slips = await takeAll(stage, first._id, [{ amount: '100', giver: 'person', payerName: '李国强' }]);
  const [wrong] = slips;
  await askVoidSlip(stage.as('finance-1'), { id: wrong?._id ?? '', reason: '捐赠人当场改成网上捐' });
  const { counterDay } = await confirmVoidSlip(stage.as('finance-2'), { id: wrong?._id ?? '' });
  await count(stage, counterDay, { n10000: 13, n5000: 1, n2000: 1 });
  await deposit(stage, first._id, depositYuan, depositPaper);
  await dayWithDifference(stage, other._id, true);
  await deposit(stage, other._id, '410.00', 'XC20260019'); // the statement does not have it yet
}

/** The day before today: the first counter agrees, the second waits for somebody to see what is missing. */
export async function cashOfYesterday(stage: Stage): Promise<void> {
  stage.moveTo(stage.daysAgo(1), 60);
  const first = await openCounter(stage.as('manager-1'), hall);
  const other = await openCounter(stage.as('manager-1'), service);
  const [slip] = await takeAll(stage, first._id, [
    { amount: '200', giver: 'person', payerName: '赵桂英', purpose: 'elders' },
    { amount: '66.60', giver: 'anonymous' },
  ]);
  await count(stage, slip?.counterDay ?? '', { n10000: 2, n5000: 1, n1000: 1, n500: 1, n100: 1, n50: 1, n10: 1 });
  await dayWithDifference(stage, other._id, false);
}

async function dayWithDifference(stage: Stage, counter: string, isSeen: boolean): Promise<void> {
  const [slip] = await takeAll(stage, counter, [
    { amount: '300', giver: 'person', payerName: '孙玉梅' },
    { amount: '120', giver: 'person', payerName: '周德胜' },
  ]);
  const id = slip?.counterDay ?? '';
  await count(stage, id, { n10000: 4, n1000: 1 });
  await explainDifference(stage.as('finance-1'), { id, explanation: '给周德胜找零时多找了十元，已打电话核对' });
  if (isSeen) await seeDifference(stage.as('finance-3'), { id });
}

async function deposit(stage: Stage, counter: string, amount: string, paper: string): Promise<void> {
  await depositCash(stage.as('finance-1'), depositInput.parse({ requestKey: stage.key('deposit'), counter, amount, paper }));
}

async function takeAll(stage: Stage, counter: string, taken: readonly Taken[]) {
  const slips = [];
  for (const one of taken) {
    const input = takeCashInput.parse({ requestKey: stage.key('cash'), counter, donorKind: 'tradeUnion', showName: 'on', ...one });
    slips.push(await takeCash(stage.as('finance-1'), input));
  }
  return slips;
}

async function count(stage: Stage, id: string, pieces: Record<string, number>): Promise<void> {
  await beginCount(stage.as('finance-1'), { id });
  await countCash(stage.as('finance-1'), countCashInput.parse({ id, ...pieces }));
}

type State = 'offered' | 'inspected' | 'accepted' | 'refused' | 'valued' | 'shelved';

interface Goods {
  until: State;
  by: (typeof organisations)[number];
  lines: readonly { name: string; unit: string; quantity: number; declared?: string; evidence?: string; price?: string; usable?: number }[];
}

/** Goods that the organisations of the sample offer, one in each state. */
export async function goodsInKind(stage: Stage, county: County): Promise<void> {
  stage.moveTo(stage.daysAgo(7), 120);
  const [hengtong, fengshou, union, women] = organisations;
  const rice = { name: '大米 5 公斤', unit: '袋', quantity: 200, declared: '13000', evidence: '发票 24110518', price: '59.80' };
  const all: readonly Goods[] = [
    {
      until: 'shelved',
      by: women,
      lines: [{ name: '毛巾', unit: '条', quantity: 60, declared: '480', evidence: '发票 24110602', price: '7.50' }],
    },
    { until: 'valued', by: fengshou, lines: [rice, { name: '旧图书', unit: '本', quantity: 30 }] },
    { until: 'accepted', by: hengtong, lines: [{ name: '作业本', unit: '包', quantity: 80, declared: '480', evidence: '发票 24111201' }] },
    { until: 'refused', by: union, lines: [{ name: '棉被', unit: '床', quantity: 12, declared: '1800', usable: 0 }] },
    { until: 'inspected', by: hengtong, lines: [{ name: '食用油 5 升', unit: '桶', quantity: 40, declared: '2400', usable: 38 }] },
    { until: 'offered', by: fengshou, lines: [{ name: '陈醋', unit: '箱', quantity: 20, declared: '1920', evidence: '发票 24111903' }] },
  ];
  for (const one of all) await bring(stage, county, one);
}

/** Brings one offer as far as it goes. */
export async function bring(stage: Stage, county: County, { until, by, lines }: Goods): Promise<void> {
  const offered = offerGoodsInput.parse({
    requestKey: stage.key('goods'),
    giver: 'organisation',
    organisationName: by.name,
    creditCode: by.creditCode,
    contactName: by.contact,
    phone: by.mobile,
    showName: 'on',
    lines: lines.map(({ price, usable, ...line }) => line),
  });
  const { _id: id } = await offerGoods(stage.system, offered);
  if (until === 'offered') return;
  const seen = lines.map(({ quantity, usable = quantity }, line) => ({ line, usable, ...(usable < quantity && { quality: '部分受潮' }) }));
  await inspectGoods(stage.as('finance-1'), inspectGoodsInput.parse({ id, lines: seen }));
  if (until === 'inspected') return;
  if (until === 'refused') {
    await refuseGoods(stage.as('manager-1'), { id, reason: '棉被受潮发霉，不能给家庭使用，请取回。' });
    return;
  }
  await acceptGoods(stage.as('manager-1'), { id });
  if (until === 'accepted') return;
  const values = lines.map(({ price, evidence }, line) => ({ line, ...(price !== undefined && { unitPrice: price, evidence }) }));
  const { gift } = await valueGoods(stage.as('finance-2'), valueGoodsInput.parse({ id, lines: values }));
  if (gift) await issueReceipt(stage.system, { gift });
  if (until === 'shelved') await shelve(stage, county, id, lines[0]?.quantity ?? 0);
}

async function shelve(stage: Stage, county: County, offer: string, quantity: number): Promise<void> {
  const product = (await findProducts(stage.system)).find(({ good }) => good === 'towel');
  const shop = county.shops['shop-liushu']?.id ?? '';
  await shelveGivenGoods(stage.system, {
    requestKey: stage.key('shelve'),
    shop,
    given: `${offer}:0`,
    quantity,
    product: product?._id ?? '',
    pieces: quantity,
  });
}
