import { maskBankAccount, maskName, maskPhone, maskResidentId } from '../../server/kernel/mask';

test('an ID shows 4 and 4, or what the setting says', () => {
  expect(maskResidentId('130499197001010011')).toBe('1304**********0011');
  expect(maskResidentId('130499197001010011', { head: 2, tail: 3 })).toBe('13*************011');
});

test('a phone shows 3 and 4, a bank account its last 4', () => {
  expect(maskPhone('13800001234')).toBe('138****1234');
  expect(maskBankAccount('6225881414207430')).toBe('************7430');
  expect(maskBankAccount('6200000000000000000')).toBe('***************0000');
});

test.each`
  name               | masked         | why
  ${'张小明'}        | ${'张*明'}     | ${'three characters'}
  ${'李梅'}          | ${'李*'}       | ${'two'}
  ${'欧阳建国'}      | ${'欧**国'}    | ${'a compound surname shows no more'}
  ${'欧阳明'}        | ${'欧*明'}     | ${'nor a short one'}
  ${'买买提·艾山逊'} | ${'买*****逊'} | ${'the dot is hidden too'}
  ${'𠮷田'}          | ${'𠮷*'}       | ${'one code point, two UTF-16 units'}
  ${'田小𠮷'}        | ${'田*𠮷'}     | ${'also at the end'}
  ${'李'}            | ${'*'}         | ${'a single character would be the whole name'}
  ${''}              | ${''}          | ${'nothing'}
`('$name is shown as $masked: $why', ({ name, masked }) => expect(maskName(name)).toBe(masked));

test.each(['1234', '12345678', '1'])('a text too short for its mask is hidden whole: %s', (text) => {
  expect(maskResidentId(text)).toBe('*'.repeat(text.length));
});

test('a phone of seven digits is hidden whole', () => expect(maskPhone('5550123')).toBe('*******'));
