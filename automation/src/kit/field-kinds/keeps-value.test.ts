import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldKind, type FieldSpec, type FieldValue, fieldKinds, isEmpty, type Scalar } from '../values/values.ts';
import { coerceValue } from './coerce.ts';
import { keepsValue } from './keeps-value.ts';

const options = [{ value: 's', name: 'Small' }];
const custom = (kind: FieldKind): FieldSpec => ({ code: 'f', kind, name: 'F', custom: true, options });
const standard = (code: string, kind: FieldKind): FieldSpec => ({ code, kind, name: code, custom: false });
const target = (spec: FieldSpec) => ({ spec, field: spec.code, currency: 'PLN', timeZone: 'Europe/Warsaw' });

describe('a value that a rule writes', () => {
  it.each<[FieldKind, Scalar, Scalar]>([
    ['money', '1230 EUR', { amount: '1230', currency: 'EUR' }],
    ['money', '+5 pln', { amount: '5', currency: 'PLN' }],
    ['money', '100 DEM', { amount: '100', currency: 'DEM' }],
    ['date', '2026-02-28', '2026-02-28'],
    ['date', '2026-02-28 23:30', '2026-02-28'],
    ['dateTime', '2026-01-31 09:00', '2026-01-31T08:00:00.000Z'],
    ['dateTime', '2026-07-31T09:00:00+02:00', '2026-07-31T07:00:00.000Z'],
    ['email', 'Anna <Anna@Firm.test>', 'anna@firm.test'],
    ['link', ' https://shop.test/a ', 'https://shop.test/a'],
    ['choice', 'Small', 's'],
    ['client', 5, 'contact:5'],
    ['number', '12.5', 12.5],
  ])('%s: %j is kept as %j', (kind, given, kept) => {
    expect(coerceValue(given, target(custom(kind)))).toEqual(kept);
  });

  it.each<[FieldSpec, Scalar]>([
    [standard('amount', 'money'), '5 zł'],
    [standard('amount', 'money'), '1000 EUR net'],
    [standard('amount', 'money'), '1000 ZZZ'],
    [standard('amount', 'money'), '7 BTC'],
    [standard('amount', 'money'), '12345678901234567'],
    [standard('currency', 'text'), 'zzzz'],
    [standard('currency', 'text'), 'ZZZ'],
    [standard('currency', 'text'), 'PLX'],
    [standard('currency', 'text'), 'zł'],
    [standard('title', 'text'), 'x'.repeat(501)],
    [custom('date'), '2026-02-31'],
    [custom('date'), '2026-02-28 or so'],
    [custom('dateTime'), '2026-02-30 10:00'],
    [custom('dateTime'), '2026-02-28 25:00'],
    [custom('email'), 'anna'],
    [custom('link'), 'https://'],
    [custom('phone'), 'call me'],
    [custom('number'), '0x10'],
    [custom('text'), 'a\0b'],
    [custom('text'), 'a\ud83d'],
    [custom('text'), 'x'.repeat(20_001)],
    [custom('person'), -3],
    [custom('item'), 'seven'],
    [custom('client'), 'deal:5'],
  ])('%j refuses %j with a reason', (spec, given) => {
    expect(() => coerceValue(given, target(spec))).toThrow('does not fit the field');
  });

  it('is one that the field keeps, whatever was given', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
      fc.record({ amount: fc.string(), currency: fc.string() }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...fieldKinds), anything, (kind, given) => {
        const spec = custom(kind);
        let kept: FieldValue;
        try {
          kept = coerceValue(given, target(spec));
        } catch {
          return;
        }
        // Whom a name means is looked up by the port.
        if (isEmpty(kept) || (kind === 'person' && typeof kept === 'string')) return;
        expect(keepsValue(kept, spec)).toBe(true);
      }),
    );
  });
});

describe('the one check of values', () => {
  it('takes several only where several are kept', () => {
    expect(keepsValue(['a', 'b'], { ...custom('text'), multiple: true })).toBe(true);
    expect(keepsValue(['a', 'b'], custom('text'))).toBe(false);
  });

  it('knows the item’s own contact by its id and a custom client by its reference', () => {
    expect(keepsValue(5, standard('contact', 'client'))).toBe(true);
    expect(keepsValue('contact:5', standard('contact', 'client'))).toBe(false);
    expect(keepsValue('contact:5', custom('client'))).toBe(true);
    expect(coerceValue('contact:5', target(standard('contact', 'client')))).toBe(5);
  });
});
