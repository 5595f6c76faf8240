import { parseCreditCode } from '../../server/kernel/credit-code';

test.each`
  text                    | kind                   | area        | organisation
  ${'91110000600037341L'} | ${'company'}           | ${'110000'} | ${'600037341'}
  ${'91130434MA0ABCDE67'} | ${'company'}           | ${'130434'} | ${'MA0ABCDE6'}
  ${'53130434MJ0000018Y'} | ${'foundation'}        | ${'130434'} | ${'MJ0000018'}
  ${'51130434MJ00000260'} | ${'socialGroup'}       | ${'130434'} | ${'MJ0000026'}
  ${'81130434MC0000039T'} | ${'tradeUnion'}        | ${'130434'} | ${'MC0000039'}
  ${'N2130434MF0000048D'} | ${'villageCollective'} | ${'130434'} | ${'MF0000048'}
  ${'13130499MB00000518'} | ${'massOrganisation'}  | ${'130499'} | ${'MB0000051'}
`('$text is a $kind', ({ text, ...rest }) => expect(parseCreditCode(text)).toEqual({ ok: true, value: { code: text, ...rest } }));

test('small letters, full width and blanks are read', () => {
  const read = parseCreditCode(' ９１１３０４３４ ma0abcde67');
  expect(read).toEqual(parseCreditCode('91130434MA0ABCDE67'));
  expect(read.ok).toBe(true);
});

test.each`
  text                     | fault                  | why
  ${'91130434MA0ABCDE68'}  | ${'check'}             | ${'outer check wrong'}
  ${'91130434MA0ABCDE54'}  | ${'organisationCheck'} | ${'inner check wrong, outer right'}
  ${'91130434MA0ABCDE6'}   | ${'shape'}             | ${'17 characters'}
  ${'91130434MA0ABCDE677'} | ${'shape'}             | ${'19 characters'}
  ${'9113O434MA0ABCDE67'}  | ${'shape'}             | ${'the letter O is not in the alphabet'}
  ${'91130434MA0ABCDEI7'}  | ${'shape'}             | ${'nor is I'}
  ${''}                    | ${'shape'}             | ${'empty'}
  ${'130434600012345'}     | ${'shape'}             | ${'an old business licence number'}
`('refuses $text as $fault: $why', ({ text, fault }) => expect(parseCreditCode(text)).toEqual({ ok: false, fault }));

test('a kind the county does not tell apart is other', () => {
  const candidates = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].map((check) => parseCreditCode(`92130434MA0ABCDE6${check}`));
  const good = candidates.filter((read) => read.ok);
  expect(good).toHaveLength(1);
  expect(good).toMatchObject([{ value: { kind: 'other' } }]);
});

test('the last check finds each wrong character of the area', () => {
  const good = '91130434MA0ABCDE67';
  for (let place = 2; place < 8; place++) {
    for (const digit of '0123456789') {
      const text = good.slice(0, place) + digit + good.slice(place + 1);
      if (text !== good) expect(parseCreditCode(text)).toEqual({ ok: false, fault: 'check' });
    }
  }
});
