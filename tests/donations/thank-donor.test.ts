import { readdirSync, readFileSync } from 'node:fs';
import { openGift, receiveGift, type Thanking, thankDonor } from '../../server/donations';
import { giveInput } from '../../server/donations/give.inputs';
import { localDate } from '../../server/kernel/local-date';
import { loadTranslator } from '../../server/platform/i18n/translator';
import { folderMessenger } from '../../server/platform/messages/folder-messenger';
import { OutboxEvent } from '../../server/platform/outbox/outbox-event.model';
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
