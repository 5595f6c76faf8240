/** Where the sum of a line stands, and by what sign it came in. */
type SumColumns =
  | { how: 'twoColumns'; in: readonly string[]; out: readonly string[] }
  | { how: 'signed'; sum: readonly string[] }
  | { how: 'marked'; sum: readonly string[]; mark: readonly string[]; in: readonly string[]; out: readonly string[] };

/** How one bank writes the statement of an account: the heads of its columns as it may call them, and its convention of signs. */
export interface BankTemplate {
  key: string;
  columns: Readonly<Record<'serial' | 'day', readonly string[]>>;
  /** What a statement may leave out. */
  optional: Readonly<Record<'name' | 'account' | 'remark', readonly string[]>>;
  sum: SumColumns;
}

const serial = ['交易流水号', '流水号', '交易流水', '银行流水号', '核心流水号', '凭证号', 'Serial No.', 'Transaction ID'];
const day = ['交易日期', '记账日期', '入账日期', '交易时间', '日期', 'Date', 'Transaction date'];
const optional = {
  name: ['对方户名', '对方名称', '对方账户名称', '对方单位', '交易对手名称', 'Counterparty'],
  account: ['对方账号', '对方账户', '对方账户账号', '交易对手账号', 'Counterparty account'],
  remark: ['附言', '摘要', '用途', '备注', '交易附言', 'Remark', 'Memo'],
};

/**
 * The forms of statement that can be read: data, not code. From the organisation's own view: the bank's credit (贷) is money that came in,
 * since it owes the county more. The first one whose columns all stand in a row of the file is taken.
 */
export const bankTemplates: readonly BankTemplate[] = [
  {
    key: 'twoColumns',
    columns: { serial, day },
    optional,
    sum: {
      how: 'twoColumns',
      in: ['收入金额', '贷方发生额', '贷方金额', '收入', '存入金额', 'Credit', 'Money in'],
      out: ['支出金额', '借方发生额', '借方金额', '支出', '支取金额', 'Debit', 'Money out'],
    },
  },
  {
    key: 'marked',
    columns: { serial, day },
    optional,
    sum: {
      how: 'marked',
      sum: ['发生额', '交易金额', '金额', 'Amount'],
      mark: ['借贷标志', '借贷方向', '借贷', '收支', '收支方向', 'Dr/Cr'],
      in: ['贷', '贷方', '收', '收入', 'C', 'CR'],
      out: ['借', '借方', '支', '付', '支出', 'D', 'DR'],
    },
  },
  { key: 'signed', columns: { serial, day }, optional, sum: { how: 'signed', sum: ['交易金额', '发生额', '金额', 'Amount'] } },
];
