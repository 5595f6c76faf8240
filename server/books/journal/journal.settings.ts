import { z } from '../../platform/validation/zod';
import { defineSetting } from '../../settings';
import { readCodeRows, writeCodeRows } from './account-codes';

const wrong = { error: 'setting.not-a-table' };
const zRow = z.object({
  account: z.string(wrong).regex(/^[A-Za-z][A-Za-z0-9._~@:-]{0,119}$/, wrong),
  code: z.string(wrong).regex(/^[0-9A-Za-z.-]{1,20}$/, wrong),
  name: z.string(wrong).min(1, wrong).max(40, wrong),
});

/** The accountant's codes for the monthly journal (sample: chart of the accounting system for non-profit bodies). */
export const journalAccounts = defineSetting({
  name: 'journal.accounts',
  room: 'books',
  unit: 'table',
  schema: z
    .array(zRow)
    .max(200)
    .refine((rows) => new Set(rows.map(({ account }) => account)).size === rows.length, wrong),
  sample: [
    { account: 'cash', code: '1001', name: '现金' },
    { account: 'bank', code: '1002', name: '银行存款' },
    { account: 'cashInTransit', code: '1009', name: '其他货币资金' },
    { account: 'provider', code: '1009', name: '其他货币资金' },
    { account: 'cashDifference', code: '1122', name: '其他应收款' },
    { account: 'uncovered', code: '1122', name: '其他应收款' },
    { account: 'stock', code: '1201', name: '存货' },
    { account: 'goodsHeld', code: '1201', name: '存货' },
    { account: 'payable', code: '2209', name: '其他应付款' },
    { account: 'transit', code: '2209', name: '其他应付款' },
    { account: 'refund', code: '2209', name: '其他应付款' },
    { account: 'disputed', code: '2209', name: '其他应付款' },
    { account: 'gift', code: '3102', name: '限定性净资产' },
    { account: 'goodsGift', code: '3102', name: '限定性净资产' },
    { account: 'givenGoods', code: '3102', name: '限定性净资产' },
    { account: 'income', code: '3102', name: '限定性净资产' },
    { account: 'restriction', code: '3102', name: '限定性净资产' },
    { account: 'roster', code: '3102', name: '限定性净资产' },
    { account: 'goodsReceived', code: '4201', name: '捐赠收入' },
    { account: 'givenOut', code: '5101', name: '业务活动成本' },
    { account: 'exchange', code: '5401', name: '其他费用' },
  ],
  text: { read: readCodeRows, write: writeCodeRows },
});
