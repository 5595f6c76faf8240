import { accountOfPledge, reminderDue, stateFromAccount } from '../../../server/donations/pledges/pledge-account';
import { ownPledgeInput, pledgeInput } from '../../../server/donations/pledges/pledges.inputs';
import { localDate } from '../../../server/kernel/local-date';
import { fieldIssues } from '../../../server/platform/validation/field-issues';

const today = localDate('2026-11-24');
const parts = [
  { rank: 1, dueOn: localDate('2026-09-01'), amountFen: 400 },
  { rank: 2, dueOn: localDate('2026-12-01'), amountFen: 300 },
  { rank: 3, dueOn: localDate('2027-03-01'), amountFen: 300 },
];

test.each`
  given                                           | received           | over   | state          | why
  ${[]}                                           | ${[0, 0, 0]}       | ${0}   | ${'breached'}  | ${'the first is 84 days late'}
  ${[{ fen: 400 }]}                               | ${[400, 0, 0]}     | ${0}   | ${'part'}      | ${'the first has come'}
  ${[{ fen: 399 }]}                               | ${[399, 0, 0]}     | ${0}   | ${'breached'}  | ${'one fen is still late'}
  ${[{ fen: 500 }]}                               | ${[400, 100, 0]}   | ${0}   | ${'part'}      | ${'what is beyond goes to the next, early'}
  ${[{ fen: 300, rank: 3 }]}                      | ${[0, 0, 300]}     | ${0}   | ${'breached'}  | ${'an early one keeps its place'}
  ${[{ fen: 350, rank: 3 }]}                      | ${[50, 0, 300]}    | ${0}   | ${'breached'}  | ${'beyond its place it fills the earliest'}
  ${[{ fen: 600 }, { fen: 300, rank: 2 }]}        | ${[400, 300, 200]} | ${0}   | ${'part'}      | ${'those with a place are laid first'}
  ${[{ fen: 1000 }]}                              | ${[400, 300, 300]} | ${0}   | ${'fulfilled'} | ${'all at once'}
  ${[{ fen: 900 }, { fen: 250 }]}                 | ${[400, 300, 300]} | ${150} | ${'fulfilled'} | ${'more than was promised'}
  ${[{ fen: 400, rank: 1 }, { fen: 0, rank: 2 }]} | ${[400, 0, 0]}     | ${0}   | ${'part'}      | ${'what was given back counts no more'}
  ${[{ fen: 100, rank: 9 }]}                      | ${[100, 0, 0]}     | ${0}   | ${'breached'}  | ${'a place that is none is the earliest'}
`('$given: $received and $over beyond, $state: $why', ({ given, received, over, state }) => {
  const account = accountOfPledge(parts, given, today);
  expect(account.rows.map(({ receivedFen }) => receivedFen)).toEqual(received);
  expect(account).toMatchObject({ overFen: over, openFen: 1000 - received.reduce((a: number, b: number) => a + b, 0) });
  expect(stateFromAccount(account, 60)).toBe(state);
});

test.each`
  kept                                                     | open        | state          | why
  ${[]}                                                    | ${[0, 200]} | ${'part'}      | ${'money for the first never fills the second'}
  ${[{ rank: 2, quantity: 80 }, { rank: 2, quantity: 1 }]} | ${[0, 119]} | ${'part'}      | ${'in its own unit'}
  ${[{ rank: 2, quantity: 200 }]}                          | ${[0, 0]}   | ${'fulfilled'} | ${'all kinds have come'}
`('beside money, 200 bags of which $kept came: $open, $state: $why', ({ kept, open, state }) => {
  const mixed = [
    { rank: 1, dueOn: localDate('2026-12-01'), amountFen: 400 },
    { rank: 2, dueOn: localDate('2027-01-15'), amountFen: 0, inKind: { quantity: 200 } },
  ];
  const account = accountOfPledge(mixed, [{ fen: 1000 }], today, kept);
  expect(account.rows.map(({ openQuantity }) => openQuantity)).toEqual(open);
  expect(account).toMatchObject({ receivedFen: 1000, openFen: 0, overFen: 600 });
  expect(stateFromAccount(account, 60)).toBe(state);
});

test.each`
  dueOn           | openFen | daysLate | when         | why
  ${'2026-12-08'} | ${1}    | ${0}     | ${'before'}  | ${'fourteen days ahead'}
  ${'2026-12-09'} | ${1}    | ${0}     | ${undefined} | ${'a day too early'}
  ${'2026-11-24'} | ${1}    | ${0}     | ${'before'}  | ${'on its day, if nobody has told before'}
  ${'2026-11-22'} | ${1}    | ${2}     | ${undefined} | ${'two days late: it may be under way'}
  ${'2026-11-21'} | ${1}    | ${3}     | ${'after'}   | ${'three days late'}
  ${'2026-11-21'} | ${0}    | ${0}     | ${undefined} | ${'it has come'}
`('due on $dueOn with $openFen open: $when, $why', ({ dueOn, openFen, daysLate, when }) =>
  expect(reminderDue({ dueOn: localDate(dueOn), openFen, openQuantity: 0, daysLate }, today, { before: 14, after: 3 })).toBe(when),
);

const rice = { kind: 'goods', item: '大米', quantity: '200', unit: '袋', value: '', dueOn: '2027-01-15' };
const emptyRow = { kind: 'goods', item: '', quantity: '', unit: '', value: '', dueOn: '' };
const typed = {
  requestKey: 'pledge-rules-1',
  kind: 'agreement',
  signedOn: '2026-11-20',
  purpose: 'general',
  total: '100.00',
  instalments: [
    { dueOn: '2026-12-01', amount: '50.00' },
    { dueOn: '2027-01-01', amount: '50.00' },
  ],
};

const twice = (...days: string[]) => ({
  total: `${days.length * 50}.00`,
  instalments: days.map((dueOn) => ({ dueOn, amount: '50.00' })),
});

test.each`
  changes                                                                    | issues
  ${{}}                                                                      | ${[]}
  ${{ total: '100.01' }}                                                     | ${['total instalments-do-not-add-up']}
  ${{ signedOn: '2026-12-02' }}                                              | ${['signedOn after-first-instalment']}
  ${{ total: '50.00', instalments: [{ dueOn: '', amount: '50.00' }] }}       | ${['instalments.0.dueOn not-a-day', 'instalments.0.dueOn required']}
  ${twice('2026-12-01', '2027-01-01', '2026-12-01')}                         | ${['instalments.2.dueOn day-twice']}
  ${{ ...twice('2026-12-01', '2026-12-01'), total: '99.00' }}                | ${['instalments.1.dueOn day-twice', 'total instalments-do-not-add-up']}
  ${twice('', '')}                                                           | ${['instalments.0.dueOn not-a-day', 'instalments.0.dueOn required', 'instalments.1.dueOn not-a-day', 'instalments.1.dueOn required']}
  ${{ instalments: [] }}                                                     | ${['total instalments-do-not-add-up']}
  ${{ instalments: [], total: '' }}                                          | ${['total promises-nothing']}
  ${{ instalments: [{ dueOn: '', amount: '' }], total: '', inKind: [rice] }} | ${[]}
  ${{ inKind: [emptyRow] }}                                                  | ${[]}
  ${{ inKind: [{ ...rice, quantity: '0', unit: '' }] }}                      | ${['inKind.0.quantity number-too-small', 'inKind.0.unit required']}
  ${{ inKind: [{ ...rice, dueOn: '2026-11-01' }] }}                          | ${['signedOn after-first-instalment']}
`('a pledge with $changes: $issues', ({ changes, issues }) => {
  const read = ownPledgeInput.safeParse({ ...typed, ...changes });
  expect((read.error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`).sort()).toEqual(issues);
});

test.each(['operating', 'premium', 'reliefAfterPolicy'])('nobody promises a gift for %s, which /give does not offer either', (purpose) => {
  for (const schema of [ownPledgeInput, pledgeInput]) {
    const { error } = schema.safeParse({ ...typed, purpose });
    expect(error && fieldIssues(error)).toContainEqual({ path: 'purpose', code: 'not-a-choice', params: {} });
  }
});

test.each`
  instalments  | path
  ${undefined} | ${'total'}
  ${'all'}     | ${'instalments'}
  ${[null]}    | ${'instalments.0'}
`('instalments that are none ($instalments) are told at $path, without a fault', ({ instalments, path }) => {
  const read = ownPledgeInput.safeParse({ ...typed, instalments });
  expect(read.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});
