import { giveInput } from '../../server/donations/give.inputs';
import { readGive } from '../../server/donations/giver-of';
import { fieldIssues } from '../../server/platform/validation/field-issues';
import { company } from './giving-county';

const wrong = (fields: Record<string, string>) => {
  const read = giveInput.safeParse({ requestKey: 'give-0001', ...company, ...fields });
  return read.success ? [] : fieldIssues(read.error).map(({ path, code }) => `${path} ${code}`);
};

test.each`
  fields                                                                                      | issues                                    | why
  ${{}}                                                                                       | ${[]}                                     | ${'all there'}
  ${{ creditCode: '91130434MA0ABCDE68' }}                                                     | ${['creditCode credit-code']}             | ${'one letter wrong (PC3)'}
  ${{ creditCode: '911' }}                                                                    | ${['creditCode credit-code-length']}      | ${'three of 18 characters'}
  ${{ creditCode: '91130434ma0abcde67 ' }}                                                    | ${[]}                                     | ${'small letters and blanks are mended'}
  ${{ creditCode: '', phone: '139' }}                                                         | ${['phone phone', 'creditCode required']} | ${'all at once'}
  ${{ otherAmount: '0.99' }}                                                                  | ${['otherAmount amount-too-small']}       | ${'less than the provider takes'}
  ${{ otherAmount: '1000000' }}                                                               | ${['otherAmount amount-too-large']}       | ${'more than eight digits of fen'}
  ${{ amount: '', otherAmount: '' }}                                                          | ${['amount required']}                    | ${'no sum'}
  ${{ otherAmount: '1,5' }}                                                                   | ${['otherAmount not-yuan']}               | ${'commas in odd places'}
  ${{ purpose: 'place' }}                                                                     | ${['place required']}                     | ${'a place was meant'}
  ${{ purpose: 'place', place: '130499' }}                                                    | ${['place not-a-choice']}                 | ${'the county is no township'}
  ${{ purpose: 'place', place: '110101001' }}                                                 | ${['place not-a-choice']}                 | ${'a place of another county'}
  ${{ purpose: 'holiday' }}                                                                   | ${['purpose not-a-choice']}               | ${'no such purpose'}
  ${{ rhythm: 'monthly', campaign: 'K-2026-000001' }}                                         | ${['rhythm not-a-choice']}                | ${'a campaign has an end'}
  ${{ giver: 'person', organisationName: '', creditCode: '' }}                                | ${['personName required']}                | ${'a person has a name'}
  ${{ giver: 'anonymous', contactName: '', phone: '', creditCode: '', organisationName: '' }} | ${[]}                                     | ${'nothing is asked'}
  ${{ extra: 'x' }}                                                                           | ${['extra not-expected']}                 | ${'unknown fields'}
  ${{ amount: { $gt: '' } as never }}                                                         | ${['amount wrong-type']}                  | ${'no text'}
`('$why: $issues', ({ fields, issues }) => {
  expect(wrong(fields)).toEqual(issues);
});

test('a typed sum wins over the card, a place is general money for that place', () => {
  const input = giveInput.parse({ requestKey: 'give-0002', ...company, otherAmount: '1,234.5', purpose: 'place', place: '130499101' });
  expect(readGive(input)).toMatchObject({ amountFen: 123_450, restriction: { purpose: 'general', area: '130499101' } });
});
