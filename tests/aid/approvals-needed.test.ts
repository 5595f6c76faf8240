import { approvalsNeeded } from '../../server/aid/approvals-needed';

const limits = { secondAboveFen: 3_000_00, meetingAboveFen: 5_000_00 };

test.each`
  sum         | approvals | minutes
  ${100_00}   | ${1}      | ${false}
  ${3_000_00} | ${1}      | ${false}
  ${3_000_01} | ${2}      | ${false}
  ${5_000_00} | ${2}      | ${false}
  ${5_000_01} | ${2}      | ${true}
  ${6_000_00} | ${2}      | ${true}
`('$sum fen needs $approvals approvals, minutes $minutes', ({ sum, approvals, minutes }) => {
  expect(approvalsNeeded(sum, limits)).toEqual({ approvals, minutes });
});
