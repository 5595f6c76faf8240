import { type BankGiftInput, inviteMember, proposeMerge, recordBankGift } from '../../server/donations';
import { shanghaiDay } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { issueReceipts } from './receipts';
import type { Stage } from './stage';

/** The kinds of mass organisation that have no people of their own here yet. Codes have right check digits and belong to nobody. */
const others = [
  { donorKind: 'youthLeague', payerName: '共青团和安县委员会', creditCode: '13130499MB00010383', yuan: 12_000, purpose: 'schooling' },
  { donorKind: 'redCross', payerName: '和安县红十字会', creditCode: '13130499MB0001046X', yuan: 30_000, purpose: 'disaster' },
  { donorKind: 'charityFederation', payerName: '滏安市慈善总会', creditCode: '51130499MJ00010536', yuan: 45_000, purpose: 'general' },
] as const;

/**
 * Gifts of the other mass organisations, and one under the name of a branch that turns out to be the county's women's federation: one
 * officer proposes to merge the two records, and a manager has to decide. The company's owner has invited a reader.
 */
export async function moreDonors(stage: Stage): Promise<void> {
  for (const { yuan, ...giver } of others) await record(stage, yuan, giver);
  const usual = { donorKind: 'womensFederation', purpose: 'general' } as const;
  const branch = await record(stage, 2_000, { ...usual, payerName: '和安县妇联（机关）', creditCode: undefined, withoutCode: true });
  const standing = await record(stage, 3_000, { ...usual, payerName: '和安县妇女联合会', creditCode: '13130499MB000102X3' });
  await issueReceipts(stage);
  await proposeMerge(stage.as('finance-1'), {
    requestKey: stage.key('merge'),
    id: branch,
    into: standing,
    reason: '机关转账时没写全称，和县妇联是同一个单位',
  });
  await inviteMember(stage.as('donor'), { requestKey: stage.key('member'), name: '周小兰', mobile: '13900005861', role: 'donorReader' });
}

let transfers = 0;

type Giver = Pick<BankGiftInput, 'donorKind' | 'payerName' | 'creditCode' | 'withoutCode' | 'purpose'>;

async function record(stage: Stage, yuan: number, giver: Giver): Promise<string> {
  transfers += 1;
  const day = shanghaiDay(stage.clock.now());
  const { donor = '' } = await recordBankGift(stage.as('finance-1'), {
    requestKey: stage.key('gift'),
    bankSerial: `NSH${day.replaceAll('-', '')}${9100 + transfers}`,
    receivedOn: day,
    amount: fen(yuan * 100),
    giftNumber: undefined,
    checkedGiver: false,
    place: undefined,
    lastDay: undefined,
    showName: true,
    ...giver,
  });
  return donor;
}
