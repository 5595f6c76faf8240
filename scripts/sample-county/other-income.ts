import { recordIncome } from '../../server/funds';
import { recordIncomeInput } from '../../server/funds/funds.inputs';
import type { LocalDate } from '../../server/kernel/local-date';
import type { Stage } from './stage';

const yearly = [
  {
    source: 'countyBudget',
    yuan: 300_000,
    purpose: 'general',
    document: '和财农〔2025〕31 号（演示）',
    basis: '县政府常务会议纪要第 12 期',
  },
  {
    source: 'fiscal',
    yuan: 120_000,
    purpose: 'reliefAfterPolicy',
    document: '市财农〔2025〕88 号（演示）',
    basis: '衔接推进乡村振兴补助资金管理办法',
  },
  { source: 'counterpartAid', yuan: 80_000, purpose: 'goods', document: '东西部协作协议 2025-4（演示）', basis: '东西部协作年度协议' },
  { source: 'projectDividend', yuan: 46_500, purpose: 'general', document: '光伏收益分配表 3 号（演示）', basis: '项目收益分配办法' },
  { source: 'countyBudget', yuan: 36_000, purpose: 'elders', document: '和财社〔2025〕12 号（演示）', basis: '孝心养老基金实施办法' },
  { source: 'fiscal', yuan: 60_000, purpose: 'premium', document: '和财金〔2025〕7 号（演示）', basis: '防贫保险实施方案' },
] as const;

/** What the county, the province and a partner city bring at the beginning of the year. */
export async function incomeOfYear(stage: Stage, day: LocalDate): Promise<void> {
  for (const [place, { source, yuan, purpose, document, basis }] of yearly.entries()) {
    await record(stage, day, { source, amount: `${yuan}.00`, purpose, document, legalBasis: basis }, `Y${place}`);
  }
}

/** The bank's interest of a quarter, and the collection of relief day. */
export async function smallIncome(stage: Stage, day: LocalDate, n: number): Promise<void> {
  const interest = { source: 'interest', amount: `${stage.between(180, 420)}.${stage.between(10, 99)}`, purpose: 'operating' };
  await record(stage, day, { ...interest, document: `利息单 ${n + 1} 号（演示）`, legalBasis: '存款合同' }, `Q${n}`);
  if (n !== 1) return;
  const reliefDay = { source: 'reliefDay', amount: '18260.00', purpose: 'illness', document: '扶贫日募集公告（演示）' };
  await record(stage, day, { ...reliefDay, legalBasis: '慈善法、备案方案' }, `R${n}`);
}

async function record(stage: Stage, day: LocalDate, fields: Record<string, string>, serial: string): Promise<void> {
  const input = recordIncomeInput.parse({
    requestKey: stage.key('income'),
    bankSerial: `NSH${day.replaceAll('-', '')}${serial}`,
    receivedOn: day,
    ...fields,
  });
  await recordIncome(stage.as('finance-1'), input);
}
