import type { DepositInTransit } from '../../donations';
import type { StatementLine } from '../statements/statement-line.model';

type Line = Pick<StatementLine, 'day' | 'amountFen'>;

/** Cash of a counter that a line may be: of the same sum, brought to the bank by then. */
export function depositsToOffer<Deposit extends DepositInTransit>({ day, amountFen }: Line, deposits: readonly Deposit[]): Deposit[] {
  return deposits.filter((deposit) => deposit.amountFen === amountFen && deposit.day <= day);
}

/** The one whose paper the bank's remark names; a sum alone may be a gift's as well. */
export function chooseDeposit<Deposit extends DepositInTransit>(
  line: Line & { remark: string },
  deposits: readonly Deposit[],
): Deposit | undefined {
  const remark = line.remark.normalize('NFKC').toUpperCase();
  const [only, ...others] = depositsToOffer(line, deposits).filter(({ paper }) => remark.includes(paper));
  return others.length === 0 ? only : undefined;
}
