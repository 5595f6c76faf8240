import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import { atOneMoment, drawableFromEach, findPoolsOfClass, type PoolCode, sumOpenByPoolBefore } from '../../ledger';
import { restriction } from '../funds.accounts';
import { type Fund, fundOf, funds, type Purpose, purposes } from '../purposes';
import { type Restriction, restrictionOf } from '../restrictions';

/** Where reserved money lies: approved for a family, on its way at the bank. */
const reservedIn = ['payable', 'transit'];

/** What lies under one restriction: free to be used today, reserved, and past its last day. */
interface RestrictionBalance {
  pool: PoolCode;
  restriction: Restriction;
  freeFen: number;
  reservedFen: number;
  pastFen: number;
}

interface PurposeBalance {
  purpose: Purpose;
  freeFen: number;
  reservedFen: number;
  pastFen: number;
  restrictions: readonly RestrictionBalance[];
}

export interface FundBalance {
  fund: Fund;
  freeFen: number;
  reservedFen: number;
  pastFen: number;
  purposes: readonly PurposeBalance[];
}

/** All funds with their purposes and restrictions, from the ledger at one moment: what is free today, reserved, past its last day. */
export async function fundBalances(ctx: Context): Promise<FundBalance[]> {
  const { pools, reserved, drawable } = await atOneMoment(ctx, async (moment) => {
    const pools = await findPoolsOfClass(ctx, restriction.className, moment);
    const codes = pools.map(({ code }) => code);
    return {
      pools,
      reserved: await sumOpenByPoolBefore(ctx, reservedIn, restriction.className, moment),
      drawable: await drawableFromEach(ctx, codes, shanghaiDay(ctx.clock.now()), moment),
    };
  });
  const rows = pools.map(({ code, total }): RestrictionBalance => {
    const freeFen = drawable.get(code) ?? 0;
    return {
      pool: code,
      restriction: restrictionOf(code),
      freeFen,
      reservedFen: reserved.get(code) ?? 0,
      pastFen: total - freeFen,
    };
  });
  return funds.map((fund) => {
    const own = purposes
      .filter((purpose) => fundOf(purpose) === fund)
      .map((purpose): PurposeBalance => {
        const restrictions = rows.filter((row) => row.restriction.purpose === purpose);
        return { purpose, ...summed(restrictions), restrictions };
      });
    return { fund, ...summed(own), purposes: own };
  });
}

type Balance = Pick<FundBalance, 'freeFen' | 'reservedFen' | 'pastFen'>;

export function summed(rows: readonly Balance[]): Balance {
  const sum = (field: keyof Balance) => rows.reduce((total, row) => total + row[field], 0);
  return { freeFen: sum('freeFen'), reservedFen: sum('reservedFen'), pastFen: sum('pastFen') };
}
