import { defineKind, defineSeries } from '../ledger';
import { topic } from '../platform/queues/job';
import { zId } from '../platform/validation/types';
import { z } from '../platform/validation/zod';

export const noticeEndedKind = defineKind({ name: 'notice.ended', by: ['system'] });

/** `N-2026-000030`: the thirtieth notice of the year. */
export const noticeNumbers = defineSeries({ name: 'notice', prefix: 'N' });

/** A notice has hung its days: what it announced may go on. */
export const noticeEnded = topic('notice.ended', z.object({ noticeId: zId('ntc') }));
