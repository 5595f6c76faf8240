/** Rows of a list of aid cases: late first. */
export const queueRows = [
  row('A-2026-000388', '郑*山', '安宁镇 石桥村', 2, '受灾', 98_000, 98_000, '11月13日', '逾期 1 天', 'late', 'check', '有异议'),
  row('A-2026-000412', '张*明', '青河乡 河湾村', 5, '因病', 840_000, 500_000, '11月20日', '今天', 'due', 'waiting', '待我审批'),
  row('A-2026-000409', '李*梅', '安宁镇 柳树村', 2, '因学', 240_000, 240_000, '11月19日', '今天', 'due', 'waiting', '待我审批'),
  row('A-2026-000407', '王*国', '安宁镇 石桥村', 4, '因病', 320_000, 320_000, '11月19日', '今天', 'due', 'waiting', '待我审批'),
  row('A-2026-000401', '赵*', '青河乡 河湾村', 3, '受灾', 128_450, 128_450, '11月18日', '明天', '', 'waiting', '待我审批'),
  row('A-2026-000398', '孙*兰', '安宁镇 石桥村', 1, '意外', 15_000, 15_000, '11月18日', '明天', '', 'waiting', '待我审批'),
  row('A-2026-000395', '周*强', '安宁镇 柳树村', 6, '因病', 792_000, 600_000, '11月17日', '11月26日', '', 'failed', '退回给我'),
  row('A-2026-000391', '吴*英', '青河乡 河湾村', 4, '因学', 302_000, 302_000, '11月16日', '11月26日', '', 'waiting', '待我审批'),
  row('A-2026-000386', '冯*芝', '安宁镇 柳树村', 5, '因病', 441_560, 441_560, '11月13日', '11月27日', '', 'waiting', '待我审批'),
  row('A-2026-000379', '陈*福', '青河乡 河湾村', 3, '因病', 10_000, 10_000, '11月12日', '11月27日', '', 'waiting', '待我审批'),
];

function row(
  number: string,
  who: string,
  village: string,
  people: number,
  cause: string,
  gap: number,
  fen: number,
  sent: string,
  due: string,
  dueClass: string,
  family: string,
  word: string,
) {
  const ticked = ['A-2026-000409', 'A-2026-000407', 'A-2026-000398'].includes(number);
  return { number, who, village, people, cause, gap, fen, capped: fen < gap, sent, due, dueClass, family, word, ticked };
}
