import { zMobile } from '../../identity';
import { fen } from '../../kernel/money';
import { alongside, zId, zLocalDate, zNfcText, zPage, zRequestKey, zTick, zWhole, zYuan } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { optional, zCreditCode, zPlace } from '../donations.fields';
import { type GoodsState, goodsStates } from './goods.states';

const mostLines = 20;
const mostPieces = 1_000_000;
const largestFen = fen(100_000_000_00);
/** A price of one, so that all of a line stays below what the ledger counts. */
const largestUnitFen = fen(1_000_000_00);

/** Rows of the form; a program may send more. */
export const formLines = 5;

export const goodsRef = z.object({ id: zId('gof') });
export const goodsCodeParam = z.object({ code: zId('g') });

const goodsLine = z.object({
  name: zNfcText(40),
  unit: zNfcText(10),
  quantity: zWhole(1, mostPieces),
  declared: optional(zYuan({ min: fen(1), max: largestFen })),
  lastDay: optional(zLocalDate),
  evidence: optional(zNfcText(80)),
});

/** Who may offer goods; somebody has to be asked about them, so that nobody stays without a name. */
export const goodsGivers = ['organisation', 'person'] as const;

const offerFields = z.object({
  requestKey: zRequestKey,
  giver: z.enum([...goodsGivers, 'member']).default('organisation'),
  organisationName: optional(zNfcText(80)),
  creditCode: optional(zCreditCode),
  contactName: optional(zNfcText(40)),
  personName: optional(zNfcText(40)),
  phone: optional(zMobile),
  showName: zTick,
  place: optional(zPlace),
  note: optional(zNfcText(300, { lines: true })),
  lines: z.array(goodsLine).min(1).max(mostLines),
});

type Offered = Partial<z.output<typeof offerFields>>;
const needs: readonly { field: keyof Offered; when: (offered: Offered) => boolean }[] = [
  { field: 'organisationName', when: ({ giver }) => giver === 'organisation' },
  { field: 'creditCode', when: ({ giver }) => giver === 'organisation' },
  { field: 'contactName', when: ({ giver }) => giver === 'organisation' },
  { field: 'personName', when: ({ giver }) => giver === 'person' },
  { field: 'phone', when: ({ giver }) => giver !== 'member' },
];

export const offerGoodsInput = needs.reduce(
  (schema, { field, when }) =>
    schema.refine((offered) => !when(offered) || offered[field] !== undefined, { path: [field], error: 'required', ...alongside }),
  offerFields,
);
export type OfferGoodsInput = z.output<typeof offerGoodsInput>;

/** One row for each line of the offer, in its order. */
export const inspectGoodsInput = goodsRef.extend({
  lines: z
    .array(z.object({ line: zWhole(0, mostLines), usable: zWhole(0, mostPieces), quality: optional(zNfcText(100)) }))
    .min(1)
    .max(mostLines),
  note: optional(zNfcText(300, { lines: true })),
});
export type InspectGoodsInput = z.output<typeof inspectGoodsInput>;

export const refuseGoodsInput = goodsRef.extend({ reason: zNfcText(300) });
export type RefuseGoodsInput = z.output<typeof refuseGoodsInput>;

export const valueGoodsInput = goodsRef.extend({
  lines: z
    .array(
      z
        .object({
          line: zWhole(0, mostLines),
          unitPrice: optional(zYuan({ min: fen(1), max: largestUnitFen })),
          evidence: optional(zNfcText(80)),
        })
        .refine(({ unitPrice, evidence }) => unitPrice === undefined || evidence !== undefined, {
          path: ['evidence'],
          error: 'required',
          ...alongside,
        }),
    )
    .min(1)
    .max(mostLines),
});
export type ValueGoodsInput = z.output<typeof valueGoodsInput>;

export const goodsFilters = z.object({
  view: z.enum(goodsStates.states as [GoodsState, ...GoodsState[]]).default('offered'),
  ...zPage.shape,
});
export type GoodsFilters = z.output<typeof goodsFilters>;
