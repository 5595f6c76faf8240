import { zId, zNfcText, zPage, zRequestKey } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';

export const donorRef = z.object({ id: zId('don') });
export const proposeMergeInput = donorRef.extend({
  requestKey: zRequestKey,
  into: z.string().min(1, 'required').pipe(zId('don')),
  reason: zNfcText(200, { min: 2 }),
});
export type ProposeMergeInput = z.output<typeof proposeMergeInput>;

export const mergeRef = z.object({ id: zId('mrg') });
export const declineMergeInput = mergeRef.extend({ reason: zNfcText(200, { min: 2 }) });
export type DeclineMergeInput = z.output<typeof declineMergeInput>;

/** The staff's list of organisations that give. */
export const donorFilters = z.object({ q: z.string().trim().max(40).optional(), ...zPage.shape });
export type DonorFilters = z.output<typeof donorFilters>;
