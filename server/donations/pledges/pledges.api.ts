import { zId } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import type { Gift } from '../gift.model';
import { inKindKinds, type Pledge } from './pledge.model';
import { quantityKept } from './pledge-account';

/** Money in fen, or what is in kind in its own unit: never both. */
const instalment = z.object({
  rank: z.int(),
  dueOn: z.string(),
  kind: z.enum(['money', ...inKindKinds]),
  amountFen: z.int().nullable(),
  item: z.string().nullable(),
  quantity: z.int().nullable(),
  unit: z.string().nullable(),
  keptQuantity: z.int().nullable(),
});

/** What programs get of a pledge. */
export const pledgeAnswer = {
  status: 201,
  description: 'The pledge',
  schema: z.object({ id: zId('plg'), number: z.string(), state: z.string(), totalFen: z.int(), instalments: z.array(instalment) }),
  from: ({ _id, number, state, totalFen, instalments, keptInKind = [] }: Pledge) => ({
    id: _id,
    number,
    state: state.name,
    totalFen,
    instalments: instalments.map(({ rank, dueOn, amountFen, inKind }) => ({
      rank,
      dueOn,
      kind: inKind?.kind ?? ('money' as const),
      amountFen: inKind ? null : amountFen,
      item: inKind?.item ?? null,
      quantity: inKind?.quantity ?? null,
      unit: inKind?.unit ?? null,
      keptQuantity: inKind ? quantityKept(keptInKind, rank) : null,
    })),
  }),
} as const;

/** What programs get of an awaited instalment. */
export const awaitedAnswer = {
  status: 201,
  description: 'The gift that is awaited, whose number goes on the transfer',
  schema: z.object({ number: z.string(), amountFen: z.int() }),
  from: ({ number, amountFen }: Gift) => ({ number, amountFen }),
} as const;
