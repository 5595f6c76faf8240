/** What somebody says that a line is that came in: each has a form of its own. */
export const lineChoices = ['gift', 'income', 'cash', 'entry'] as const;
export type LineChoice = (typeof lineChoices)[number];

interface Known {
  /** The other side's name and what it wrote. */
  name: string;
  remark: string;
  /** How many gifts of its sum, deposits and entries it may be. */
  gifts: number;
  deposits: number;
  entries: number;
}

const payersOfOther = /财政|国库|银行|信用社|农信|人民政府/;
const wordsOfOther = /利息|结息|拨款|补助资金/;

/** Which form is shown first: what the book or the line itself points at; most of what comes is a gift. */
export function choiceThatFits({ name, remark, gifts, deposits, entries }: Known): LineChoice {
  if (entries > 0) return 'entry';
  if (gifts > 0) return 'gift';
  if (deposits > 0) return 'cash';
  return payersOfOther.test(name) || wordsOfOther.test(remark) ? 'income' : 'gift';
}
