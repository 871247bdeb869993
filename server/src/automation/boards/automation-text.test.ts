import { describe, expect, test } from 'vitest';
import { parseAutomationText } from './automation-text.ts';

const source = `type: deal
pipeline: Sales
triggers:
  - on: email/opened
    stage: WARM
    settings: { firstOnly: true, colour: red }
  - stage: WON
    on: apps/webhook
`;

describe('parseAutomationText', () => {
  test('reads YAML and knows the line and column of each part', () => {
    const text = parseAutomationText(source);
    expect(text.value).toMatchObject({ type: 'deal', triggers: [{ settings: { colour: 'red' } }, { stage: 'WON' }] });
    expect(text.placeOf('triggers[0].settings.colour')).toEqual({ line: 6, column: 34 });
    expect(text.placeOf('triggers[1].on')).toEqual({ line: 8, column: 5 });
  });

  test('gives the place around what is missing', () => {
    expect(parseAutomationText(source).placeOf('triggers[1].settings.code')).toEqual({ line: 7, column: 5 });
  });

  test('reads JSON the same way', () => {
    const text = parseAutomationText('{\n  "type": "deal",\n  "rules": [ { "do": 1 } ]\n}');
    expect(text.value).toEqual({ type: 'deal', rules: [{ do: 1 }] });
    expect(text.placeOf('rules[0].do')).toEqual({ line: 3, column: 16 });
  });

  test('finds names that hold what divides names', () => {
    const text = parseAutomationText('a:\n  b.c: 1\n  b:\n    c: 2\n    "d[0]": 3\n');
    expect(text.placeOf('a.b.c')).toEqual({ line: 2, column: 3 });
    expect(text.placeOf('a.b.d[0]')).toEqual({ line: 5, column: 5 });
    expect(text.placeOf('a.b.x')).toEqual({ line: 3, column: 3 });
  });

  test('tells where YAML is broken', () => {
    const { problems } = parseAutomationText('type: deal\nrules: [ {\n');
    expect(problems[0]).toMatchObject({ code: 'yaml', line: expect.any(Number), column: expect.any(Number) });
    expect(problems[0]?.line).toBeGreaterThan(1);
  });

  test('refuses a key that stands there twice', () => {
    expect(parseAutomationText('type: deal\ntype: lead\n').problems[0]).toMatchObject({ line: 2 });
  });

  test('refuses anchors that grow without end', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[i]}`)}]`),
    ].join('\n');
    expect(parseAutomationText(bomb).problems).toHaveLength(1);
  });
});
