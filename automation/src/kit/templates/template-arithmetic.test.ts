import { describe, expect, it } from 'vitest';
import { makeItem, workspace } from '../../testing.ts';
import { isNoNumber } from '../conditions/names.ts';
import type { FieldSpec } from '../values/values.ts';
import { parseTemplate, renderTemplate, templateContext } from './template.ts';

const item = makeItem({
  values: {
    ...{ title: '12 apples', seats: 3, deliveryDate: '2026-12-01', visitAt: '2026-12-01T15:00:00Z' },
    ...{ deposit: { amount: '0.10', currency: 'PLN' }, abroad: { amount: '5', currency: 'EUR' } },
    ...{ lent: '3 days', written: ' -12.50 ', rates: [0.1, 0.2], mixed: [1, 'two'], paid: true, none: null },
  },
});
const context = templateContext({ item, workspace, now: 0 });
const render = (text: string) => renderTemplate(text, context, { as: 'text' });

describe('templates count exactly', () => {
  it.each([
    ['{{ item.amount | times: 1.23 }}', '1230 PLN'],
    ['{{ item.amount.amount | times: 1.23 }}', '1230'],
    ['{{ item.deposit | plus: item.deposit }}', '0.2 PLN'],
    ['{{ item.amount | minus: item.deposit }}', '999.9 PLN'],
    ['{{ item.amount | plus: 0.05 | round: 1 }}', '1000.1 PLN'],
    ['{{ item.amount | divided_by: 3 }}', '333.333333 PLN'],
    ['{{ item.amount | divided_by: item.deposit }}', '10000'],
    ['{{ item.amount | default: 0 | times: 2 }}', '2000 PLN'],
    ['{{ item.none | default: 0 | plus: 1 }}', '1'],
    ['{{ 0.1 | plus: 0.2 }} {{ 1.005 | times: 100 }} {{ "12.50" | times: 2 }}', '0.3 100.5 25'],
    ['{{ 12345678901234567.89 | abs }}', '12345678901234568'],
    ['{{ "12345678901234567.89" | plus: 1 }}', '12345678901234568.89'],
    ['{{ item.written | abs }} {{ 7 | modulo: 3 }} {{ -7 | modulo: 3 }} {{ 10 | divided_by: 4 }}', '12.5 1 2 2.5'],
    ['{{ -1.5 | round }} {{ 2.5 | round }} {{ -1.2 | ceil }} {{ -1.2 | floor }}', '-2 3 -1 -2'],
    ['{{ item.amount | at_most: 500 }} {{ 3 | at_least: item.seats }}', '500 PLN 3'],
    ['{{ item.rates | sum }} {{ item.rates | sum | times: 10 }}', '0.3 3'],
    ['{% assign n = "1" | plus: 1 %}{% for i in (1..n) %}{{ i }}{% endfor %}{{ "abc" | slice: 0, n }}', '12ab'],
    ['{% assign ten = "9" | plus: 1 %}{% if ten > 9 %}more{% endif %}', 'more'],
  ])('%s is %s', (text, expected) => expect(render(text)).toBe(expected));

  it.each([
    ['a day', '{{ item.deliveryDate | plus: 7 }}', 'no-number'],
    ['a moment', '{{ item.visitAt | times: 2 }}', 'no-number'],
    ['a duration', '{{ item.lent | times: 2 }}', 'no-number'],
    ['a number among words', '{{ item.title | plus: 1 }}', 'no-number'],
    ['a comma that may mean two things', '{{ "1,5" | times: 2 }}', 'no-number'],
    ['yes', '{{ item.paid | plus: 1 }}', 'no-number'],
    ['a list', '{{ item.rates | plus: 1 }}', 'no-number'],
    ['a client', '{{ client | round }}', 'no-number'],
    ['a word in a sum', '{{ item.mixed | sum }}', 'no-number'],
    ['an empty value', '{{ item.none | times: 2 }}', 'no-value'],
    ['an empty value behind the filter', '{{ item.seats | minus: item.none }}', 'no-value'],
    ['no value behind the filter', '{{ item.seats | minus }}', 'no-value'],
    ['two currencies', '{{ item.amount | plus: item.abroad }}', 'two-currencies'],
    ['money times money', '{{ item.amount | times: item.amount }}', 'no-number'],
    ['a division by zero', '{{ item.amount | divided_by: 0 }}', 'divided-by-zero'],
    ['the rest of a division by zero', '{{ 5 | modulo: "0.0" }}', 'divided-by-zero'],
  ])('%s fails instead of counting as 0', (_what, text, code) => {
    expect(() => render(text)).toThrow(expect.objectContaining({ reason: expect.objectContaining({ code }) }));
  });
});

describe('what can never be counted with is told when it is saved', () => {
  const fields: FieldSpec[] = [
    { code: 'deliveryDate', kind: 'date', name: 'Delivery', custom: false },
    { code: 'amount', kind: 'money', name: 'Amount', custom: false },
    { code: 'note', kind: 'text', name: 'Note', custom: true },
    { code: 'ready', kind: 'yesNo', name: 'Ready', custom: true },
  ];
  const check = (text: string) =>
    parseTemplate(
      text,
      () => null,
      (path) => isNoNumber(path, { fields }),
    );

  it.each([
    ['{{ item.deliveryDate | plus: 7 }}', 'item.deliveryDate', 'plus'],
    ['{{ amount | times: ready }}', 'ready', 'times'],
    ['{% if client %}{% assign x = responsible | round %}{% endif %}', 'responsible', 'round'],
    ['{{ "2 days" | times: 3 }}', '2 days', 'times'],
    ['{{ item.amount | plus: "1,5" }}', '1,5', 'plus'],
    ['{{ signal.occurredAt | minus: 1 }}', 'signal.occurredAt', 'minus'],
  ])('%s', (text, name, filter) => expect(check(text)).toMatchObject([{ name, filter, line: 1 }]));

  it('says where, and that a number is missing', () => {
    expect(check('Dear\n{{ item.amount | times }}')).toMatchObject([{ message: '"times" needs a number behind it' }]);
    expect(check('Dear\n {{ now | plus: 1 }}')).toMatchObject([{ line: 2, column: 5 }]);
  });

  it.each([
    '{{ item.amount | times: 1.23 }}',
    '{{ item.note | plus: 1 }}',
    '{{ deliveryDate | date: "%Y" | plus: 1 }}',
    '{% assign ready = 3 %}{{ ready | plus: 1 }}',
    '{{ item.amount | default: 0 | round: 2 }}',
  ])('lets %s pass: only the item can tell', (text) => expect(check(text)).toEqual([]));
});
