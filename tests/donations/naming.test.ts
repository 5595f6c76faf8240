import { isNamed } from '../../server/donations/naming/naming';

test.each`
  naming       | showName | named    | why
  ${'asGiven'} | ${true}  | ${true}  | ${'as the box was ticked'}
  ${'asGiven'} | ${false} | ${false} | ${'as the box was left'}
  ${'always'}  | ${false} | ${true}  | ${'decided later for all gifts'}
  ${'never'}   | ${true}  | ${false} | ${'a no holds for earlier gifts, too'}
`('$naming, ticked: $showName: $why', ({ naming, showName, named }) => {
  expect(isNamed(naming, { showName })).toBe(named);
});
