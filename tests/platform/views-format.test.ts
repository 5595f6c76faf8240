import { localDate } from '../../server/kernel/local-date';
import { formatDay, formatMonth, formatNumber, formatSum, formatTime } from '../../server/platform/views/format';
import { templates } from './support/render';

test.each`
  fen             | style       | shown                       | why
  ${0}            | ${'plain'}  | ${'¥0.00'}                  | ${'nothing'}
  ${5}            | ${'plain'}  | ${'¥0.05'}                  | ${'less than a jiao'}
  ${1_234_567_89} | ${'plain'}  | ${'¥1,234,567.89'}          | ${'thousands'}
  ${-150_000}     | ${'plain'}  | ${'\u2212¥1,500.00'}        | ${'a minus as wide as a digit'}
  ${1_000_000}    | ${'signed'} | ${'+¥10,000.00'}            | ${'came in'}
  ${-1}           | ${'signed'} | ${'\u2212¥0.01'}            | ${'went out'}
  ${0}            | ${'signed'} | ${'¥0.00'}                  | ${'nothing has no sign'}
  ${1_000_000}    | ${'whole'}  | ${'¥10,000'}                | ${'a choice of whole yuan'}
  ${1_000_050}    | ${'whole'}  | ${'¥10,000.50'}             | ${'fen are never hidden'}
  ${500_000}      | ${'bare'}   | ${'5,000.00'}               | ${'under a heading 金额（元）'}
  ${2 ** 51 - 1}  | ${'plain'}  | ${'¥22,517,998,136,852.47'} | ${'the ceiling'}
`('$fen fen, $style: $shown ($why)', ({ fen, style, shown }) => expect(formatSum(fen, style)).toBe(shown));

test.each([0.5, Number.NaN, 2 ** 53])('%p is no sum', (amount) => expect(() => formatSum(amount)).toThrow('whole'));

test.each`
  value     | shown
  ${999}    | ${'999'}
  ${48_213} | ${'48,213'}
  ${-1_000} | ${'\u22121,000'}
`('$value as $shown', ({ value, shown }) => expect(formatNumber(value)).toBe(shown));

test.each`
  day             | locale     | today           | shown
  ${'2026-11-04'} | ${'zh-CN'} | ${undefined}    | ${'2026年11月4日'}
  ${'2026-11-04'} | ${'zh-CN'} | ${'2026-11-24'} | ${'11月4日'}
  ${'2026-11-04'} | ${'zh-CN'} | ${'2027-01-02'} | ${'2026年11月4日'}
  ${'2026-11-04'} | ${'en'}    | ${undefined}    | ${'4 Nov 2026'}
  ${'2026-11-04'} | ${'en'}    | ${'2026-11-24'} | ${'4 Nov'}
`('$day in $locale on $today: $shown', ({ day, locale, today, shown }) => expect(formatDay(localDate(day), locale, today)).toBe(shown));

test('a point in time is shown in Shanghai', () => {
  const lateEvening = new Date('2026-11-24T16:30:00Z');
  expect([formatDay(lateEvening, 'zh-CN'), formatTime(lateEvening), formatMonth('2026-11', 'en')]).toEqual([
    '2026年11月25日',
    '00:30',
    'November 2026',
  ]);
});

describe('helpers', () => {
  let render: Awaited<ReturnType<typeof templates>>;
  beforeAll(async () => {
    render = await templates();
  });

  test.each`
    template                                                      | shown
    ${'{{yuan 500000}}'}                                          | ${'¥5,000.00'}
    ${'{{sum 500000 href="/a?b=1&c=2"}}'}                         | ${'<a class="figure" href="/a?b&#x3D;1&amp;c&#x3D;2">¥5,000.00</a>'}
    ${'{{sum 500000 class="strong"}}'}                            | ${'<span class="figure strong">¥5,000.00</span>'}
    ${'{{digits 48213}}'}                                         | ${'48,213'}
    ${'{{date "2026-11-24" short=true}}'}                         | ${'<span class="nobreak">11月24日</span>'}
    ${'{{date "2025-11-24" short=true}}'}                         | ${'<span class="nobreak">2025年11月24日</span>'}
    ${'{{rich "pattern-book:summary" count=2 sum="<i>"}}'}        | ${'共 <b>2</b> 件，拟补合计 <b>&lt;i&gt;</b>'}
    ${'{{rich "pattern-book:summary" count=2 sum=(yuan 100)}}'}   | ${'共 <b>2</b> 件，拟补合计 <b>¥1.00</b>'}
    ${'{{url "/list?page=3&q=a" page=4}}'}                        | ${'/list?page&#x3D;4&amp;q&#x3D;a'}
    ${'{{url "/list?page=3" page=""}}'}                           | ${'/list'}
    ${'{{#each (pageNumbers 5 9)}}{{this}} {{/each}}'}            | ${'1 0 4 5 6 0 9'}
    ${'{{#each (pageNumbers 1 1)}}{{this}} {{/each}}'}            | ${'1'}
    ${'{{wholePercent 8549 8550}}'}                               | ${'99'}
    ${'{{#if (isCurrent "/money" "/money/2026?x=1")}}yes{{/if}}'} | ${'yes'}
    ${'{{#if (isCurrent "/money" "/moneybox")}}yes{{/if}}'}       | ${''}
    ${'{{#if (or list "")}}some{{else}}none{{/if}}'}              | ${'none'}
    ${'{{or (and 1 "both") "one"}}'}                              | ${'both'}
    ${'{{or (and missing "both") "one"}}'}                        | ${'one'}
  `('$template', ({ template, shown }) => expect(render(template, { list: [] })).toBe(shown));

  test('data for scripts cannot end the script', () => {
    expect(render('{{json value}}', { value: '</script>\u2028&' })).toBe('"\\u003c/script\\u003e\\u2028\\u0026"');
  });

  test.each`
    template                    | fault
    ${'{{icon "no-such"}}'}     | ${'icon.exists'}
    ${'{{chip "blue" "word"}}'} | ${'chip.family-exists'}
    ${'{{part "no-such"}}'}     | ${'part.exists'}
    ${'{{t "ui:no-such"}}'}     | ${'message.exists'}
  `('$template is a fault of the page', ({ template, fault }) => expect(() => render(template)).toThrow(fault));
});
