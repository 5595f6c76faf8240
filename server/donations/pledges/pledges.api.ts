import { zId } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import type { Gift } from '../gift.model';
import type { Pledge } from './pledge.model';

/** What programs get of a pledge. */
export const pledgeAnswer = {
  status: 201,
  description: 'The pledge',
  schema: z.object({ id: zId('plg'), number: z.string(), state: z.string(), totalFen: z.int() }),
  from: ({ _id, number, state, totalFen }: Pledge) => ({ id: _id, number, state: state.name, totalFen }),
} as const;

/** What programs get of an awaited instalment. */
export const awaitedAnswer = {
  status: 201,
  description: 'The gift that is awaited, whose number goes on the transfer',
  schema: z.object({ number: z.string(), amountFen: z.int() }),
  from: ({ number, amountFen }: Gift) => ({ number, amountFen }),
} as const;
