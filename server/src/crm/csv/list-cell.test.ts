import type { FieldKind } from '@signalbox/automation/kit/values/values.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinList, splitList } from './list-cell.ts';
import { type CellSpec, readCell } from './read-cell.ts';

const scope = { order: 'dmy', decimal: '.', timeZone: 'UTC', currency: 'EUR', people: new Map() } as const;
const options = ['Red', 'Green', 'Red, dark', 'a/b'].map((name) => ({ value: name, name }));
const read = (text: string, spec: CellSpec) => {
  const cell = readCell(text, spec, scope);
  return cell.code ?? cell.value;
};
const several = (kind: FieldKind): CellSpec => ({ kind, multiple: true });

it.each([
  ['a@b.test, c@d.test', ['a@b.test', 'c@d.test']],
  ['a@b.test/c@d.test', ['a@b.test', 'c@d.test']],
  ['a@b.test c@d.test', ['a@b.test', 'c@d.test']],
  ['a@b.test ::: c@d.test', ['a@b.test', 'c@d.test']],
  ['a@b.test;c@d.test|e@f.test\ng@h.test', ['a@b.test', 'c@d.test', 'e@f.test', 'g@h.test']],
  ['a@b.test,', ['a@b.test']],
  ['Cleo Client <a@b.test>; c@d.test', ['a@b.test', 'c@d.test']],
  ['"Client, Cleo" <a@b.test>', ['a@b.test']],
  ['a@b.test, nobody', 'bad-email'],
])('reads the addresses %j', (text, values) => {
  expect(read(text, several('email'))).toEqual(values);
});

it.each([
  ['+48 600 100 200, +48 600 100 201', ['+48 600 100 200', '+48 600 100 201']],
  ['600100200/600100201', ['600100200', '600100201']],
  ['555-1234 / 555-9876', ['555-1234', '555-9876']],
  ['+48600100200 ::: +48600100201', ['+48600100200', '+48600100201']],
  ['030/1234567', ['030/1234567']],
  ['+48600100200 or +48600100201', ['+48600100200', '+48600100201']],
  ['600 100 200 & 600 100 201', ['600 100 200', '600 100 201']],
  ['600100200 lub 600100201', ['600100200', '600100201']],
  ['22 123 45 67 or 68', ['22 123 45 67 or 68']],
  ['tel:+48600100200', ['+48600100200']],
  ['TEL: 600 100 200; tel:600100201', ['600 100 200', '600100201']],
  ['48600100200.0', ['48600100200']],
  ['48600100200,0', ['48600100200']],
  ['600.100.200', ['600.100.200']],
  ['022 123 45 67/68', ['022 123 45 67/68']],
  ['+1 212 555 0100, ext. 5', ['+1 212 555 0100, ext. 5']],
  ['+12125550100;ext=5; +12125550101', ['+12125550100;ext=5', '+12125550101']],
  ['4.86E+10', 'rounded-phone'],
  ['4.86001E10', 'rounded-phone'],
])('reads the numbers %j', (text, values) => {
  expect(read(text, several('phone'))).toEqual(values);
});

it.each([
  ['Red, Green', ['Red', 'Green']],
  ['red/green', ['Red', 'Green']],
  ['Red, dark', ['Red, dark']],
  ['Red, dark; Green', ['Red, dark', 'Green']],
  ['a/b', ['a/b']],
  ['Red ::: Green', ['Red', 'Green']],
  ['Red, blue', 'unknown-option'],
])('reads the choices %j', (text, values) => {
  expect(read(text, { kind: 'multiChoice', options })).toEqual(values);
});

it('reads choices by commas where there are no options, and never texts', () => {
  expect(read('Red, Blue', { kind: 'multiChoice' })).toEqual(['Red', 'Blue']);
  expect(read('one, two; three', several('text'))).toEqual(['one, two', 'three']);
});

it.each([[['a', ':::']], [[':::', 'b']], [[':::']], [['a', '::: b']]])(
  'keeps the parting mark as a value: %j',
  (values) => {
    expect(splitList(joinList(values, 'text'), { kind: 'text', fits: () => true })).toEqual(values);
  },
);

it('keeps what can be read of a list, and tells of the rest', () => {
  const cell = readCell('+48600100200; 4,86E+10', several('phone'), scope);
  expect(cell).toEqual({ value: ['+48600100200'], code: 'rounded-phone' });
});

it.each<FieldKind>(['text', 'phone', 'email', 'multiChoice', 'link'])('reads again what it wrote: %s', (kind) => {
  const value = fc.string({ unit: fc.constantFrom(...'ab1 ,;|/\n":') }).filter((text) => text.trim() !== '');
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), (values) => {
      expect(splitList(joinList(values, kind), { kind, fits: () => true })).toEqual(values);
    }),
  );
});
