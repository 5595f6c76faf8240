import { askVoiding, confirmRange, confirmVoiding, enterRange, issueReceipt, issueWaitingReceipts } from '../../server/donations';
import { charity } from './cast';
import type { Stage } from './stage';

const range = { payee: charity, itemCode: '501010' };

/** The finance department's ranges: one that the first gifts use up, and the one in use. One officer enters each, another confirms it. */
export async function openReceiptRanges(stage: Stage): Promise<void> {
  const issued = [
    { code: '1304990125', first: '0000000981', last: '0000001000', sourceDoc: '和财票〔2025〕12 号领用单（演示）' },
    { code: '1304990126', first: '0000000001', last: '0000000500', sourceDoc: '和财票〔2026〕3 号领用单（演示）' },
  ];
  for (const one of issued) {
    const { _id } = await enterRange(stage.as('finance-1'), { requestKey: stage.key('range'), ...range, ...one });
    await confirmRange(stage.as('finance-2'), { id: _id });
  }
}

/** Receipts for all that has arrived. */
export async function issueReceipts(stage: Stage): Promise<void> {
  await issueWaitingReceipts(stage.system);
}

/**
 * What receipts look like after some weeks: the gift of a company receipted, one receipt voided and issued anew, one that a second officer
 * has to decide on, and a range that waits for its second person.
 */
export async function workOnReceipts(stage: Stage, [company, first, second]: readonly string[]): Promise<void> {
  const issue = async (gift = '') => (await issueReceipt(stage.system, { gift }))._id;
  await issue(company);
  const [asked, voided] = [await issue(first), await issue(second)];
  await askVoiding(stage.as('finance-2'), { id: voided, reason: '备注漏写了限定乡镇，按原金额重开', payerName: undefined });
  await confirmVoiding(stage.as('finance-1'), { id: voided });
  await askVoiding(stage.as('finance-2'), { id: asked, reason: '交款人要求重开，名称不变', payerName: undefined });
  await enterRange(stage.as('finance-2'), {
    requestKey: stage.key('range'),
    ...range,
    code: '1304990126',
    first: '0000000501',
    last: '0000001000',
    sourceDoc: '和财票〔2026〕9 号领用单（演示）',
  });
}
