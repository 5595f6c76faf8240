import type { Context } from '../kernel/context';
import { type LocalDate, shanghaiDay } from '../kernel/local-date';
import { type Fen, sumFen } from '../kernel/money';
import type { Posted, Series } from '../ledger';
import { type DocumentWrite, insertion } from '../platform/mongo/document-writes';
import { noticePeriod, workingCalendar } from '../regions';
import { settingsInForce } from '../settings';
import { Notice, type NoticePurpose, type NoticeRow } from './notice.model';
import { noticeStates } from './notice.states';
import { commonArea } from './notice-area';
import { noticeNumbers } from './notices.kinds';
import { aidNoticeDays, noticeCountsFirstDay, noticeRolls } from './notices.settings';

/** What a posting must carry to put a notice up: its number, and the document that the number goes into. */
export interface NoticeToPost {
  numbers: Series[];
  /** The last day on which it hangs. */
  lastDay: LocalDate;
  writes: (posted: Posted) => DocumentWrite[];
}

/**
 * Prepares a notice for the posting of the room whose business it announces, so that both stand or neither. Its last day is counted
 * from today by the working days of the place (DOMAIN 6, NO1, NO2).
 */
export async function noticeToPost(
  ctx: Context,
  { id, purpose, rows }: { id: string; purpose: NoticePurpose; rows: readonly NoticeRow[] },
): Promise<NoticeToPost> {
  const postedAt = ctx.clock.now();
  const postedOn = shanghaiDay(postedAt);
  const village = commonArea(rows.map((row) => row.village));
  const asked = { days: aidNoticeDays, countFirstDay: noticeCountsFirstDay, roll: noticeRolls };
  const inForce = await settingsInForce(ctx, asked, { day: postedOn, place: village });
  const { days, countFirstDay, roll } = inForce;
  const clock = { posted: postedOn, length: days.value, unit: 'working', countFirstDay: countFirstDay.value, roll: roll.value } as const;
  const { lastDay } = noticePeriod(await workingCalendar(ctx, village), clock);
  const write = (posted: Posted) =>
    insertion(ctx, Notice, {
      _id: id,
      number: posted.numbers[noticeNumbers.name] ?? '',
      purpose,
      village,
      rows: [...rows],
      totalFen: sumFen(rows.map(({ amountFen }) => amountFen as Fen)),
      postedOn,
      lastDay,
      days: days.value,
      dayUnit: clock.unit,
      countFirstDay: countFirstDay.value,
      settings: [days.versionId, countFirstDay.versionId, roll.versionId],
      objections: [],
      state: noticeStates.begin('posted', ctx),
      postedBy: ctx.actor.id,
      postedAt,
    });
  return { numbers: [noticeNumbers], lastDay, writes: (posted) => [write(posted)] };
}
