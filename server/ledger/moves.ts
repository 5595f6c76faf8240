import { invariant } from '../kernel/errors';
import type { LocalDate } from '../kernel/local-date';
import type { Account } from './account-state';
import { type AccountCode, classNameOf, holdsLots, type Kind, poolClassOf, type Unit } from './chart';
import { amountCeiling, type DrawnLot, type StoredLeg } from './posting';
import { LedgerRefused, type RefusalCode } from './refusal';
import type { CommitState } from './state';

/** What one posting has moved so far. Legs on one account become one; floors are judged when all have been applied. */
export class Moves {
  readonly drawn: DrawnLot[] = [];
  readonly filled: { lot: AccountCode; value: number }[] = [];
  short = 0;
  readonly #legs = new Map<AccountCode, { account: Account; amount: number }>();

  constructor(
    readonly state: CommitState,
    readonly kind: Kind,
    /** The day that lots are tested against. */
    readonly day: LocalDate,
  ) {}

  /** Adds a signed amount to an account; one of a plain class is opened by its first leg, a lot must be there. */
  move(code: AccountCode, amount: number): void {
    const account = this.state.account(code) ?? this.#open(code);
    invariant(account.unitCost === undefined, 'posting.valued-lot', { kind: this.kind.name }); // only a draw takes the value along
    this.moveOn(account, amount);
  }

  #open(code: AccountCode): Account {
    this.#assertKindMayTouch(code);
    if (holdsLots(code)) this.refuse('noAccount', { account: code });
    return this.state.openAccount(code);
  }

  moveOn(account: Account, amount: number): void {
    invariant(Number.isSafeInteger(amount) && Math.abs(amount) <= amountCeiling, 'posting.whole-amount', { kind: this.kind.name });
    this.#assertKindMayTouch(account.code);
    if (account.status !== 'open') this.refuse('frozen', { account: account.code });
    this.state.add(account, amount);
    this.#assertCountable(account);
    const leg = this.#legs.get(account.code);
    if (leg) leg.amount += amount;
    else this.#legs.set(account.code, { account, amount });
  }

  /** At once and not at the end: past twice the ceiling a double would no longer be undone to the fen. */
  #assertCountable(account: Account): void {
    const total = account.pool ? this.state.pool(account.pool).total : 0;
    if (Math.abs(account.balance) > amountCeiling || total > amountCeiling) this.refuse('overflow', { account: account.code });
  }

  #assertKindMayTouch(code: AccountCode): void {
    const className = classNameOf(code);
    const isAllowed = this.kind.accounts.has(className) || this.kind.accounts.has(poolClassOf(code));
    invariant(isAllowed, 'posting.kind-may-touch', { kind: this.kind.name, class: className });
  }

  refuse(code: RefusalCode, details: Record<string, string | number> = {}): never {
    throw new LedgerRefused(code, this.state.asOf, details);
  }

  /** The legs of the entry, after the tests that need the whole: sums of zero and floors. */
  settle(): StoredLeg[] {
    const sums = new Map<Unit, number>();
    const legs: StoredLeg[] = [];
    for (const { account, amount } of this.#legs.values()) {
      if (amount === 0) continue;
      this.#assertAboveFloor(account, amount);
      const sum = (sums.get(account.unit) ?? 0) + amount;
      if (!Number.isSafeInteger(sum)) this.refuse('overflow', { account: account.code });
      sums.set(account.unit, sum);
      legs.push({ account: account.code, unit: account.unit, amount, balanceAfter: account.balance });
    }
    for (const [unit, sum] of sums) if (sum !== 0) this.refuse('unbalanced', { unit, sum });
    return legs;
  }

  #assertAboveFloor(account: Account, amount: number): void {
    const change = account.side === 'debit' ? amount : -amount;
    if (account.floor !== 'none' && account.balance < account.floor && change < 0) {
      this.refuse('floor', { account: account.code, available: account.balance - change, asked: -change });
    }
  }
}
