import { keepsValue } from '@signalbox/automation/kit/field-kinds/keeps-value.ts';
import { type FieldKind, type FieldSpec, fieldKinds } from '@signalbox/automation/kit/values/values.ts';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../platform/errors.ts';
import { checkValues, type ValueScope } from './check-values.ts';

const options = [
  { value: 's', name: 'Small' },
  { value: 'l', name: 'Large' },
];
const spec = (kind: FieldKind, multiple = false): FieldSpec => ({
  code: 'f',
  kind,
  name: 'F',
  custom: true,
  multiple,
  options,
});
const scope = (one: FieldSpec): ValueScope => ({
  ...{ specs: [one], currency: 'PLN', country: 'PL' },
  people: { byEmail: { 'anna@firm.test': 3 }, has: (id) => id === 3 },
});
const read = (kind: FieldKind, value: unknown, multiple = false) => {
  const one = spec(kind, multiple);
  return checkValues({ f: value }, scope(one)).f;
};

const taken: readonly [FieldKind, unknown, unknown][] = [
  ['text', 'Offer', 'Offer'],
  ['text', 12, '12'],
  ['number', '12.5', 12.5],
  ['money', 100, { amount: '100', currency: 'PLN' }],
  ['money', { amount: '9.99', currency: 'EUR' }, { amount: '9.99', currency: 'EUR' }],
  ['date', '2026-02-28', '2026-02-28'],
  ['dateTime', '2026-03-29T01:30:00+01:00', '2026-03-29T00:30:00.000Z'],
  ['yesNo', false, false],
  ['choice', 'Large', 'l'],
  ['multiChoice', ['s', 'Large'], ['s', 'l']],
  ['person', 'ANNA@firm.test', 3],
  ['client', 5, 'contact:5'],
  ['client', 'company:7', 'company:7'],
  ['item', 12, 12],
  ['file', 9, 9],
  ['link', 'https://shop.test/a?b=1', 'https://shop.test/a?b=1'],
  ['link', 'shop.test/offer', 'https://shop.test/offer'],
  ['phone', '600 100 200', '+48600100200'],
  ['phone', '+1 (212) 555-0123', '+12125550123'],
  ['email', 'Anna <Anna@Firm.test>', 'anna@firm.test'],
  ['address', 'Długa 1, Kraków', 'Długa 1, Kraków'],
];

const refused: readonly [FieldKind, unknown][] = [
  ['text', {}],
  ['text', 'x'.repeat(20_001)],
  ['number', 'twelve'],
  ['number', Number.NaN],
  ['money', '1,50'],
  ['money', { amount: '1', currency: 'zł' }],
  ['date', '2026-02-29'],
  ['date', '28.02.2026'],
  ['dateTime', '2026-02-28 10:00'],
  ['yesNo', 'yes'],
  ['choice', 'Medium'],
  ['multiChoice', ['s', 'Medium']],
  ['person', 4],
  ['person', 'nobody@firm.test'],
  ['client', 'deal:5'],
  ['client', 'contact:0'],
  ['client', -1],
  ['item', '12'],
  ['item', 1.5],
  ['file', 0],
  ['link', 'javascript:alert(1)'],
  ['link', 'JAVASCRIPT:alert(1)//shop.test'],
  ['link', 'data:text/html,x'],
  ['link', 'file:///etc/passwd'],
  ['link', 'mailto:a@b.test'],
  ['link', 'two words'],
  ['phone', 'call me'],
  ['phone', '12'],
  ['email', 'anna'],
  ['email', 'a@b.test, c@d.test'],
  ['address', 5 > 4],
];

describe('a value of a field', () => {
  it.each(taken)('%s takes %j as %j', (kind, given, kept) => {
    expect(read(kind, given)).toEqual(kept);
    expect(keepsValue(read(kind, given) ?? null, spec(kind))).toBe(true);
  });

  it.each(refused)('%s refuses %j and says what it expects', (kind, given) => {
    expect(() => read(kind, given)).toThrow(UserError);
    expect(() => read(kind, given)).toThrow(/^fields\.f: Expected /);
  });

  it.each(fieldKinds)('%s is emptied by null', (kind) => {
    expect(read(kind, null)).toBeNull();
  });

  it('of several keeps them all, and one wrong spoils them', () => {
    expect(read('email', ['a@b.test', 'C@d.test'], true)).toEqual(['a@b.test', 'c@d.test']);
    expect(read('file', 4, true)).toEqual([4]);
    expect(() => read('file', [4, 'x'], true)).toThrow(UserError);
  });

  it('of several is kept once, whatever is written', () => {
    expect(read('phone', ['601100200', '+48 601 100 200', '601100201'], true)).toEqual([
      '+48601100200',
      '+48601100201',
    ]);
    expect(read('link', ['a.test/x', 'https://A.test/x', 'https://a.test/X'], true)).toEqual([
      'https://a.test/x',
      'https://a.test/X',
    ]);
    expect(read('multiChoice', ['s', 'Small', 'l'])).toEqual(['s', 'l']);
    expect(read('text', ['a', 'A', 'a'], true)).toEqual(['a', 'A']);
  });
});
