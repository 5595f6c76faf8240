import { zLocalDate, zNfcText, zRequestKey, zWhole } from '../../../platform/validation/types';
import type { z } from '../../../platform/validation/zod';
import { mostInstalments, pledgeRef } from '../pledges.inputs';

const kept = pledgeRef.extend({ requestKey: zRequestKey });
const [rank, quantity] = [zWhole(1, mostInstalments * 2), zWhole(1, 1_000_000)];

// Both forms stand on one page: each field has a name of its own, so that a fault is told in the form in which it was made.

/** Accepted goods that fulfil an instalment: the offer's number and which of its goods, such as `G-2026-000012/1`. */
export const keepGoodsInput = kept.extend({ goods: zNfcText(30), goodsRank: rank, goodsQuantity: quantity });
export type KeepGoodsInput = z.output<typeof keepGoodsInput>;

/** Work that was done for an instalment, and on which day. */
export const noteLabourInput = kept.extend({ on: zLocalDate, labourRank: rank, labourQuantity: quantity });
export type NoteLabourInput = z.output<typeof noteLabourInput>;
