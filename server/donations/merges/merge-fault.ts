import type { Donor } from '../donor.model';

type Judged = Pick<Donor, '_id' | 'kind' | 'creditCode' | 'registeredAt' | 'mergedInto'>;

/** Why two records may not become one. */
export type MergeFault = 'merge-same' | 'merge-done' | 'merge-other-code' | 'merge-other-kind' | 'merge-has-people';

/** Whether `from` may go into `into`: never two credit codes, since a code is one body; never people who would act for another record. */
export function mergeFault(from: Judged, into: Judged): MergeFault | undefined {
  if (from._id === into._id) return 'merge-same';
  if (from.mergedInto || into.mergedInto) return 'merge-done';
  if (from.creditCode && into.creditCode && from.creditCode !== into.creditCode) return 'merge-other-code';
  if (from.kind !== into.kind) return 'merge-other-kind';
  return from.registeredAt ? 'merge-has-people' : undefined;
}
