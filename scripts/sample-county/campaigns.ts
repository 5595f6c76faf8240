import { draftCampaign, openCampaign, openGift, recordBankGift } from '../../server/donations';
import { draftCampaignInput } from '../../server/donations/campaigns/campaigns.inputs';
import { giveInput } from '../../server/donations/give.inputs';
import { bankGiftInput } from '../../server/donations/staff.inputs';
import { papersFrom } from '../../server/funds';
import { addDays, type LocalDate, shanghaiDay } from '../../server/kernel/local-date';
import { organisations } from './cast';
import type { Stage } from './stage';

const winter = {
  title: '温暖过冬',
  titleEn: 'A warm winter',
  story: '为两个乡镇的困难老人备好棉被、煤和过冬的粮油。\n每一笔用在哪个村，这一页和捐赠页都能看到。',
  purpose: 'elders',
  goal: '30000.00',
};
const schooling = {
  title: '秋季助学',
  titleEn: 'Schooling in autumn',
  story: '开学以前，为困难家庭的学生凑齐书本和住宿的钱。',
  purpose: 'schooling',
  goal: '10000.00',
};
const harvest = {
  ...winter,
  title: '春耕帮扶',
  titleEn: 'Help for spring ploughing',
  story: '为缺劳力的家庭备好种子和化肥。',
  purpose: 'general',
  goal: '20000.00',
};

/** One that has reached its goal and is over, one that runs, and a draft that waits for its filed plan. */
export async function openCampaigns(stage: Stage): Promise<void> {
  const day = shanghaiDay(stage.clock.now());
  const ended = await opened(stage, schooling, day, addDays(day, 2));
  const running = await opened(stage, winter, addDays(day, 1), addDays(stage.today, 30));
  await given(stage, ended, ['6000.00', '5200.00']);
  stage.moveTo(addDays(day, 3));
  await given(stage, running, ['5000.00', '3000.00', '10000.00']);
  await drafted(stage, harvest, addDays(stage.today, 60), addDays(stage.today, 90), false);
}

async function opened(stage: Stage, what: typeof winter, from: LocalDate, to: LocalDate): Promise<string> {
  const { number } = await drafted(stage, what, from, to, true);
  await openCampaign(stage.as('manager-2'), { number, code: await stage.signingCode('manager-2') });
  return number;
}

async function drafted(stage: Stage, what: typeof winter, from: LocalDate, to: LocalDate, hasPlan: boolean) {
  const { certificates, plans } = await papersFrom(stage.system, from);
  const papers = { certificate: certificates[0]?._id, ...(hasPlan && { plan: plans[0]?._id }) };
  return draftCampaign(
    stage.as('manager-1'),
    draftCampaignInput.parse({ requestKey: stage.key('campaign'), ...what, from, to, ...papers }),
  );
}

/** Gifts that organisations announce on the campaign's page and then transfer. */
async function given(stage: Stage, campaign: string, sums: readonly string[]): Promise<void> {
  for (const [at, amount] of sums.entries()) {
    const giver = organisations[at % organisations.length] ?? organisations[0];
    const asked = { amount, campaign, giver: 'organisation', organisationName: giver.name, creditCode: giver.creditCode };
    const contact = { contactName: giver.contact, phone: giver.mobile, showName: 'on', method: 'transfer' };
    const gift = await openGift(stage.system, giveInput.parse({ requestKey: stage.key('given'), ...asked, ...contact }));
    const today = stage.clock.now().toISOString().slice(0, 10);
    const arrived = {
      requestKey: stage.key('arrived'),
      bankSerial: `HNC${campaign.slice(-3)}${at}${today.replaceAll('-', '')}`,
      receivedOn: today,
    };
    await recordBankGift(stage.as('finance-2'), bankGiftInput.parse({ ...arrived, amount, giftNumber: gift.number, checkedGiver: 'on' }));
  }
}
