import { type Fen, fen, pct } from '../../kernel/money';

/** What kind of charity holds the fund: the law sets other floors and caps for each (FU4). */
export const charityBodies = ['foundation', 'fundraisingAssociation', 'association'] as const;
type CharityBody = (typeof charityBodies)[number];

/** A row of FU4: from which net assets it holds, the least spending, the most management. Shares in basis points. */
export interface CostRow {
  body: CharityBody;
  fromAssetsFen: number;
  /** Least spending as a share of last year's income, and of net assets: both must be reached. */
  incomeBp: number;
  assetsBp: number;
  /** Most management as a share of the year's spending. */
  managementBp: number;
}

export interface CostLimits {
  leastSpendingFen: Fen;
  mostManagementFen: Fen;
}

interface Figures {
  body: CharityBody;
  netAssetsFen: Fen;
  lastIncomeFen: Fen;
  spendingFen: Fen;
}

/**
 * Least spending and most management of a year (Charity Law 2023 art. 61; rules of 2016, no. 189): of a fundraising body by income and
 * spending, of one without a certificate by its net assets. Undefined when no row is for such a body.
 */
export function costLimits(rows: readonly CostRow[], { body, netAssetsFen, lastIncomeFen, spendingFen }: Figures): CostLimits | undefined {
  const [row] = rows
    .filter((one) => one.body === body && one.fromAssetsFen <= netAssetsFen)
    .sort((a, b) => b.fromAssetsFen - a.fromAssetsFen);
  if (!row) return undefined;
  const least = Math.max(pct(lastIncomeFen, row.incomeBp), pct(netAssetsFen, row.assetsBp));
  return { leastSpendingFen: fen(least), mostManagementFen: pct(spendingFen, row.managementBp) };
}

/** Whether management of so much is lawful: within the cap, or so little that no cap applies. */
export function isWithinCap(
  managementFen: number,
  { mostManagementFen }: Pick<CostLimits, 'mostManagementFen'>,
  freeBelowFen: number,
): boolean {
  return managementFen <= mostManagementFen || managementFen < freeBelowFen;
}

const line = /^(\S+) +(\d{1,12}) +(\d{1,3}) +(\d{1,3}) +(\d{1,3})$/;

/** Reads lines such as `association 1000000 0 8 15`: body, net assets from (yuan), % of income, % of assets, % of spending. */
export function readCostRows(text: string): unknown[] {
  return text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)
    .map((one) => {
      const [, body, assets, income, ofAssets, management] = line.exec(one) ?? [];
      const bp = (percent: string | undefined) => Number(percent) * 100;
      return { body, fromAssetsFen: Number(assets) * 100, incomeBp: bp(income), assetsBp: bp(ofAssets), managementBp: bp(management) };
    });
}

/** Writes rows as {@link readCostRows} reads them. */
export function writeCostRows(rows: readonly CostRow[]): string {
  return rows
    .map(({ body, fromAssetsFen, incomeBp, assetsBp, managementBp }) =>
      [body, fromAssetsFen / 100, incomeBp / 100, assetsBp / 100, managementBp / 100].join(' '),
    )
    .join('\n');
}
