import type { Cause } from '../kernel/causes';
import { covers, type DivisionCode, divisionCode, isDivisionCode, parentOf } from '../kernel/division-code';
import { invariant } from '../kernel/errors';
import { isLocalDate, type LocalDate } from '../kernel/local-date';
import type { PoolCode } from '../ledger';
import { restriction } from './funds.accounts';
import { isPurpose, type Purpose, purposesServing } from './purposes';

/** What a giver ties a gift to: a purpose, and if wished an area and a last day of use (FU7). */
export interface Restriction {
  purpose: Purpose;
  area?: DivisionCode;
  lastDay?: LocalDate;
}

/** A payment for which money is looked for: the cause of the household, its village, and the day. */
export interface Payment {
  cause: Cause;
  village: string;
  day: LocalDate;
}

/** The pool of a restriction: `restriction:illness:130499101:2026-12-31`, parts that are not set left out. */
export function restrictionPool({ purpose, area, lastDay }: Restriction): PoolCode {
  return restriction(purpose, ...(area ? [area] : []), ...(lastDay ? [lastDay] : []));
}

/** The restriction behind a pool's code; an area is all digits, a last day has hyphens. */
export function restrictionOf(pool: PoolCode): Restriction {
  const [className, purpose = '', ...rest] = pool.split(':');
  invariant(className === restriction.className && isPurpose(purpose), 'funds.pool-of-a-restriction', { pool });
  const area = rest.find(isDivisionCode);
  const lastDay = rest.find(isLocalDate);
  return { purpose, ...(area && { area }), ...(lastDay && { lastDay }) };
}

/**
 * The pools that a payment satisfies, the most restricted first: the nearest area, then the earliest last day, then purpose before
 * general (FU7). Pools without a last day follow from the payment itself; `dated` are the restrictions with one that were ever given,
 * `inGrace` those whose day may be over while money of them came back with days of grace.
 */
export function poolsFor(payment: Payment, dated: readonly Restriction[] = [], inGrace: readonly Restriction[] = []): PoolCode[] {
  const serving = purposesServing(payment.cause);
  const areas: (DivisionCode | undefined)[] = [...areasAround(payment.village), undefined];
  const undated = areas.flatMap((area) => serving.map((purpose): Restriction => ({ purpose, ...(area && { area }) })));
  const rank = ({ purpose }: Restriction) => serving.indexOf(purpose);
  const late = inGrace.filter((one) => !inTime(payment, one) && serves(payment, one));
  return [...late, ...dated.filter((one) => one.lastDay && satisfies(payment, one)), ...undated]
    .sort((a, b) => nearness(b) - nearness(a) || compare(lastUse(a), lastUse(b)) || rank(a) - rank(b))
    .map(restrictionPool);
}

/** Whether money under this restriction may be used for this payment. A wrong purpose, area or day is refused, not warned (FU3). */
export function satisfies(payment: Payment, restriction: Restriction): boolean {
  return serves(payment, restriction) && inTime(payment, restriction);
}

function serves({ cause, village }: Payment, { purpose, area }: Restriction): boolean {
  return purposesServing(cause).includes(purpose) && (area === undefined || covers(area, village));
}

function inTime({ day }: Payment, { lastDay }: Restriction): boolean {
  return lastDay === undefined || day <= lastDay;
}

/** The village and its township; money for the whole county has no area. */
function areasAround(village: string): DivisionCode[] {
  const nearest = divisionCode(village);
  const township = parentOf(nearest);
  return township ? [nearest, township] : [nearest];
}

const nearness = ({ area }: Restriction) => area?.length ?? 0;
const lastUse = ({ lastDay }: Restriction) => lastDay ?? '9999';
const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
