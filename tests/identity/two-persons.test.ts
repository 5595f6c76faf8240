import { officers, villages } from '../../scripts/sample-county/cast';
import { DemoSeat } from '../../server/identity/demo-seat.model';
import { may, type Permission } from '../../server/identity/permissions';
import { User } from '../../server/identity/user.model';
import { covers } from '../../server/kernel/division-code';
import type { Grant } from '../../server/kernel/roles';
import { useCountyApp } from '../support/county-app';

// Each journey whose steps are taken by different people, in the order of its steps.
const journeys: readonly (readonly Permission[])[] = [
  ['household.register', 'household.confirm'],
  ['income.state', 'income.verify'],
  ['bankAccount.enter', 'bankAccount.check'],
  ['deed.record', 'deed.confirm'],
  ['aid.request', 'aid.review', 'aid.approve', 'aid.approve'],
  ['payment.make', 'payment.sign', 'payment.sign'],
  ['settings.propose', 'settings.confirm'],
  ['people.grant', 'people.confirmGrant'],
  ['people.askFactorReset', 'people.confirmFactorReset'],
];
interface Seat {
  who: string;
  grants: readonly Grant[];
}
const allowed = (seats: readonly Seat[], permission: Permission, village: string) =>
  seats.filter(({ grants }) => grants.some((grant) => covers(grant.scope, village) && may({ grants: [grant] }, permission)));

/** The ways in which a journey stops because nobody is left who may take its next step; also when nobody may begin. */
function deadEnds(seats: readonly Seat[], village: string, journey: readonly Permission[], hands: readonly string[] = []): string[] {
  const [step, ...rest] = journey;
  if (step === undefined) return [];
  const free = allowed(seats, step, village).filter(({ who }) => !hands.includes(who));
  if (free.length === 0) return [`${village}: after ${hands.join(', ') || 'nobody'}, nobody for ${step}`];
  return free.flatMap(({ who }) => deadEnds(seats, village, rest, [...hands, who]));
}

const county = useCountyApp();

test.each(journeys.map((journey) => [journey.join(' → '), journey] as const))(
  '%s comes to its end in each village of the sample county, whoever takes which step',
  (_, journey) => {
    const cast = officers.map(({ key, role, scope, also }) => ({
      who: key,
      grants: [scope, ...(also ? [also] : [])].map((place) => ({ role, scope: place })),
    }));
    expect(villages.flatMap((village) => deadEnds(cast, village, journey))).toEqual([]);
  },
);

test('a visitor of the demonstration finds a seat for each step of each journey', async () => {
  const seats = await DemoSeat.find({ ledger: county.ctx.ledger }).lean<DemoSeat[]>();
  const people = await User.find({ ledger: county.ctx.ledger }).lean<User[]>();
  const seated = seats.map(({ user }) => ({ who: user, grants: people.find(({ _id }) => _id === user)?.grants ?? [] }));
  const inOneVillage = (journey: readonly Permission[]) => villages.some((village) => deadEnds(seated, village, journey).length === 0);
  expect(journeys.filter((journey) => !inOneVillage(journey))).toEqual([]);
});

test('a deed that waits names who can confirm it, on the page of the cadre who recorded it', async () => {
  const cadre = await county.agentOf('cadre-hewan');
  const list = await cadre.get('/deeds').expect(200);
  const [, id] = /href="\/deeds\/(ded_[a-z0-9]+)"/.exec(list.text) ?? [];
  const { text } = await cadre.get(`/deeds/${id}`).expect(200);
  expect(text).toContain('可以做的人：宋*（乡镇干部）。');
});
