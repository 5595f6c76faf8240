import { reviewCase, sendBackCase } from '../../../server/aid';
import type { Context } from '../../../server/kernel/context';
import { clock, county, manager, secondManager, secondTownship, township, useAidCounty } from '../../aid/aid-county';
import { family, giftOf, postedCase, reviewedCase } from '../../aid/aid-family';
import { approve } from '../../aid/signing';

useAidCounty();

const poor = { heads: 5, income: { labour: 32_000 } };
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
const holding = (ctx: Context, ...grants: Context['actor']['grants']): Context => ({ ...ctx, actor: { ...ctx.actor, grants } });
const decision = (id: string) => ({ id, do: 'approve' as const, opinion: '', meetingMinutes: '会议纪要 6 号' });

beforeAll(() => giftOf('D-2026-000001', 50_000));

test('who reviewed the first round does not approve the second, as a manager', async () => {
  const both = holding(township, { role: 'townshipOfficer', scope: '130499101' }, { role: 'fundManager', scope: county });
  const first = await reviewedCase(await family(poor));
  await sendBackCase(manager, { id: first._id, reason: '再核一次' });
  await postedCase(first);
  clock.advance(20 * 86_400_000);
  await reviewCase(secondTownship, { id: first._id, do: 'approve', opinion: '', waive: [] });
  expect(await code(approve(both, decision(first._id)))).toBe('rule.same-person');
});

test('who signed the first round does not review the second, as a township officer', async () => {
  const first = await reviewedCase(await family(poor));
  await approve(manager, decision(first._id));
  await sendBackCase(secondManager, { id: first._id, reason: '再核一次' });
  await postedCase(first);
  clock.advance(20 * 86_400_000);
  const both = holding(manager, { role: 'townshipOfficer', scope: '130499101' });
  expect(await code(reviewCase(both, { id: first._id, do: 'approve', opinion: '', waive: [] }))).toBe('rule.same-person');
});
