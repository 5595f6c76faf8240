import request from 'supertest';
import { endCampaigns, gift as giftLot, recordBankGift } from '../../server/donations';
import { draftCampaignInput } from '../../server/donations/campaigns/campaigns.inputs';
import { draftCampaign } from '../../server/donations/campaigns/draft-campaign';
import { openCampaign } from '../../server/donations/campaigns/open-campaign';
import { bankGiftInput } from '../../server/donations/staff.inputs';
import { Certificate } from '../../server/funds/certificate.model';
import { FiledPlan } from '../../server/funds/filed-plan.model';
import type { Context } from '../../server/kernel/context';
import { AppError } from '../../server/kernel/errors';
import { findAccountOrThrow } from '../../server/ledger';
import { signingCode } from '../support/signing';
import { useGivingCounty } from './giving-county';

const county = useGivingCounty();
const manager = (id: string): Context => ({
  ...county.ctx,
  actor: { id, kind: 'person', grants: [{ role: 'fundManager', scope: '130499' }] },
});
const opened = async (number: string, by: Context) => openCampaign(by, { number, code: await signingCode(by) });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
let count = 0;
const drafted = async (fields: Record<string, string> = {}) => {
  count += 1;
  const [certificate, plan] = [await Certificate.findOne({}).lean(), await FiledPlan.findOne({}).lean()];
  return draftCampaign(
    manager('usr_first'),
    draftCampaignInput.parse({
      requestKey: `campaign-${count}`,
      title: '秋季助学',
      titleEn: 'Schooling in autumn',
      story: '为四十名学生凑齐下学期的费用',
      goal: '1000.00',
      from: '2026-11-20',
      to: '2026-12-20',
      purpose: 'schooling',
      certificate: certificate?._id,
      plan: plan?._id,
      ...fields,
    }),
  );
};
let serial = 0;
/** The transfer of a gift that was announced. */
const arrive = (giftNumber: string, amount: string) => {
  serial += 1;
  const finance = { ...county.ctx, actor: { id: 'usr_finance', kind: 'person', grants: [{ role: 'financeOfficer', scope: '130499' }] } };
  const fields = { requestKey: `arrived-${serial}`, bankSerial: `NSH-K-${serial}`, receivedOn: '2026-11-24', checkedGiver: 'on' };
  return recordBankGift(finance as Context, bankGiftInput.parse({ ...fields, giftNumber, amount }));
};

test('an appeal opens by two and with both papers only; what it brings is tied to its purpose, and only what has arrived counts', async () => {
  const first = await drafted({ plan: '' });
  expect(await codeOf(opened(first.number, manager('usr_second')))).toBe('campaign.papers');
  const { number } = await drafted();
  expect(await codeOf(opened(number, manager('usr_first')))).toBe('rule.same-person');
  const give = (key: string) =>
    county.give({ requestKey: key, campaign: number, method: 'transfer', purpose: 'general', amount: '800.00' });
  expect((await give('give-before-open')).body.code).toBe('campaign.closed');
  await opened(number, manager('usr_second'));

  const [one, two] = [await give('give-to-campaign-1').expect(201), await give('give-to-campaign-2').expect(201)];
  const browse = (path: string) => request(county.app).get(path).expect(200);
  expect((await browse(`/campaigns/${number}`)).text).toContain('¥0.00');
  await arrive(one.body.number, '800.00');
  const page = (await browse(`/campaigns/${number}`)).text;
  expect(page).toContain('<b>80%</b>');
  expect(page).toContain('离目标还差 ¥200.00');
  expect((await findAccountOrThrow(county.ctx, giftLot(one.body.number))).pool).toBe('restriction:schooling');

  await arrive(two.body.number, '800.00');
  const full = (await browse(`/campaigns/${number}`)).text;
  expect(full).toContain('目标已经达到');
  expect(full).toContain('比目标多 ¥600.00');
  expect(full).toContain('结转下一年度同一用途');
  expect((await browse('/give')).text).toContain('秋季助学');
  expect((await browse(`/give?campaign=${number}`)).text).toContain(`name="campaign" value="${number}"`);
});

test('nobody can give to it after its last day, before any job has run; the job ends it once', async () => {
  const { number } = await drafted({ to: '2026-11-25' });
  await opened(number, manager('usr_second'));
  county.practice.clock.advance(3 * 86_400_000);
  const late = await county.give({ requestKey: 'give-too-late', campaign: number, method: 'transfer' });
  expect([late.status, late.body.code]).toEqual([409, 'campaign.closed']);
  expect(await endCampaigns(county.ctx)).toBeGreaterThanOrEqual(1);
  expect(await endCampaigns(county.ctx)).toBe(0);
});
