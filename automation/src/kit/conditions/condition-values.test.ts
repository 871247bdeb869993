import { describe, expect, it } from 'vitest';
import { fields as known } from '../../testing.ts';
import type { FieldKind, FieldSpec } from '../values/values.ts';
import { parseCondition } from './condition-parse.ts';
import type { NameScope } from './names.ts';

const field = (code: string, kind: FieldKind): FieldSpec => ({ code, kind, name: code, custom: true });
const scope: NameScope = {
  fields: [
    ...known,
    field('mail', 'email'),
    field('mobile', 'phone'),
    field('site', 'link'),
    field('order', 'item'),
    field('partner', 'client'),
  ],
  clientFields: [{ ...field('segment', 'choice'), options: [{ value: 's1', name: 'Retail' }] }],
  tiedFields: { invoice: [field('paidOn', 'date')] },
  isPerson: (name) => ['11', 'anna@example.com', 'anna nowak'].includes(name.toLowerCase()),
  stageCodes: ['NEW', 'OFFER'],
  pipelines: ['Sales'],
};
const problems = (raw: unknown, given: NameScope = scope) =>
  parseCondition(raw, given).problems.map(({ path, code }) => [path.join('.'), code]);
const part = (field: string, is: string, value?: unknown) => ({ field, is, value });

describe('6 a value that the field can never have is refused, with what would fit', () => {
  it.each([
    ['deliveryDate', 'at least', '31.12.2026', 'fit-date'],
    ['deliveryDate', 'at least', '2026-02-31', 'fit-date'],
    ['deliveryDate', 'equals', 'soon', 'fit-date'],
    ['visitAt', 'less', '2026-12-31 25:00', 'fit-date'],
    ['invoice.paidOn', 'equals', 'never', 'fit-date'],
    ['seats', 'greater', 'abc', 'fit-number'],
    ['seats', 'in', [], 'value'],
    ['title', 'contains', '', 'value'],
    ['tags', 'does not contain', '', 'value'],
    ['seats', 'greater', '1 000', 'fit-number'],
    ['seats', 'equals', '1,5', 'fit-number'],
    ['seats', 'contains', 'x', 'fit-number'],
    ['vip', 'equals', 'maybe', 'fit-yes-no'],
    ['source', 'equals', 'MAIL', 'fit-option'],
    ['source', 'contains', 'fax', 'fit-option'],
    ['client.segment', 'equals', 'Wholesale', 'fit-option'],
    ['amount', 'at least', 'a lot', 'fit-money'],
    ['amount', 'at least', '1000 EUR net', 'fit-money'],
    ['amount', 'at least', '1000 XYZ', 'fit-currency'],
    ['currency', 'equals', 'zł', 'fit-currency'],
    ['responsible', 'equals', 'nobody@nowhere.test', 'fit-person'],
    ['responsible', 'not equals', 'nobody@nowhere.test', 'fit-person'],
    ['responsible', 'equals', 999, 'fit-person'],
    ['stage', 'equals', 'NOPE', 'fit-option'],
    ['pipeline', 'equals', 'Purchase', 'fit-option'],
    ['partner', 'equals', 'Jan', 'fit-client'],
    ['partner', 'not equals', 'lead:5', 'fit-client'],
    ['mail', 'equals', 'anna', 'fit-email'],
    ['client.email', 'equals', 'anna', 'fit-email'],
    ['mobile', 'equals', 'call me', 'fit-phone'],
    ['site', 'equals', 'our site', 'fit-link'],
    ['order', 'equals', 'seven', 'fit-item'],
    ['title', 'equals', '', 'value'],
  ])('%s %s %j: %s', (name, is, value, code) => {
    expect(problems(part(name, is, value))).toEqual([['value', code]]);
  });

  it.each([
    ['deliveryDate', 'equals', 'today'],
    ['deliveryDate', 'between', ['today', 'today + 7 days']],
    ['deliveryDate', 'equals', '2026-12-31T10:00:00Z'],
    ['visitAt', 'at least', 'now - 2 hours'],
    ['createdAt', 'equals', '2026-12-31'],
    ['seats', 'greater', '12.50'],
    ['seats', 'contains', '1'],
    ['vip', 'equals', 'Yes'],
    ['source', 'equals', 'web'],
    ['source', 'contains', 'eb'],
    ['client.segment', 'equals', 's1'],
    ['client.segment', 'equals', 'Retail'],
    ['amount', 'at least', '1000 eur'],
    ['amount', 'between', { from: 7, to: '7 EUR' }],
    ['amount', 'at least', { amount: '1', currency: 'PLN' }],
    ['currency', 'equals', 'eur'],
    ['responsible', 'equals', 'ANNA@example.com'],
    ['responsible', 'in', [11, 'Anna Nowak']],
    ['stage', 'equals', 'new'],
    ['stage', 'starts with', 'N'],
    ['title', 'greater', 'a'],
    ['rules.chat.chatId', 'equals', 'anything'],
  ])('%s %s %j is taken', (name, is, value) => {
    expect(problems(part(name, is, value), { ...scope, results: { chat: ['chatId'] } })).toEqual([]);
  });

  it('each of a list, both ends of a range, and both sides of a change', () => {
    expect(problems(part('seats', 'in', [1, 'two', 3]))).toEqual([['value.1', 'fit-number']]);
    expect(problems(part('seats', 'between', ['one', 2]))).toEqual([['value.0', 'fit-number']]);
    expect(problems(part('source', 'changed', { from: 'FAX', to: null }))).toEqual([['value.from', 'fit-option']]);
  });

  it.each([
    [part('deliveryDate', 'between', ['2026-12-31', '2026-01-01'])],
    [part('deliveryDate', 'between', ['today', 'today - 7 days'])],
    [part('seats', 'between', ['10', 9.5])],
    [part('seats', 'between', { from: 10, to: 9 })],
    [part('amount', 'between', ['100 EUR', '10 EUR'])],
  ])('a range in which nothing lies: %j', (raw) => expect(problems(raw)).toEqual([['value', 'fit-order']]));

  it('what can be told only then is taken', () => {
    expect(problems(part('deliveryDate', 'between', ['2026-12-31', 'today']))).toEqual([]);
    expect(problems(part('amount', 'between', ['100 EUR', '10 PLN']))).toEqual([]);
  });

  it('groups without parts, and changes that nobody tells', () => {
    expect(problems({ any: [] })).toEqual([['any', 'empty-any']]);
    expect(problems({ all: [] })).toEqual([]);
    for (const name of ['stage', 'createdAt', 'client.name', 'pipeline'])
      expect(problems(part(name, 'changed'))).toEqual([['field', 'never-changes']]);
    expect(problems(part('amount', 'changed'), { ...scope, signals: ['email.opened'] })).toEqual([
      ['field', 'no-change-heard'],
    ]);
    expect(problems(part('amount', 'changed'), { ...scope, signals: ['item.changed'] })).toEqual([]);
  });

  it('what was saved before stays as it is (8.2)', () => {
    expect(problems({ any: [] }, { ...scope, lenient: true })).toEqual([]);
    expect(problems(part('seats', 'greater', 'abc'), { ...scope, lenient: true })).toEqual([]);
  });

  it('says what would fit', () => {
    expect(parseCondition(part('source', 'equals', 'MAIL'), scope).problems[0]).toMatchObject({
      message: '"MAIL" is none of the options; expected one of Web, Call',
      params: { value: 'MAIL', options: 'Web, Call' },
    });
  });
});
