import type { Context } from '../kernel/context';
import { addDays, type LocalDate, shanghaiDay } from '../kernel/local-date';
import { maskName } from '../kernel/mask';
import type { Translate } from '../platform/i18n/translator';
import { qrImage } from '../platform/qr/qr-svg';
import { divisionFullName, isWorkingDay, type WorkingCalendar, workingCalendar } from '../regions';
import type { Notice } from './notice.model';
import { noticeCalendar } from './notice-calendar';

/** A notice as anybody may see it while it hangs: names masked, its calendar, when it comes down (NO1). */
export async function noticePage(ctx: Context, t: Translate, notice: Notice, publicBaseUrl: string) {
  const calendar = await workingCalendar(ctx, notice.village);
  const today = shanghaiDay(ctx.clock.now());
  return {
    ...(await commonOf(t, notice, publicBaseUrl)),
    rows: notice.rows.map((row) => rowOf(ctx, t, row, true)),
    left: leftText(t, daysLeft(notice, today, calendar)),
    calendar: noticeCalendar(notice, (day) => isWorkingDay(calendar, day)).map((one) => squareOf(t, one)),
  };
}

/** The same for the paper in the village: names in full, for the staff who print it. */
export async function noticeSheet(ctx: Context, t: Translate, notice: Notice, publicBaseUrl: string) {
  return {
    ...(await commonOf(t, notice, publicBaseUrl)),
    rows: notice.rows.map((row) => rowOf(ctx, t, row, false)),
    isOver: notice.state.name !== 'posted',
  };
}

async function commonOf(t: Translate, notice: Notice, publicBaseUrl: string) {
  const address = `${publicBaseUrl}/notices/${notice._id}`;
  const [, year, running] = notice.number.split('-');
  return {
    id: notice._id,
    number: notice.number,
    issue: t('notices:issue', { year, number: Number(running) }),
    count: notice.rows.length,
    totalFen: notice.totalFen,
    postedOn: notice.postedOn,
    lastDay: notice.lastDay,
    takenDownOn: addDays(notice.lastDay, 1),
    days: notice.days,
    villages: new Set(notice.rows.map(({ village }) => village)).size,
    postedAt: notice.postedAt,
    address,
    qr: await qrImage(address),
  };
}

function rowOf(ctx: Context, t: Translate, { name, isNumber, village, amountFen }: Notice['rows'][number], masked: boolean) {
  const who = isNumber ? t('notices:household', { number: name }) : masked ? maskName(name) : name;
  return { who, where: divisionFullName(village, ctx.locale), kind: t('notices:kind.topUp'), amountFen };
}

function leftText(t: Translate, count: number): string {
  return count > 0 ? t('states:running.daysLeft', { count }) : t('notices:lastDay');
}

/** Working days that still lie ahead, today's included while it runs. */
function daysLeft({ lastDay }: Notice, today: LocalDate, calendar: WorkingCalendar): number {
  let left = 0;
  for (let day = addDays(today, 1); day <= lastDay; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) left += 1;
  return left;
}

function squareOf(t: Translate, { day, kind, nth }: ReturnType<typeof noticeCalendar>[number]) {
  if (kind === 'blank') return { kind };
  const [, month, date] = day.split('-').map(Number) as [number, number, number];
  const number = date === 1 ? `${month}/${date}` : String(date);
  const notes = {
    first: t('notices:calendar.first'),
    rest: t('notices:calendar.rest'),
    last: t('notices:calendar.last'),
    counted: t('notices:calendar.nth', { nth }),
  };
  return { kind, number, note: notes[kind] };
}
