import { recorded } from '../audit';
import { assertNotOwnHousehold, householdsById } from '../households';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { addDays, addMonths, daysBetween, type LocalDate, shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { type NoticeRow, noticeToPost } from '../notices';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { change, unchanged } from '../platform/mongo/document-writes';
import { aidPosted } from './aid.accounts';
import type { PostAidNoticeInput } from './aid.inputs';
import { AidCase } from './aid-case.model';
import { nextState } from './case-step';
import { findCasesOrThrow } from './find-cases';

const adultMonths = 18 * 12;

/** Puts appraised cases on one public notice; each is approved only after its last day (DOMAIN 6, NO1, NO2). */
export async function postAidNotice(ctx: Context, input: PostAidNoticeInput): Promise<AidCase[]> {
  const noticeId = idOfRequest(ctx, 'ntc', input.requestKey);
  const cases = await findCasesOrThrow(ctx, input.cases);
  await assertNotOwnHousehold(ctx, ...cases.map(({ household }) => household));
  if (cases.every(({ notice }) => notice === noticeId)) return cases;
  if (cases.length === 0) fail('payment.none-chosen');
  const advanced = await Promise.all(cases.map(async (one) => ({ one, next: await nextState(ctx, one, 'posted') })));
  const notice = await noticeToPost(ctx, { id: noticeId, purpose: 'topUp', rows: await rowsOf(ctx, cases) });
  const reviewFrom = addDays(notice.lastDay, 1); // the next step's clock starts here
  const today = shanghaiDay(ctx.clock.now());
  await post(ctx, {
    key: `notice:${noticeId}:posted`,
    kind: aidPosted,
    source: { type: 'notice', id: noticeId },
    facts: { cases: [...input.cases].sort().join(' ') },
    numbers: notice.numbers,
    guards: cases.map((one) => unchanged(AidCase, one)),
    writes: (posted) => [
      ...notice.writes(posted),
      ...advanced.map(({ one, next }) =>
        change(AidCase, one, { ...next, notice: noticeId, reviewFrom, dueOn: addDays(reviewFrom, daysBetween(today, next.dueOn)) }),
      ),
      recorded(ctx, 'notice.posted', { type: 'notice', id: noticeId }),
    ],
  });
  return findCasesOrThrow(ctx, input.cases);
}

/** Name, village and sum; the household's number where the head is a minor (NO1). */
async function rowsOf(ctx: Context, cases: readonly AidCase[]): Promise<NoticeRow[]> {
  const today = shanghaiDay(ctx.clock.now());
  const households = await householdsById(
    ctx,
    cases.map(({ household }) => household),
  );
  return cases.map(({ _id, household, headName, village, amountFen }) => {
    const found = households.get(household);
    const head = found?.members.find(({ id }) => id === found.headId);
    const isNumber = head !== undefined && isMinor(head.birth, today);
    return { subject: _id, name: isNumber ? (found?.number ?? '') : headName, isNumber, village, amountFen };
  });
}

function isMinor(birth: LocalDate, today: LocalDate): boolean {
  return addMonths(birth, adultMonths) > today;
}
