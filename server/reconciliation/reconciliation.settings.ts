import { fen } from '../kernel/money';
import { defineSetting, zSettingFen } from '../settings';

const room = 'reconciliation';

/** What a bank's fee is at most: more is no fee, or one that somebody asks the bank about first (demo). */
export const mostBankFee = defineSetting({ name: 'bankFee.most', room, unit: 'fen', schema: zSettingFen(), sample: fen(500_00) });
