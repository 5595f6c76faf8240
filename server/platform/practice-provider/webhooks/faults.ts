/** What may go wrong on the way of a webhook; each of these happens on real lines. */
export type DeliveryFault =
  | 'duplicate' // sent twice
  | 'reorder' // overtaken by all that waits behind it
  | 'delay' // sent a minute late
  | 'drop' // never sent, and found only by asking for it
  | 'cut' // received, but the answer is lost: sent again later
  | 'wrong-secret' // the first attempt is signed with another secret
  | 'stale-timestamp' // the first attempt is signed an hour ago
  | 'future-timestamp'; // the first attempt is signed an hour ahead

export interface PlannedFault {
  fault: DeliveryFault;
  /** Only for this type of event; absent means the next of any. */
  type?: string;
  /** How many deliveries it strikes; 1 when absent. */
  times?: number;
}

/** A plan that tests set: each fault strikes the next deliveries it fits, one fault to a delivery. */
export class FaultPlan {
  #left: { fault: DeliveryFault; type: string | undefined; times: number }[] = [];

  plan(faults: readonly PlannedFault[]): void {
    this.#left = faults.map(({ fault, type, times }) => ({ fault, type, times: times ?? 1 }));
  }

  /** The fault that strikes this delivery, if any; it is used up. */
  take(eventType: string): DeliveryFault | null {
    const fault = this.#left.find((planned) => planned.times > 0 && (planned.type ?? eventType) === eventType);
    if (!fault) return null;
    fault.times -= 1;
    return fault.fault;
  }
}
