import { describe, expect, it } from 'vitest';
import { parseAutomationText } from './automation-text.ts';

const nines = (name: string) => `[${Array.from({ length: 9 }, () => name).join(', ')}]`;

describe('a file that was not written by a person', () => {
  it.each([
    ['lists in lists', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, /nested too deeply/],
    ['maps in maps', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, /nested too deeply/],
    ['blocks in blocks', '- '.repeat(20_000), /nested too deeply/],
    [
      'anchors of anchors',
      `a: &a ${nines('x')}\nb: &b ${nines('*a')}\nc: &c ${nines('*b')}\nd: ${nines('*c')}`,
      /alias|exhaustion/i,
    ],
    ['an anchor that contains itself', 'type: deal\npipeline: &me\n  name: *me\n', /contains itself/],
    ['a list that contains itself', '&me [*me]', /contains itself/],
    ['text that never ends', `a: "${'\\\n'.repeat(100_000)}`, /quote/],
  ])('%s: is refused with a place', (_, source, message) => {
    const { problems, value } = parseAutomationText(source);

    expect(value).toBeUndefined();
    expect(problems[0]).toMatchObject({ line: expect.any(Number), column: expect.any(Number), message });
  });

  it('is told a hundred mistakes, not a hundred thousand', () => {
    expect(parseAutomationText('\t- [}\n'.repeat(20_000)).problems).toHaveLength(100);
  });

  it('may have many keys, but each of them once', () => {
    const keys = Array.from({ length: 20_000 }, (_, number) => `key${number}: 1`);

    expect(parseAutomationText(keys.join('\n')).problems).toEqual([]);
    expect(parseAutomationText([...keys, 'key7: 2'].join('\n')).problems).toEqual([
      { line: 20_001, column: 1, code: 'yaml', message: 'The key key7 stands there twice' },
    ]);
    expect(parseAutomationText('rules:\n  - { do: a, do: b }').problems).toMatchObject([{ line: 2, column: 14 }]);
  });

  it('makes no prototype of its keys', () => {
    expect(parseAutomationText('type: deal\nrules: [{ __proto__: { polluted: true } }]').problems).toMatchObject([
      { line: 2, column: 11, message: 'Unknown key "__proto__"' },
    ]);
    parseAutomationText('constructor: { prototype: { polluted: true } }');
    expect('polluted' in {}).toBe(false);
  });

  it('may still use an anchor', () => {
    const { value } = parseAutomationText('a: &text { text: hello }\nb: *text');

    expect(value).toEqual({ a: { text: 'hello' }, b: { text: 'hello' } });
  });
});
