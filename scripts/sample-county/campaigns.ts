import { draftCampaign, openCampaign, openGift, recordBankGift } from '../../server/donations';
import { draftCampaignInput } from '../../server/donations/campaigns/campaigns.inputs';
import { giveInput } from '../../server/donations/give.inputs';
import { bankGiftInput } from '../../server/donations/staff.inputs';
import { confirmPaper, papersFrom, proposeFiledPlan } from '../../server/funds';
import { filedPlanInput } from '../../server/funds/papers/papers.inputs';
import { addDays, type LocalDate, shanghaiDay } from '../../server/kernel/local-date';
import { organisations } from './cast';
import { whoAsks } from './found-county';
import type { Stage } from './stage';

const winter = {
  title: '温暖过冬',
  titleEn: 'A warm winter',
  story: '为两个乡镇的困难老人备好棉被、煤和过冬的粮油。\n每一笔用在哪个村，这一页和捐赠页都能看到。',
  storyEn:
    'Quilts, coal, grain and oil for old people in need in two townships, before the winter comes.\nThis page and the page of each gift say which village has what.',
  purpose: 'elders',
  goal: '30000.00',
  plan: '和慈备〔2026〕021 号（演示）',
};
type Appeal = Omit<typeof winter, 'storyEn'> & { storyEn?: string };
const schooling = {
  title: '秋季助学',
  titleEn: 'Schooling in autumn',
  story: '开学以前，为困难家庭的学生凑齐书本和住宿的钱。',
  purpose: 'schooling',
  goal: '10000.00',
  plan: '和慈备〔2026〕020 号（演示）',
};
const harvest = {
  ...winter,
  title: '春耕帮扶',
  titleEn: 'Help for spring ploughing',
  story: '为缺劳力的家庭备好种子和化肥。',
  storyEn: 'Seed and fertiliser for families that are short of hands.',
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
  await drafted(stage, harvest, addDays(stage.today, 60), addDays(stage.today, 90));
}

async function opened(stage: Stage, what: Appeal, from: LocalDate, to: LocalDate): Promise<string> {
  const plan = await filed(stage, what, from, to);
  const { number } = await drafted(stage, what, from, to, plan);
  await openCampaign(stage.as('manager-2'), { number, revision: 0, code: await stage.signingCode('manager-2') });
  return number;
}

async function drafted(stage: Stage, { plan: _number, ...what }: Appeal, from: LocalDate, to: LocalDate, plan?: string) {
  const { certificates } = await papersFrom(stage.system, from);
  const papers = { certificate: certificates[0]?._id, ...(plan && { plan }) };
  return draftCampaign(
    stage.as('manager-1'),
    draftCampaignInput.parse({ requestKey: stage.key('campaign'), ...what, from, to, ...papers }),
  );
}

/** The filed plan of one campaign: a campaign stands on no other. */
async function filed(stage: Stage, { plan: number, title, story }: Appeal, from: LocalDate, to: LocalDate): Promise<string | undefined> {
  const said = { number, name: `${title}募捐`, serves: 'campaign', purpose: title, from, to, filedOn: addDays(from, -14) };
  const uses = {
    beneficiaries: '两个乡镇的困难家庭',
    use: story.replaceAll('\n', ''),
    cost: '不从捐款里开支',
    surplus: '转入相近用途并公开',
  };
  const { _id: id } = await proposeFiledPlan(
    stage.as('finance-1'),
    filedPlanInput.parse({ requestKey: stage.key('plan'), ...said, ...whoAsks, ...uses, scan: `档案 ${number}` }),
  );
  await confirmPaper(stage.as('manager-1'), { id, code: await stage.signingCode('manager-1') });
  const { plans } = await papersFrom(stage.system, from);
  return plans.find((plan) => plan.number === number)?._id;
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
