import { bareCode, halfWidth } from '../../server/kernel/half-width';

test.each`
  typed                 | read          | why
  ${'１２３，４５．６'} | ${'123,45.6'} | ${'digits and points'}
  ${'Ａｂ－～！'}       | ${'Ab-~!'}    | ${'letters and signs to the ends of the block'}
  ${'￥１'}             | ${'¥1'}       | ${'the yuan sign'}
  ${'张　伟'}           | ${'张 伟'}    | ${'the wide blank'}
  ${'10²①½'}            | ${'10²①½'}    | ${'nothing else changes its value'}
  ${'张·伟，𠮷'}        | ${'张·伟,𠮷'} | ${'other characters stay'}
`('$typed reads $read: $why', ({ typed, read }) => expect(halfWidth(typed)).toBe(read));

test('a code loses blanks and hyphens and gets capitals', () => expect(bareCode(' ａb-1２　3x\t')).toBe('AB123X'));
