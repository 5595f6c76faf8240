import { localDate } from '../../server/kernel/local-date';
import { parseResidentId, upgradeResidentId } from '../../server/kernel/resident-id';

const today = localDate('2026-11-24');

test.each`
  text                                      | id                      | area        | birth           | sex
  ${'130499197001010011'}                   | ${'130499197001010011'} | ${'130499'} | ${'1970-01-01'} | ${'male'}
  ${'130499201602290011'}                   | ${'130499201602290011'} | ${'130499'} | ${'2016-02-29'} | ${'male'}
  ${'13049919490312003X'}                   | ${'13049919490312003X'} | ${'130499'} | ${'1949-03-12'} | ${'male'}
  ${'13049919490312003x'}                   | ${'13049919490312003X'} | ${'130499'} | ${'1949-03-12'} | ${'male'}
  ${'13049919560815002X'}                   | ${'13049919560815002X'} | ${'130499'} | ${'1956-08-15'} | ${'female'}
  ${'132122196203050043'}                   | ${'132122196203050043'} | ${'132122'} | ${'1962-03-05'} | ${'female'}
  ${' 130499 19700101 0011 '}               | ${'130499197001010011'} | ${'130499'} | ${'1970-01-01'} | ${'male'}
  ${'１３０４９９１９４９０３１２００３ｘ'} | ${'13049919490312003X'} | ${'130499'} | ${'1949-03-12'} | ${'male'}
`('reads $text: $sex, born $birth', ({ text, ...value }) => expect(parseResidentId(text, today)).toEqual({ ok: true, value }));

test.each`
  text                      | fault       | why
  ${'130499201402290017'}   | ${'birth'}  | ${'the check is right, the date is not'}
  ${'130499209912310096'}   | ${'future'} | ${'born in 2099'}
  ${'130499197001010012'}   | ${'check'}  | ${'wrong last digit'}
  ${'130499700101001'}      | ${'shape'}  | ${'15 digits: at import only'}
  ${'13049919700101001'}    | ${'shape'}  | ${'17 digits'}
  ${'1304991970010100110'}  | ${'shape'}  | ${'19 digits'}
  ${'1304991970010100X1'}   | ${'shape'}  | ${'X inside'}
  ${'13049919490312003Y'}   | ${'shape'}  | ${'another letter'}
  ${'130499189912310011'}   | ${'birth'}  | ${'older than anybody'}
  ${'130499197000010011'}   | ${'birth'}  | ${'no month 0'}
  ${''}                     | ${'shape'}  | ${'empty'}
  ${'1.30499197001010E+17'} | ${'shape'}  | ${'a spreadsheet rounded it'}
`('refuses $text as $fault: $why', ({ text, fault }) => expect(parseResidentId(text, today)).toEqual({ ok: false, fault }));

test('a child born today has an ID, one born tomorrow has none', () => {
  const born = '130499201602290011';
  expect(parseResidentId(born, localDate('2016-02-29')).ok).toBe(true);
  expect(parseResidentId(born, localDate('2016-02-28'))).toEqual({ ok: false, fault: 'future' });
});

test('the check finds each wrong digit and each swap of unequal neighbours', () => {
  const good = '130499197001010011';
  const wrong = new Set<string>();
  for (let place = 0; place < good.length; place++) {
    for (const digit of '0123456789X') wrong.add(good.slice(0, place) + digit + good.slice(place + 1));
    wrong.add(good.slice(0, place) + good.charAt(place + 1) + good.charAt(place) + good.slice(place + 2));
  }
  wrong.delete(good);
  expect(wrong.size).toBeGreaterThan(180);
  for (const text of wrong) expect(parseResidentId(text, today).ok).toBe(false);
});

test.each`
  text                    | id                      | why
  ${'130499700101001'}    | ${'130499197001010011'} | ${'19 put in, check added'}
  ${'130499 700101 001'}  | ${'130499197001010011'} | ${'typed in groups'}
  ${'130499197001010011'} | ${'130499197001010011'} | ${'already long'}
  ${'13049919490312003x'} | ${'13049919490312003X'} | ${'already long'}
  ${'13049970010100'}     | ${'13049970010100'}     | ${'neither: left for the parser to refuse'}
`('upgrades $text to $id: $why', ({ text, id }) => expect(upgradeResidentId(text)).toBe(id));
