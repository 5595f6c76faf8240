import { templates } from './support/render';

let render: Awaited<ReturnType<typeof templates>>;
beforeAll(async () => {
  render = await templates();
});

const hostile = '"><script>alert(1)</script>';
const wrongAmount = { issues: [{ path: 'amount', code: 'amount-too-large', params: { maxFen: 500_000 } }] };

describe('field', () => {
  test('stands alone: label, input, nothing else', () => {
    const shown = render('{{> field name="who" label="户主" value="张三"}}');
    expect(shown).toContain('<label for="f-who">户主</label>');
    expect(shown).toMatch(/<input[^>]* id="f-who" name="who" type="text" value="张三"/);
    expect(shown).not.toMatch(/has-error|aria-describedby|hint/);
  });

  test('says what is wrong at the field, and keeps what was typed', () => {
    const shown = render('{{> money-field name="amount" label="金额" hint="到分" value="1"}}', {
      ...wrongAmount,
      form: { amount: '6,000' },
    });
    expect(shown).toContain('金额不能超过 ¥5,000.00');
    expect(shown).toContain('aria-invalid="true" aria-describedby="f-amount-error f-amount-hint"');
    expect(shown).toContain('value="6,000"');
  });

  test('a cleared field stays cleared', () => {
    expect(render('{{> field name="who" label="户主" value="张三"}}', { form: { who: '' } })).toContain('value=""');
  });

  test('does not take names of the page for its own', () => {
    expect(render('{{> field name="who" label="户主"}}', { hint: 'of the page', unit: '¥' })).not.toMatch(/of the page|¥/);
  });

  test('a form that was never sent has no prototype to read', () => {
    expect(render('{{> field name="constructor" label="x" value="given"}}', { form: {} })).toContain('value="given"');
  });
});

test.each`
  part              | template
  ${'field'}        | ${'{{> field name="a" label=bad hint=bad value=bad placeholder=bad}}'}
  ${'textarea'}     | ${'{{> textarea name="a" label=bad value=bad}}'}
  ${'select'}       | ${'{{> select name="a" label=bad options=(list (object value=bad label=bad))}}'}
  ${'radio-cards'}  | ${'{{> radio-cards name="a" label=bad options=(list (object value=bad label=bad hint=bad))}}'}
  ${'copy'}         | ${'{{> copy text=bad}}'}
  ${'card'}         | ${'{{#part "card" heading=bad note=bad aside=bad foot=bad}}{{bad}}{{/part}}'}
  ${'page-header'}  | ${'{{#part "page-header" heading=bad number=bad lead=bad facts=(list bad)}}{{bad}}{{/part}}'}
  ${'timeline'}     | ${'{{> timeline events=(list (object what=bad who=bad where=bad note=bad))}}'}
  ${'facts'}        | ${'{{> facts facts=(list (object label=bad value=bad note=bad))}}'}
  ${'sums'}         | ${'{{> sums heading=bad lines=(list (object label=bad text=bad note=bad))}}'}
  ${'chip'}         | ${'{{chip "done" bad}}'}
  ${'figure, link'} | ${'{{figure bad href=bad}}{{link bad bad}}'}
  ${'error-box'}    | ${'{{> error-box}}'}
`('$part escapes what people typed', ({ template }) => {
  const shown = render(template, { bad: hostile, issues: [{ path: hostile, code: 'required' }] });
  expect(shown).not.toContain('<script');
  expect(shown).toMatch(/&quot;|&lt;script/);
});

test('error-box links each wrong field and counts them', () => {
  const shown = render('{{> error-box}}', { issues: [...wrongAmount.issues, { path: 'lines.0.card', code: 'required' }] });
  expect(shown).toContain('有 2 处要改');
  expect(shown).toContain('<a href="#f-amount">');
  expect(shown).toContain('<a href="#f-lines.0.card">');
});

test('error-box says why the whole was refused', () => {
  expect(render('{{> error-box}}', { issues: [], refusal: { code: 'state.stale', details: {} } })).toContain('刚才有人改过了');
});

test('error-box is not there without errors', () => expect(render('{{> error-box}}', { issues: [] })).toBe(''));

test('radio-cards choose what was sent back', () => {
  const shown = render(
    '{{> radio-cards name="kind" label="种类" value="a" options=(list (object value="a" label="甲") (object value="b" label="乙"))}}',
    {
      form: { kind: 'b' },
    },
  );
  expect(shown.match(/value="(\w)" checked/)?.[1]).toBe('b');
});

test('a part keeps the context of its content', () => {
  const shown = render('{{#each people}}{{#part "card" heading="x"}}{{name}} {{../county}}{{/part}}{{/each}}', {
    people: [{ name: '张*明' }],
    county: '和安县',
  });
  expect(shown).toContain('张*明 和安县');
});

test('a part around nothing has no actions', () => {
  expect(render('{{#part "page-header" heading="x"}} {{#if no}}button{{/if}} {{/part}}')).not.toContain('actions');
});

test('a strip is drawn from whole numbers, without style attributes', () => {
  const shown = render('{{strip parts}}', {
    parts: [
      { amount: 1, tone: 'out-1' },
      { amount: 2, tone: 'rest' },
    ],
  });
  expect([...shown.matchAll(/ (?:x|width)="([\d.]+)%"/g)].map(([, share]) => share)).toEqual(['0', '33.33', '33.33', '66.66']);
  expect(shown).not.toContain('style');
});
