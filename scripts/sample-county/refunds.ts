import { approveRefund } from '../../server/donations/refunds/approve-refund';
import { askRefund } from '../../server/donations/refunds/ask-refund';
import { recordRefundTransfer } from '../../server/donations/refunds/record-refund-transfer';
import { askRefundInput } from '../../server/donations/refunds/refunds.inputs';
import { organisations } from './cast';
import type { Stage } from './stage';
import { recordGift } from './year-of-giving';

const [hengtong, , union, youth] = organisations;

/** Three organisations paid twice: one has its money back, for one the transfer is to be made, one waits for the second person. */
export async function workOnRefunds(stage: Stage): Promise<void> {
  const day = stage.daysAgo(45);
  stage.moveTo(day);
  const asked: string[] = [];
  for (const [at, giver] of [hengtong, union, youth].entries()) {
    if (!giver) continue;
    const yuan = [3_000, 8_000, 2_000][at] ?? 0;
    const gift = await recordGift(stage, day, giver, yuan, 'general', 9101 + at);
    const refund = await askRefund(
      stage.as('finance-1'),
      askRefundInput.parse({
        requestKey: stage.key('refund'),
        number: gift.number,
        amount: String(yuan),
        reason: 'duplicate',
        note: '单位来函：同一笔捐款汇了两次，请退回第二笔',
      }),
    );
    asked.push(refund._id);
  }
  const [done, approved] = asked;
  for (const id of [done, approved]) {
    if (id) await approveRefund(stage.as('manager-1'), undefined, { id, code: await stage.signingCode('manager-1') });
  }
  if (done) await recordRefundTransfer(stage.as('finance-1'), { id: done, bankSerial: `HNSH${day.replaceAll('-', '')}RF01` });
}
