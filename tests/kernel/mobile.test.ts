import { parseMobile } from '../../server/kernel/mobile';

test.each`
  text                        | mobile
  ${'13800001234'}            | ${'13800001234'}
  ${'138 0000 1234'}          | ${'13800001234'}
  ${'138-0000-1234'}          | ${'13800001234'}
  ${'+86 138 0000 1234'}      | ${'13800001234'}
  ${'１３８００００１２３４'} | ${'13800001234'}
  ${'19912345678'}            | ${'19912345678'}
  ${'1380000123'}             | ${undefined}
  ${'138000012345'}           | ${undefined}
  ${'23800001234'}            | ${undefined}
  ${'0310-5550123'}           | ${undefined}
  ${'+1 3800001234'}          | ${undefined}
  ${'12317'}                  | ${undefined}
  ${'1380000l234'}            | ${undefined}
  ${''}                       | ${undefined}
`('"$text" is the mobile $mobile', ({ text, mobile }) => expect(parseMobile(text)).toBe(mobile));
