import { approveCase } from '../../../server/aid';
import { approveSeveral } from '../../../server/aid/approve-several';
import { findCaseOrThrow } from '../../../server/aid/find-cases';
import { signApproval } from '../../../server/aid/sign-approval';
import { findAuditEvents } from '../../../server/audit';
import { renewRecoveryCodes } from '../../../server/identity/enrol-second-factor';
import { proveSignature } from '../../../server/identity/prove-signature';
import { User } from '../../../server/identity/user.model';
import { makeBatch, signBatch } from '../../../server/payments';
import { findBatchOrThrow } from '../../../server/payments/find-payments';
import type { PaymentBatch } from '../../../server/payments/payment-batch.model';
import { clock, maker, manager, requestKey, secondManager, secondSigner, signer, system, useAidCounty } from '../../aid/aid-county';
import { approvedCase, family, giftOf, reviewedCase } from '../../aid/aid-family';
import { signingCode } from '../../support/signing';

useAidCounty();

const poor = { heads: 4, income: { labour: 34_000 } };
const figuresOf = ({ _id: id, count, totalFen, sha256 = '' }: PaymentBatch) => ({ id, count, totalFen, sha256 });
const wrongAt = (issue: string) => ({ code: 'input.invalid', issues: [{ path: 'code', code: issue }] });
const yes = (id: string, code?: string) => ({ id, do: 'approve' as const, opinion: '', meetingMinutes: '', ...(code && { code }) });
const aBatch = async () =>
  makeBatch(maker, { requestKey: requestKey(), payables: [(await approvedCase(await reviewedCase(await family(poor))))._id] });

beforeAll(() => giftOf('D-2026-000001', 100_000));
afterEach(() => clock.advance(60_000));

test('without the code of the signer, or with somebody else’s, nothing is signed and the miss is on record', async () => {
  const batch = await aBatch();
  const figures = figuresOf(batch);
  await signingCode(signer);
  await expect(signBatch(signer, { ...figures, code: await signingCode(secondSigner) })).rejects.toMatchObject(wrongAt('wrong-code'));
  await expect(signBatch(signer, { ...figures, code: '' })).rejects.toMatchObject(wrongAt('wrong-code'));
  expect((await findBatchOrThrow(system, batch._id)).signatures).toEqual([]);
  const { rows } = await findAuditEvents(system, { subjectId: signer.actor.id }, { limit: 1 });
  expect(rows.map(({ what, after }) => [what, after])).toEqual([['person.codeRefused', { for: 'signature' }]]);

  const reviewed = await reviewedCase(await family(poor));
  await expect(approveCase(manager, yes(reviewed._id))).rejects.toMatchObject(wrongAt('required'));
  await expect(approveCase(manager, yes(reviewed._id, '000000'))).rejects.toMatchObject(wrongAt('wrong-code'));
  expect((await findCaseOrThrow(system, reviewed._id)).approvals).toEqual([]);
});

test('a second click that has read the case before the first signed is told that it is signed, not that the code is wrong', async () => {
  const { _id: id } = await reviewedCase(await family(poor));
  const code = await signingCode(manager);
  const late = await signApproval(manager, { id, opinion: '', meetingMinutes: '' }, async () => {
    await approveCase(manager, yes(id, code)); // the first click, between the second's two reads
    return proveSignature(manager, code);
  });
  expect(late.approvals.map(({ by }) => by)).toEqual([manager.actor.id]);
});

test('one code signs once, and a second click of the same form is the same signature', async () => {
  const [one, other] = [await aBatch(), await aBatch()];
  const code = await signingCode(signer);
  const twice = await Promise.all([1, 2].map(() => signBatch(signer, { ...figuresOf(one), code })));
  expect(twice.map(({ signatures }) => signatures.length)).toEqual([1, 1]);
  await expect(signBatch(signer, { ...figuresOf(other), code })).rejects.toMatchObject(wrongAt('wrong-code'));
  expect((await findBatchOrThrow(system, other._id)).signatures).toEqual([]);
});

test('a code is not used up by what a rule refuses', async () => {
  const batch = await aBatch();
  const code = await signingCode(signer);
  await expect(signBatch(signer, { ...figuresOf(batch), totalFen: 1, code })).rejects.toMatchObject({ code: 'payment.file-changed' });
  expect((await signBatch(signer, { ...figuresOf(batch), code })).signatures).toHaveLength(1);
});

test('a recovery code signs nothing, and is not used up either', async () => {
  const batch = await aBatch();
  await signingCode(signer);
  const [recovery = ''] = await renewRecoveryCodes(system, signer.actor.id);
  await expect(signBatch(signer, { ...figuresOf(batch), code: recovery })).rejects.toMatchObject(wrongAt('wrong-code'));
  expect((await User.findById(signer.actor.id).lean<User>())?.secondFactor?.recovery).toHaveLength(10);
});

test('after ten wrong codes even the right one waits for a quarter of an hour', async () => {
  const batch = await aBatch();
  await signingCode(secondSigner);
  for (let tries = 0; tries < 10; tries++) {
    await expect(signBatch(secondSigner, { ...figuresOf(batch), code: '000000' })).rejects.toMatchObject(wrongAt('wrong-code'));
  }
  const right = async () => signBatch(secondSigner, { ...figuresOf(batch), code: await signingCode(secondSigner) });
  await expect(right()).rejects.toMatchObject({
    code: 'access.too-many-requests',
    details: { retryAfterS: 900, minutes: 15 },
  });
  clock.advance(15 * 60_000);
  expect((await right()).signatures).toHaveLength(1);
});

test('guesses sent all at once count like those sent one by one: no right code is found among them', async () => {
  const batch = await aBatch();
  const right = await signingCode(signer);
  const guesses = Array.from({ length: 30 }, (_, order) => String(200_000 + order)).filter((guess) => guess !== right);
  const tried = await Promise.allSettled(guesses.map((code) => signBatch(signer, { ...figuresOf(batch), code })));
  expect(tried.every(({ status }) => status === 'rejected')).toBe(true);
  await expect(signBatch(signer, { ...figuresOf(batch), code: right })).rejects.toMatchObject({ code: 'access.too-many-requests' });
  clock.advance(15 * 60_000);
  expect((await signBatch(signer, { ...figuresOf(batch), code: await signingCode(signer) })).signatures).toHaveLength(1);
});

test('one code signs a list once; with a wrong one none of it', async () => {
  const cases = [await reviewedCase(await family(poor)), await reviewedCase(await family(poor))].map(({ _id }) => _id);
  await signingCode(secondManager);
  await expect(approveSeveral(secondManager, { cases, code: await signingCode(manager) })).rejects.toMatchObject({ code: 'input.invalid' });
  const code = await signingCode(manager);
  expect((await approveSeveral(manager, { cases, code })).done.map(({ state }) => state.name)).toEqual(['approved', 'approved']);
  const later = await reviewedCase(await family(poor));
  await expect(approveSeveral(manager, { cases: [later._id], code })).rejects.toMatchObject(wrongAt('wrong-code'));
});
