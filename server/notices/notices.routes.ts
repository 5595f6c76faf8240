import type { Response } from 'express';
import { addToNavigation, allow } from '../identity';
import { maskName } from '../kernel/mask';
import { open } from '../platform/http/guard';
import { filtersOf, listUrl } from '../platform/http/list-url';
import { type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { zId, zPage } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { divisionFullName } from '../regions';
import { findHangingNoticeOrThrow, findHangingNotices, findNoticesInReach, findReachedNoticeOrThrow } from './find-notices';
import { noticePage, noticeSheet } from './notice-page';
import { nameNoticesInLedger } from './notices.labels';

const words = (res: Response) => res.locals['t'] as Translate;
const noticeRef = z.object({ id: zId('ntc') });
const hanging = open('a public notice is for everybody while it hangs');

const noticeView = z
  .object({
    id: z.string(),
    number: z.string(),
    postedOn: z.string(),
    lastDay: z.string(),
    totalFen: z.int(),
    rows: z.array(z.object({ name: z.string().openapi({ description: 'Masked' }), village: z.string(), amountFen: z.int() })),
  })
  .openapi('Notice');

/** Public notices: the list and each notice for everybody while it hangs; all of them, and the paper to print, for staff. */
export function noticesRoutes({ publicBaseUrl }: { publicBaseUrl: string }): Routes {
  const room = routes();
  nameNoticesInLedger();
  const read = allow('notice.read');
  addToNavigation({
    group: 'help',
    href: '/notice-board',
    icon: 'speakerphone',
    label: 'notices:title',
    permission: 'notice.read',
    rank: 30,
  });

  room.get('/notices', hanging, async (req, res) => {
    const notices = await findHangingNotices(req.ctx);
    res.render('notices/hanging', {
      notices: notices.map((notice) => ({ ...notice, count: notice.rows.length, where: divisionFullName(notice.village, req.ctx.locale) })),
    });
  });

  room.get('/notices/:id', hanging, async (req, res) => {
    const { id } = parseInput(noticeRef, req.params);
    res.render('notices/notice', await noticePage(req.ctx, words(res), await findHangingNoticeOrThrow(req.ctx, id), publicBaseUrl));
  });

  room.get('/notices/:id/print', read, async (req, res) => {
    const { id } = parseInput(noticeRef, req.params);
    const notice = await findReachedNoticeOrThrow(req.ctx, id);
    res.render('notices/print', {
      layout: 'print',
      backHref: '/notice-board',
      ...(await noticeSheet(req.ctx, words(res), notice, publicBaseUrl)),
    });
  });

  room.get('/notice-board', read, async (req, res) => {
    const { rows, next } = await findNoticesInReach(req.ctx, filtersOf(zPage, req));
    const notices = rows.map((notice) => ({
      ...notice,
      count: notice.rows.length,
      where: divisionFullName(notice.village, req.ctx.locale),
      hangs: notice.state.name === 'posted',
    }));
    res.render('notices/board', { layout: 'staff', notices, nextHref: next && listUrl(req, { after: next }) });
  });

  room.get('/api/v1/notices/:id', hanging, async (req, res) => {
    const { id } = parseInput(noticeRef, req.params);
    const { _id, number, postedOn, lastDay, totalFen, rows } = await findHangingNoticeOrThrow(req.ctx, id);
    const shown = rows.map(({ name, isNumber, village, amountFen }) => ({ name: isNumber ? name : maskName(name), village, amountFen }));
    res.json(noticeView.parse({ id: _id, number, postedOn, lastDay, totalFen, rows: shown }));
  });
  room.describe({
    method: 'get',
    path: '/api/v1/notices/:id',
    summary: 'A public notice while it hangs',
    guard: hanging.guard,
    input: noticeRef,
    answer: { status: 200, description: 'The notice', schema: noticeView },
  });
  return room;
}
