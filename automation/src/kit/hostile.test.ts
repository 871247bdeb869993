import { describe, expect, it } from 'vitest';
import type { ConditionFacts } from './conditions/condition.ts';
import { parseCondition } from './conditions/condition-parse.ts';
import { evaluateCondition } from './conditions/conditions.ts';
import { parseTemplate, renderTemplate } from './templates/template.ts';
import { parseDuration } from './values/durations.ts';

// What a person with a grudge, or a machine, may write into a board.

const fields = [{ code: 'title', kind: 'text', name: 'Title', custom: false }] as const;
const title = `${'a'.repeat(50_000)}!`;
const facts: ConditionFacts = {
  item: {
    ...{ id: 1, type: 'deal', pipelineId: 1, stageId: 1, values: { title }, fields, tied: {} },
    ...{ client: null, contact: null, company: null, responsible: null, creator: null },
  },
  workspace: { timeZone: 'UTC', currency: 'EUR', rates: {}, language: 'en', calendar: null },
  at: 0,
};

function judge(raw: unknown): string | boolean {
  const { condition, problems } = parseCondition(raw, { fields });
  return condition === null ? (problems[0]?.message ?? '') : evaluateCondition(condition, facts).holds;
}
const ask = (is: string, value: unknown) => judge({ field: 'title', is, value });
const nested = (depth: number) => {
  let condition: object = { field: 'title', is: 'is filled' };
  for (let level = 0; level < depth; level += 1) condition = { not: condition };
  return condition;
};

describe('a condition', () => {
  it.each([
    ['(a+)+$', false],
    ['(a|aa)*$', true],
    ['(((((((a*)*)*)*)*)*)*)*b', false],
    ['(x+x+)+y', false],
    ['.*.*.*.*.*.*.*=.*', false],
    ['^(a?){100}!$', false],
    ['a{300}$', false],
  ])('answers the pattern %s at once', (pattern, holds) => {
    expect(ask('matches', pattern)).toBe(holds);
  });

  it.each([
    ['(a{1000}){1000}', /repeat|too large/],
    ['^(a?){500}!$', /too large/],
    ['('.repeat(500), /closing|missing/],
    ['a'.repeat(1_001), /1000 characters/],
    [{ $ne: 1 }, /plain values/],
    [7, /pattern/],
  ])('refuses the pattern %j', (pattern, reason) => {
    expect(ask('matches', pattern)).toMatch(reason);
  });

  const many = (count: number, text: string) => Array.from({ length: count }, (_, n) => `${text}${n}`);
  const asked = (kind: 'text' | 'link', value: string | readonly string[], raw: object) => {
    const spec = { code: 'f', kind, name: 'F', custom: true, multiple: true };
    const { condition } = parseCondition(raw, { fields: [spec] });
    if (condition === null) throw new Error('refused');
    const item = { ...facts.item, values: { f: value }, fields: [spec] };
    const before = process.threadCpuUsage().user;
    const { holds } = evaluateCondition(condition, { ...facts, item });
    return { holds, ms: (process.threadCpuUsage().user - before) / 1_000 };
  };
  const link = `https://x.test/?${'%c4%85a&'.repeat(2_500)}end`;

  it.each<[string, 'text' | 'link', string | readonly string[], object, boolean]>([
    [
      'a long link and a thousand pieces',
      'link',
      link,
      { field: 'f', is: 'contains', value: [...many(999, 'v'), 'end'] },
      true,
    ],
    [
      'a long link and hundreds of parts',
      'link',
      link,
      { any: many(900, 'v').map((value) => ({ field: 'f', is: 'contains', value })) },
      false,
    ],
    [
      'a long text and a thousand values',
      'text',
      'Zażółć '.repeat(2_800),
      { field: 'f', is: 'in', value: many(1_000, 'v') },
      false,
    ],
    [
      'thousands of values and a thousand others',
      'text',
      many(20_000, 'w'),
      { field: 'f', is: 'in', value: many(1_000, 'v') },
      false,
    ],
    [
      'thousands of values and patterns',
      'text',
      many(20_000, 'c'.repeat(90)),
      { any: ['(a?){90}', '(b?){99}x'].map((value) => ({ field: 'f', is: 'matches', value: `${value}!` })) },
      false,
    ],
  ])('of %s takes no time', (_, kind, value, raw, holds) => {
    const seen = asked(kind, value, raw);
    expect(seen.holds).toBe(holds);
    expect(seen.ms).toBeLessThan(1_000);
  });

  it.each([
    ['text', ['Ala', ' ala  ma', 'x'], ['ALA', 'Ala ma', 'ala  ma kota', 'y']],
    [
      'link',
      ['https://ALA.test', 'https://x.test/a'],
      ['ala.test', 'https://ala.test/', 'https://x.test/ab', 'y.test'],
    ],
  ] as const)('finds each of a list of kind %s as one by one', (kind, wanted, values) => {
    const ask = (value: string, is: string, one: unknown) => asked(kind, value, { field: 'f', is, value: one }).holds;
    for (const value of values)
      for (const [is, one] of [
        ['in', 'equals'],
        ['contains', 'contains'],
      ] as const)
        expect([value, is, ask(value, is, wanted)]).toEqual([value, is, wanted.some((each) => ask(value, one, each))]);
  });

  it('refuses what is too deep, too wide or too long, and takes what is not', () => {
    const part = { field: 'title', is: 'is filled' };
    expect(judge(nested(10_000))).toMatch(/nested more than 20 deep/);
    expect(judge({ all: Array.from({ length: 20_000 }, () => ({ any: [part] })) })).toMatch(/at most 1000 parts/);
    expect(ask('in', Array.from({ length: 100_000 }, String))).toBe('At most 1000 values');
    expect(judge(nested(20))).toBe(true);
    expect(judge({ all: Array.from({ length: 400 }, () => ({ any: [part] })) })).toBe(true);
    expect(ask('in', [...Array.from({ length: 998 }, String), title])).toBe(true);
  });

  it.each([
    [{ toString: 1 }],
    [{ valueOf: null, toString: null }],
    [[[['a']]]],
    [{ from: { from: 1 }, to: 2 }],
    [JSON.parse('{"__proto__": {"polluted": true}}')],
  ])('compares with plain values only, not with %j', (value) => {
    expect(ask('equals', value)).toBe('Expected plain values');
  });

  it.each([
    '__proto__',
    '__proto__.x',
    'constructor',
    'constructor.name',
    'client.__proto__',
    'responsible.constructor',
    'signal.toString',
    'rules.__proto__.x',
    'toString.length',
  ])('knows no field %s', (field) => {
    expect(judge({ field, is: 'is filled' })).not.toBe(true);
    expect(judge({ field, is: 'equals', value: 'x' })).not.toBe(true);
  });
});

describe('a template', () => {
  const render = (text: string, as: 'text' | 'html' = 'text') =>
    renderTemplate(
      text,
      { item: { title: 'Bread', list: [1, 2] }, evil: '<img src=x onerror=alert(1)>', timeZone: 'UTC', now: '' },
      { as },
    );

  it.each([
    ['a range of a thousand million', '{% for i in (1..1000000000) %}x{% endfor %}', /memory/],
    [
      'loops in loops',
      '{% for i in (1..1000) %}{% for j in (1..1000) %}{% for k in (1..1000) %}{% endfor %}{% endfor %}{% endfor %}',
      /limit/,
    ],
    [
      'a text that doubles',
      '{% assign a = "aaaaaaaaaa" %}{% for i in (1..40) %}{% assign a = a | append: a %}{% endfor %}{{ a }}',
      /memory/,
    ],
    ['tags in tags', `${'{% if true %}'.repeat(900)}x${'{% endif %}'.repeat(100)}`, /closed|deeply/],
    ['a name for every letter', '{{ item.title }}'.repeat(10_000), /more than 1000/],
    ['a length that nobody reads', 'x{{ item.title }}'.padEnd(300_000, 'x'), /limit/],
    ['a filter of the language', '{{ "a" | constructor }}', /undefined filter/],
    ['a prototype as a filter', '{{ "a" | __proto__ }}', /undefined filter/],
    ['a tag of the language', '{% constructor %}', /not found/],
    ['a value past the escaping', '{% echo evil %}', /not found/],
    ['a value past the escaping, in turn', '{% cycle evil, evil %}', /not found/],
    ['a file', '{% include "/etc/passwd" %}', /not found/],
    ['another template', '{% render "x" %}', /not found/],
  ])('that asks for %s is refused', (_, text, reason) => {
    expect(() => render(text)).toThrow(reason);
  });

  it.each([
    '{{ item.constructor.name }}',
    '{{ item.__proto__ }}',
    '{{ item.title.constructor }}',
    '{{ item["__proto__"]["toString"] }}',
    '{{ item.list.constructor.constructor }}',
    '{{ constructor }}{{ __proto__ }}{{ toString }}',
  ])('finds nothing behind %s', (text) => {
    expect(render(text)).toBe('');
  });

  it('says where a template is wrong, and what is not there', () => {
    expect(
      parseTemplate('ok\n  {{ item.constructor }}', (path) => (path[1] === 'constructor' ? 'no such field' : null)),
    ).toEqual([{ message: 'no such field', name: 'item.constructor', line: 2, column: 6 }]);
    expect(parseTemplate('{{ x }}'.repeat(5_000), () => null)).toMatchObject([{ message: /more than 1000/ }]);
  });

  it.each([
    '{{ evil }}',
    '{{ evil | strip }}',
    '{{ evil | append: evil }}',
    '{% assign a = evil %}{{ a }}',
    '{% if evil %}{{ evil | upcase | downcase }}{% endif %}',
    '{% for one in (1..2) %}{{ evil }}{% endfor %}',
    '{{ evil | split: "" | join: "" }}',
    '{{ evil | newline_to_br }}',
    '{{ evil | url_decode }}',
    '{{ evil | url_encode | url_decode }}',
    '{{ evil | escape_once }}',
  ])('puts %s into html as text', (text) => {
    expect(render(text, 'html')).not.toContain('<img');
    expect(render(text)).toContain('img');
  });
});

it('a duration is at most a hundred years', () => {
  expect(parseDuration('36525 days')).toEqual({ count: 36_525, unit: 'days' });
  for (const text of ['36526 days', '1000000000 days', '9999999999 seconds', '-1 days', '1e9 days', '1 __proto__']) {
    expect(parseDuration(text), text).toBeUndefined();
  }
});
