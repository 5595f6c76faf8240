/** What of the names of events (`gift.received`) belongs together, in the order of the filter. Words: `audit:group.<name>`. */
const kindGroups = {
  giving: ['gift', 'monthlyGift', 'pledge', 'donor', 'campaign', 'roster', 'goods', 'cash'],
  receipts: ['receipt'],
  moneyBack: ['refund', 'dispute', 'payout', 'matter'],
  funds: ['fund', 'income', 'operating', 'budget', 'fundAlarm', 'paper'],
  households: ['household', 'card', 'pin', 'relief', 'allowance'],
  aid: ['aid', 'notice'],
  payments: ['payment', 'batch'],
  bank: ['bank', 'statement', 'bankLine', 'day'],
  points: ['points', 'deed', 'pointRule'],
  shops: ['shop', 'product', 'delivery', 'redemption', 'kiosk'],
  people: ['person', 'token'],
  settings: ['setting'],
} as const satisfies Record<string, readonly string[]>;

/** The names of events by group; what belongs to none is left to the last, `other`. */
export function groupKinds(kinds: readonly string[]): { group: string; kinds: string[] }[] {
  const groups: [string, readonly string[]][] = Object.entries(kindGroups);
  const groupOf = (what: string) => groups.find(([, subjects]) => subjects.includes(what.split('.')[0] ?? ''))?.[0] ?? 'other';
  return [...groups.map(([group]) => group), 'other']
    .map((group) => ({ group, kinds: kinds.filter((what) => groupOf(what) === group) }))
    .filter((one) => one.kinds.length > 0);
}
