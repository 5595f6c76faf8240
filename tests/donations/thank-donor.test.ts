import { readdirSync, readFileSync } from 'node:fs';
import {
  confirmRange,
  enterRange,
  issueReceipt,
  openGift,
  receiveGift,
  registerDonor,
  type Thanking,
  tellOfReceipt,
  thankDonor,
} from '../../server/donations';
import { giveInput } from '../../server/donations/give.inputs';
import { offerGoodsInput } from '../../server/donations/goods/goods.inputs';
import { offerGoods } from '../../server/donations/goods/offer-goods';
import { tellOfGoods } from '../../server/donations/goods/tell-of-goods';
import { removeMember } from '../../server/donations/members/change-member';
import { ownPledgeInput } from '../../server/donations/pledges/pledges.inputs';
import { recordOwnPledge } from '../../server/donations/pledges/record-pledge';
import { tellOfInstalment } from '../../server/donations/pledges/tell-of-instalment';
import { findActor } from '../../server/identity';
import { User } from '../../server/identity/user.model';
import type { Context } from '../../server/kernel/context';
import { localDate } from '../../server/kernel/local-date';
import { loadTranslator } from '../../server/platform/i18n/translator';
import { folderMessenger } from '../../server/platform/messages/folder-messenger';
import { OutboxEvent } from '../../server/platform/outbox/outbox-event.model';
import { samplePerson, testPassword } from '../support/sign-in';
import { useTemporaryFolder } from '../support/temporary-folder';
import { company, useGivingCounty } from './giving-county';

const county = useGivingCounty();
const { ctx } = county;
const folder = useTemporaryFolder();

async function thanking(): Promise<Thanking> {
  return { messenger: folderMessenger(folder), translator: await loadTranslator(), publicBaseUrl: 'https://hean.example' };
}

test('who gave is told once, in the language of the form, that the money is there and that this is not the receipt', async () => {
  const gift = await openGift({ ...ctx, locale: 'en' }, giveInput.parse({ requestKey: 'thank-0001', ...company }));
  await receiveGift(ctx, gift._id, { on: localDate('2026-11-24'), into: 'online', proof: 'cs_test_thank' });
  for (let times = 0; times < 2; times += 1) await thankDonor(ctx, await thanking(), gift._id);
  const [file, ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  const text = readFileSync(`${folder}/${file}`, 'utf8');
  expect(text).toContain('sms: 13900005821');
  expect(text).toContain(
    `Your gift of ¥10,000.00 has arrived, number ${gift.number}. See where it goes: https://hean.example/gifts/${gift.code}`,
  );
  expect(text).toContain('not the donation receipt');
});

test('who gave by transfer is told in the language of the form, too', async () => {
  const given = giveInput.parse({ requestKey: 'thank-0003', ...company, method: 'transfer' });
  for (const [locale, words] of [
    ['en', 'has arrived'],
    ['zh-CN', '已到账'],
  ] as const) {
    const gift = await openGift({ ...ctx, locale }, { ...given, requestKey: `thank-${locale}` });
    await receiveGift(ctx, gift._id, { on: localDate('2026-11-24'), into: 'bankTransfer', proof: `SERIAL-${locale}` });
    await thankDonor(ctx, await thanking(), gift._id);
    expect(readFileSync(`${folder}/gift-${gift._id}-arrived.txt`, 'utf8')).toContain(words);
  }
});

test('the message that is owed holds the id of the gift and nothing else', async () => {
  const gift = await openGift(ctx, giveInput.parse({ requestKey: 'thank-0002', ...company }));
  await receiveGift(ctx, gift._id, { on: localDate('2026-11-24'), into: 'online', proof: 'cs_test_thank_2' });
  const owed = await OutboxEvent.find({ ledger: ctx.ledger, topic: 'gift.arrived', 'payload.giftId': gift._id }).lean();
  expect(owed.map(({ payload }) => payload)).toEqual([{ giftId: gift._id }]);
});

describe('who was removed from an organisation that he registered', () => {
  const acting = async (id: string): Promise<Context> => ({ ...ctx, actor: await findActor(ctx, id) });
  const line = { amount: '100.00', purpose: 'general' };

  test('is told nothing of it any more: another owner is, and nobody when none is left', async () => {
    const officers = [
      await samplePerson(ctx, [{ role: 'financeOfficer', scope: '130499' }]),
      await samplePerson(ctx, [{ role: 'financeOfficer', scope: '130499' }]),
    ];
    const [one, two] = [await acting(officers[0]?._id ?? ''), await acting(officers[1]?._id ?? '')];
    const numbers = { code: '1304990155', first: '0000000001', last: '0000000099', itemCode: '501010' };
    const range = await enterRange(one, { requestKey: 'range-left-1', payee: '和安县慈善总会', sourceDoc: '领用单', ...numbers });
    await confirmRange(two, { id: range._id });
    const { _id: donor, registeredBy = '' } = await registerDonor(ctx, {
      requestKey: 'left-union',
      kind: 'tradeUnion',
      name: '安宁镇工会',
      creditCode: '53130434MJ0000018Y',
      contactName: '宋洁',
      mobile: '13900007771',
      password: testPassword,
    });
    const owner = await samplePerson(ctx, [{ role: 'donorOwner', scope: donor }], { secondFactor: false });
    const first = await acting(registeredBy);
    const gift = await openGift(first, giveInput.parse({ requestKey: 'left-gift', ...line, giver: 'member', method: 'transfer' }));
    await receiveGift(one, gift._id, { on: localDate('2026-11-24'), into: 'bankTransfer', proof: 'LEFT-1' });
    const receipt = await issueReceipt(one, { gift: gift._id });
    const offered = { requestKey: 'left-goods', giver: 'member', lines: [{ name: '棉被', unit: '条', quantity: '3' }] };
    const goods = await offerGoods(first, offerGoodsInput.parse(offered));
    const promised = {
      requestKey: 'left-pledge',
      kind: 'agreement',
      paper: '和慈捐〔2026〕9 号',
      signedOn: '2026-05-01',
      purpose: 'general',
    };
    const instalments = [{ dueOn: '2026-12-01', amount: '100.00' }];
    const pledge = await recordOwnPledge(first, ownPledgeInput.parse({ ...promised, total: '100.00', instalments }));

    const told = async () => {
      const to: string[] = [];
      const messenger = { send: async (message: { to: string }) => void to.push(message.to) };
      const telling = { ...(await thanking()), messenger };
      await thankDonor(ctx, telling, gift._id);
      await tellOfReceipt(ctx, telling, { receiptId: receipt._id, sending: 'issued' });
      await tellOfGoods(ctx, telling, goods._id);
      await tellOfInstalment(ctx, telling, { pledgeId: pledge._id, rank: 1, when: 'before' });
      return to;
    };
    expect(await told()).toEqual(Array(4).fill('13900007771'));
    await removeMember(await acting(owner._id), { id: registeredBy });
    const [phone] = await told();
    expect(phone).not.toBe('13900007771');
    expect(await told()).toEqual(Array(4).fill(phone));
    await User.updateOne({ _id: owner._id }, { $set: { 'state.name': 'deactivated' } });
    expect(await told()).toEqual([]);
  });
});
