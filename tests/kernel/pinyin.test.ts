import { nameKeys } from '../../server/kernel/pinyin';

test.each`
  name               | sortKey                       | spelling                | initials
  ${'张伟'}          | ${'zhang wei'}                | ${'zhangwei'}           | ${'zw'}
  ${'欧阳建国'}      | ${'ou yang jian guo'}         | ${'ouyangjianguo'}      | ${'oyjg'}
  ${'单雄信'}        | ${'shan xiong xin'}           | ${'shanxiongxin'}       | ${'sxx'}
  ${'曾国藩'}        | ${'zeng guo fan'}             | ${'zengguofan'}         | ${'zgf'}
  ${'仇英'}          | ${'qiu ying'}                 | ${'qiuying'}            | ${'qy'}
  ${'解晓东'}        | ${'xie xiao dong'}            | ${'xiexiaodong'}        | ${'xxd'}
  ${'尉迟恭'}        | ${'yu chi gong'}              | ${'yuchigong'}          | ${'ycg'}
  ${'吕布'}          | ${'lv bu'}                    | ${'lvbu'}               | ${'lb'}
  ${'买买提·艾山'}   | ${'mai mai ti ai shan'}       | ${'maimaitiaishan'}     | ${'mmtas'}
  ${'𠮷田'}          | ${'𠮷 tian'}                  | ${'𠮷tian'}             | ${'𠮷t'}
  ${'Ｔｏｍ 张'}     | ${'tom zhang'}                | ${'tomzhang'}           | ${'tz'}
  ${'和安县第2小学'} | ${'he an xian di 2 xiao xue'} | ${'heanxiandi2xiaoxue'} | ${'haxd2xx'}
  ${' 张　小明 '}    | ${'zhang xiao ming'}          | ${'zhangxiaoming'}      | ${'zxm'}
  ${''}              | ${''}                         | ${''}                   | ${''}
`('$name is found as $spelling and $initials', ({ name, ...keys }) => expect(nameKeys(name)).toEqual(keys));

test('names sort by syllable, so a short first name comes before a longer sound', () => {
  const names = ['张佳', '占伟', '张安', '詹阿姨'];
  const sorted = names.toSorted((a, b) => (nameKeys(a).sortKey < nameKeys(b).sortKey ? -1 : 1));
  expect(sorted).toEqual(['詹阿姨', '占伟', '张安', '张佳']);
});
