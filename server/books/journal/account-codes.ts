import type { AccountCode } from '../../ledger';

/** Which code of the accountant's chart an account of the ledger has: a class (`bank`), or an account of it (`bank:main`). */
export interface CodeRow {
  account: string;
  code: string;
  name: string;
}

/** The row of an account: the one that says most of it. Undefined when neither it nor its class has one. */
export function codeOf(account: AccountCode, rows: readonly CodeRow[]): CodeRow | undefined {
  const parts = account.split(':');
  for (let length = parts.length; length > 0; length -= 1) {
    const prefix = parts.slice(0, length).join(':');
    const row = rows.find((one) => one.account === prefix);
    if (row) return row;
  }
  return undefined;
}

const line = /^(\S+)\s+(\S+)\s+(.+)$/;

/** Reads lines such as `bank:main 100201 Bank deposits`: account of the ledger, the accountant's code, its name. */
export function readCodeRows(text: string): unknown[] {
  return text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)
    .map((one) => {
      const [, account, code, name] = line.exec(one) ?? [];
      return { account, code, name };
    });
}

/** Writes rows as {@link readCodeRows} reads them. */
export function writeCodeRows(rows: readonly CodeRow[]): string {
  return rows.map(({ account, code, name }) => `${account} ${code} ${name}`).join('\n');
}
