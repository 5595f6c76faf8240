import { openGift, recordBankGift } from '../../server/donations';
import { bankGiftInput, giveInput } from '../../server/donations/donations.inputs';
import { Gift } from '../../server/donations/gift.model';
import { restrictionPool } from '../../server/funds';
import { findPools } from '../../server/ledger';
import { useGivingCounty } from '../donations/giving-county';

const { ctx } = useGivingCounty();

test('a second transfer that names a gift whose first one is being booked is refused, not put in its place', async () => {
  const gift = await openGift(ctx, giveInput.parse({ requestKey: 'announced-1', amount: '100', giver: 'anonymous', method: 'transfer' }));
  await Gift.updateOne({ _id: gift._id }, { transfer: { serial: 'BOC-FIRST', on: '2026-11-23' } }); // between the two commits of the first
  const second = bankGiftInput.parse({
    requestKey: 'second-form',
    bankSerial: 'BOC-SECOND',
    receivedOn: '2026-11-23',
    amount: '250',
    giftNumber: gift.number,
  });
  await expect(recordBankGift(ctx, second)).rejects.toMatchObject({ issues: [{ path: 'giftNumber', code: 'gift-received' }] });
  expect((await findPools(ctx, [restrictionPool({ purpose: 'general' })]))[0]?.total ?? 0).toBe(0);
});
