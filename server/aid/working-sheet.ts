import type { IncomeSource, IncomeWindow } from '../households';
import type { LocalDate } from '../kernel/local-date';
import type { ReliefKind } from '../relief';
import { type TopUpFacts, type TopUpRule, type TopUpSums, topUp } from './top-up';

/** A figure of the sheet, so that each can be shown with what it is made of. */
export interface IncomeLine {
  source: IncomeSource;
  /** Net of its own cost where that counts. */
  amountFen: number;
}

/** A sum that an earlier case of the household has paid or reserved. */
export interface OtherTopUp {
  case: string;
  number: string;
  on: LocalDate;
  amountFen: number;
}

/**
 * The frozen working sheet of a case: every input with the versions of the rules it was judged by, and the sums. Later facts make new
 * documents, never edits; {@link replayDecision} gives the same fen years later (DESIGN §3).
 */
export interface WorkingSheet {
  takenOn: LocalDate;
  submittedOn: LocalDate;
  window: IncomeWindow;
  statementId: string;
  line: { name: 'poverty' | 'monitor'; year: number; fen: number };
  income: IncomeLine[];
  /** Depreciation and production taxes, as one line with a minus. */
  deductionsFen: number;
  relief: { kind: ReliefKind; amountFen: number }[];
  otherTopUps: OtherTopUp[];
  facts: TopUpFacts;
  rule: TopUpRule;
  /** Ids of the setting versions behind line, window, mode, cap, minimum and bands. */
  settings: string[];
  sums: TopUpSums;
}

/** Decides a frozen sheet again, from its inputs alone. */
export function replayDecision({ facts, rule }: Pick<WorkingSheet, 'facts' | 'rule'>): TopUpSums {
  return topUp(facts, rule);
}
