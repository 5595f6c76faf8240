import { join } from 'node:path';
import { findPersonOrThrow, fullMobile, peopleWho } from '../../identity';
import type { Context } from '../../kernel/context';
import { fen } from '../../kernel/money';
import { formatYuan } from '../../kernel/money-text';
import type { Config } from '../../platform/config/config';
import { sharedTranslator, type Translate } from '../../platform/i18n/translator';
import { folderMessenger } from '../../platform/messages/folder-messenger';
import type { Messenger } from '../../platform/messages/messenger';
import { formatDay } from '../../platform/views/format';
import { countyCode } from '../../regions';
import { FundAlarm } from './budget.model';

/** How alarms leave this process. */
export interface Alarming {
  messenger: Messenger;
  t: Translate;
  publicBaseUrl: string;
}

export async function prepareAlarming(config: Pick<Config, 'dataDir' | 'publicBaseUrl'>): Promise<Alarming> {
  const messenger = folderMessenger(join(config.dataDir, 'outgoing'));
  return { messenger, t: (await sharedTranslator()).in('zh-CN'), publicBaseUrl: config.publicBaseUrl };
}

/** Tells the people who keep the funds of one crossing. What has settled meanwhile, or rung again, is not told any more. */
export async function tellAlarm(
  ctx: Context,
  { messenger, t, publicBaseUrl }: Alarming,
  { alarmId, crossing }: { alarmId: string; crossing: number },
): Promise<void> {
  const alarm = await FundAlarm.findOne({ _id: alarmId, ledger: ctx.ledger }).lean<FundAlarm>();
  if (alarm?.state.name !== 'raised' || alarm.crossings !== crossing) return;
  const [keepers, managers] = await Promise.all([
    peopleWho(ctx, 'fund.proposeBudget', countyCode()),
    peopleWho(ctx, 'fund.confirmBudget', countyCode()),
  ]);
  const page = alarm.lastDay ? '/funds/papers' : '/funds';
  const text = `${alarmText(t, 'zh-CN', alarm)} ${publicBaseUrl}${page}`;
  for (const id of new Set([...keepers, ...managers].map((one) => one.id))) {
    const to = fullMobile(await findPersonOrThrow(ctx, id));
    if (to) await messenger.send({ key: `alarm-${alarmId}-${crossing}-${id}`, by: 'sms', to, text });
  }
}

/** An alarm in one sentence, for a message and for the pages. */
export function alarmText(
  t: Translate,
  locale: Context['locale'],
  { kind, fund, purpose, year, valueFen = fen(0), markFen = fen(0), lastDay: day }: FundAlarm,
): string {
  if (kind === 'certificateEnds' || kind === 'planEnds') return t(`funds:budget.alarm.${kind}`, { day: day && formatDay(day, locale) });
  const of = fund ? t(`funds:fund.${fund}`) : t(`donations:purpose.${purpose}`);
  return t(`funds:budget.alarm.${kind}`, { of, year, value: formatYuan(valueFen), mark: formatYuan(markFen) });
}
