import { topic } from '../platform/queues/job';
import { zId } from '../platform/validation/types';
import { z } from '../platform/validation/zod';

/** Somebody has asked to take a statement in: its lines may be thousands. */
export const importAsked = topic('statement.importAsked', z.object({ statementId: zId('stm') }));
