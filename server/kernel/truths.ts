import type { Context } from './context';

/** One place where something that must hold does not. Ids, codes and numbers only. */
export interface Violation {
  truth: string;
  what: string;
  where: string;
}

/** An invariant of QUALITY as a query over live data; no violations means that it holds. */
export interface Truth {
  id: string;
  /** What must hold, in one English sentence for operators. */
  says: string;
  check(ctx: Context): Promise<Violation[]>;
}
