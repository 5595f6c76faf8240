import { awaitInstalment, recordBankGift, recordPledge } from '../../server/donations';
import { addDays, shanghaiDay } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { organisations } from './cast';
import type { Stage } from './stage';

const instalmentFen = fen(20_000_00);

/** A donation agreement of the company: one instalment has come, one is late, one is due soon. Gives its id. */
export async function promiseInstalments(stage: Stage): Promise<string> {
  const [company] = organisations;
  const finance = stage.as('finance-1');
  stage.moveTo(addDays(shanghaiDay(stage.clock.now()), 2));
  const signedOn = shanghaiDay(stage.clock.now());
  const paidOn = addDays(signedOn, 3);
  const days = [paidOn, stage.daysAgo(12), stage.daysAgo(-10)];
  const pledge = await recordPledge(finance, {
    requestKey: stage.key('pledge'),
    kind: 'agreement',
    paper: '和慈捐协〔2026〕011 号（演示）',
    signedOn,
    purpose: 'schooling',
    place: undefined,
    total: fen(instalmentFen * days.length),
    instalments: days.map((dueOn) => ({ dueOn, amount: instalmentFen })),
    inKind: [],
    showName: true,
    donorKind: company.kind,
    payerName: company.name,
    creditCode: company.creditCode,
    contactName: company.contact,
    phone: company.mobile,
  });
  const awaited = await awaitInstalment(finance, pledge, 1);
  stage.moveTo(paidOn);
  await recordBankGift(stage.as('finance-2'), {
    requestKey: stage.key('gift'),
    bankSerial: `NSH${paidOn.replaceAll('-', '')}8801`,
    receivedOn: paidOn,
    amount: instalmentFen,
    giftNumber: awaited.number,
    checkedGiver: true,
    donorKind: company.kind,
    payerName: undefined,
    creditCode: undefined,
    purpose: 'schooling',
    place: undefined,
    lastDay: undefined,
    showName: true,
  });
  return pledge._id;
}
