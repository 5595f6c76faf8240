import { chineseCapitals } from '../../server/kernel/chinese-capitals';
import { BrokenInvariant } from '../../server/kernel/errors';
import { fen } from '../../server/kernel/money';
import { yuanToFen } from '../../server/kernel/money-text';

test.each`
  yuan                       | words                                                                 | why
  ${'10,000.00'}             | ${'壹万元整'}                                                         | ${'DO2'}
  ${'100,005.00'}            | ${'壹拾万零伍元整'}                                                   | ${'DO2'}
  ${'1,000.05'}              | ${'壹仟元零伍分'}                                                     | ${'DO2'}
  ${'0.50'}                  | ${'伍角'}                                                             | ${'DO2'}
  ${'10.10'}                 | ${'壹拾元零壹角'}                                                     | ${'DO2'}
  ${'1,409.50'}              | ${'壹仟肆佰零玖元伍角'}                                               | ${'DO2'}
  ${'1,680.32'}              | ${'壹仟陆佰捌拾元零叁角贰分'}                                         | ${'DO2'}
  ${'16,409.02'}             | ${'壹万陆仟肆佰零玖元零贰分'}                                         | ${'DO2'}
  ${'107,000.53'}            | ${'壹拾万柒仟元零伍角叁分'}                                           | ${'DO2'}
  ${'20,000,300.00'}         | ${'贰仟万零叁佰元整'}                                                 | ${'DO2'}
  ${'100,000,001.00'}        | ${'壹亿零壹元整'}                                                     | ${'DO2'}
  ${'120050.75'}             | ${'壹拾贰万零伍拾元零柒角伍分'}                                       | ${'zero runs'}
  ${'0.00'}                  | ${'零元整'}                                                           | ${'nothing'}
  ${'0.05'}                  | ${'伍分'}                                                             | ${'no 零 without 元'}
  ${'0.15'}                  | ${'壹角伍分'}                                                         | ${'less than a yuan'}
  ${'1.00'}                  | ${'壹元整'}                                                           | ${'one yuan'}
  ${'1.01'}                  | ${'壹元零壹分'}                                                       | ${'jiao is 0 and fen is not'}
  ${'1.10'}                  | ${'壹元壹角'}                                                         | ${'no 整 after 角'}
  ${'10.01'}                 | ${'壹拾元零壹分'}                                                     | ${'one 零, not two'}
  ${'1001.00'}               | ${'壹仟零壹元整'}                                                     | ${'two zeros, one 零'}
  ${'1010.00'}               | ${'壹仟零壹拾元整'}                                                   | ${'zero before ten'}
  ${'1000000.00'}            | ${'壹佰万元整'}                                                       | ${'zeros at the end are silent'}
  ${'1001000.00'}            | ${'壹佰万壹仟元整'}                                                   | ${'1,001,000: the rank below 万 is filled'}
  ${'100,010,000.00'}        | ${'壹亿零壹万元整'}                                                   | ${'zero inside the 万'}
  ${'1,000,000,000,000.00'}  | ${'壹万亿元整'}                                                       | ${'万亿'}
  ${'22,517,998,136,852.47'} | ${'贰拾贰万伍仟壹佰柒拾玖亿玖仟捌佰壹拾叁万陆仟捌佰伍拾贰元肆角柒分'} | ${'the ceiling'}
`('¥$yuan is 人民币$words ($why)', ({ yuan, words }) => expect(chineseCapitals(yuanToFen(yuan) ?? fen(0))).toBe(`人民币${words}`));

test('no receipt is below zero', () => expect(() => chineseCapitals(fen(-1))).toThrow(BrokenInvariant));
