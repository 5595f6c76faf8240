import { Gift } from '../../../server/donations/gift.model';
import { company, useGivingCounty } from '../../donations/giving-county';

const county = useGivingCounty();
const giftOf = async (number: string) => {
  const gift = await Gift.findOne({ ledger: 'hean', number }).lean();
  if (!gift) throw new Error(`no gift ${number}`);
  return gift;
};

describe('who goes back, says otherwise who gives, and sends the form again', () => {
  test.each`
    what                        | change
    ${'another organisation'}   | ${{ organisationName: '和安县农商银行', creditCode: '91130499MA0DEM021N' }}
    ${'a name not to be shown'} | ${{ showName: '' }}
    ${'another phone'}          | ${{ phone: '139 0000 5822' }}
  `('gives another gift: $what', async ({ change }) => {
    const requestKey = `again-${Object.keys(change)[0]}`;
    const first = await county.give({ requestKey }).expect(201);
    const second = await county.give({ requestKey, ...change }).expect(201);
    expect((await county.give({ requestKey, ...change }).expect(201)).body.number).toBe(second.body.number);
    expect(second.body.number).not.toBe(first.body.number);
    expect((await giftOf(second.body.number)).payerName).toBe(change.organisationName ?? company.organisationName);
  });
});
