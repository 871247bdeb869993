import { describe, expect, it } from 'vitest';
import { fields } from '../../../testing.ts';
import type { Condition, ConditionPart } from '../condition.ts';
import { findContradiction } from './find-contradiction.ts';

const part = (field: string, is: ConditionPart['is'], value?: unknown): ConditionPart =>
  value === undefined ? { field, is } : { field, is, value };
const more = [
  ...fields,
  { code: 'mail', kind: 'email' as const, name: 'Mail', custom: true },
  { code: 'tel', kind: 'phone' as const, name: 'Phone', custom: true },
  { code: 'page', kind: 'link' as const, name: 'Page', custom: true },
  { code: 'buyer', kind: 'client' as const, name: 'Buyer', custom: true },
  { code: 'sizes', kind: 'multiChoice' as const, name: 'Sizes', custom: true },
];
const found = (...all: readonly Condition[]) => findContradiction({ all }, { fields: more }, { pairs: 1_000 });

describe('parts that exclude each other are never true together', () => {
  it.each<[string, Condition, Condition]>([
    ['more than five and less than three', part('amount', 'greater', 5), part('amount', 'less', 3)],
    ['the same bound from both sides', part('amount', 'greater', 5), part('amount', 'at most', '5.00')],
    [
      'in a named currency',
      part('amount', 'at least', '500 EUR'),
      part('amount', 'less', { amount: '500', currency: 'EUR' }),
    ],
    ['two amounts', part('amount', 'equals', 5), part('amount', 'equals', 6)],
    ['two titles', part('title', 'equals', 'a'), part('title', 'equals', 'b')],
    ['empty and filled', part('title', 'is empty'), part('title', 'is filled')],
    ['empty and something', part('tags', 'is empty'), part('tags', 'contains', 'x')],
    ['empty, and free data that is something', part('signal.url', 'is empty'), part('signal.url', 'equals', 'x')],
    ['ranges', part('seats', 'between', [1, 5]), part('seats', 'between', { from: 6, to: 9 })],
    ['a list and a bound', part('seats', 'in', [1, 2, 3]), part('seats', 'greater', 3)],
    ['two lists', part('source', 'in', ['WEB']), part('source', 'in', ['Call'])],
    ['a list that is ruled out', part('seats', 'in', [1, 2]), part('seats', 'not in', [2, 1, 3])],
    ['a value that is ruled out', part('tags', 'equals', 'x'), part('tags', 'not equals', 'x')],
    ['what is ruled out by NOT', part('seats', 'greater', 7), { not: part('seats', 'at least', 5) }],
    ['days', part('deliveryDate', 'greater', '2026-12-01'), part('deliveryDate', 'less', '2026-12-02')],
    ['days in words', part('deliveryDate', 'at least', 'tomorrow'), part('deliveryDate', 'at most', 'today')],
    ['weeks in words', part('visitAt', 'greater', 'today + 2 weeks'), part('visitAt', 'less', 'today + 10 days')],
    [
      'moments that lie far apart',
      part('visitAt', 'greater', '2026-12-10T10:00:00Z'),
      part('visitAt', 'less', '2026-12-01T09:00:00Z'),
    ],
    ['two days of a week', part('visitAt', 'weekday', ['mon', 'tue']), part('visitAt', 'weekday', ['fri'])],
    [
      'two times of day',
      part('now', 'time of day', ['09:00', '12:00']),
      part('now', 'time of day', ['13:00', '15:00']),
    ],
    ['yes and no', part('vip', 'equals', 'yes'), part('vip', 'equals', false)],
    ['words in a title that is given', part('title', 'equals', 'Doors'), part('title', 'contains', 'window')],
    ['words that are ruled out', part('title', 'contains', 'big doors'), part('title', 'does not contain', 'DOORS')],
    ['two beginnings', part('title', 'starts with', 'a'), part('title', 'starts with', 'b')],
    ['two addresses', part('mail', 'equals', 'a@x.test'), part('mail', 'equals', 'b@x.test')],
    ['two numbers', part('tel', 'equals', '600 100 200'), part('tel', 'equals', '+48600100201')],
    ['two pages', part('page', 'equals', 'https://a.test'), part('page', 'equals', 'https://b.test')],
    ['two clients', part('buyer', 'equals', 'contact:5'), part('buyer', 'equals', 'contact:6')],
    ['two people by their ids', part('responsible', 'equals', 11), part('responsible', 'equals', 12)],
    ['two stages', part('stage', 'equals', 'NEW'), part('item.stage', 'equals', 'WARM')],
    ['two names of the client', part('client.name', 'equals', 'Anna'), part('client.name', 'equals', 'Jan')],
    [
      'a name in another group',
      { all: [part('title', 'equals', 'a')] },
      { not: { any: [part('title', 'equals', 'a')] } },
    ],
    ['a client that there is not, and its name', part('client', 'is empty'), part('client.name', 'equals', 'Anna')],
    ['no responsible, and the address', part('responsible', 'is empty'), part('responsible.email', 'is filled')],
    ['what was and what comes', part('visitAt', 'within last', '3 days'), part('visitAt', 'greater', 'today + 2 days')],
    ['the last hours and tomorrow', part('visitAt', 'within last', '5 hours'), part('visitAt', 'equals', 'tomorrow')],
    ['days to come and yesterday', part('deliveryDate', 'within next', '1 day'), part('deliveryDate', 'less', 'today')],
    ['changes to two values', part('seats', 'changed', { to: 5 }), part('seats', 'changed', { to: [6, 7] })],
    [
      'changes to nothing and something',
      part('source', 'changed', { to: ['WEB', null] }),
      part('source', 'changed', { to: 'CALL' }),
    ],
    [
      'changes from nothing and from several',
      part('title', 'changed', { from: [null, ' '] }),
      part('title', 'changed', { from: ['a', 'b'] }),
    ],
    [
      'changes from nothing and something',
      part('seats', 'changed', { from: null }),
      part('seats', 'changed', { from: 1 }),
    ],
    ['changed to a value and not changed', part('title', 'changed', { to: 'a' }), { not: part('title', 'changed') }],
    [
      'whatever another group chooses',
      part('seats', 'less', 3),
      { any: [part('seats', 'equals', 4), part('seats', 'greater', 8)] },
    ],
  ])('%s', (_, a, b) => {
    expect(found(a, b)).not.toBeNull();
    expect(found(b, a)).not.toBeNull();
    // One of them is enough to be true.
    expect(findContradiction({ any: [a, b] }, { fields: more }, { pairs: 1_000 })).toBeNull();
  });

  it('names the field and where the second part stands', () => {
    const when = { all: [part('seats', 'greater', 5), { all: [part('seats', 'less', 3)] }] };

    expect(findContradiction(when, { fields }, { pairs: 1 })).toEqual({ field: 'seats', path: ['all', 1, 'all', 0] });
  });
});

describe('what can be true is no contradiction', () => {
  it.each<[string, Condition, Condition]>([
    ['a range', part('amount', 'greater', 3), part('amount', 'less', 5)],
    ['one value from both sides', part('amount', 'at least', 5), part('amount', 'at most', 5)],
    ['two currencies', part('amount', 'greater', '500 EUR'), part('amount', 'less', '300 PLN')],
    ['a currency and none', part('amount', 'greater', '500 EUR'), part('amount', 'less', 300)],
    ['several values', part('tags', 'equals', 'a'), part('tags', 'equals', 'b')],
    ['several addresses', part('client.emails', 'equals', 'a@x.test'), part('client.emails', 'equals', 'b@x.test')],
    ['several choices', part('sizes', 'equals', 's'), part('sizes', 'equals', 'm')],
    ['two spellings', part('title', 'equals', 'Doors'), part('title', 'equals', 'DOORS ')],
    ['an option and its name', part('source', 'equals', 'WEB'), part('source', 'equals', 'Web')],
    ['two spellings of a number', part('tel', 'equals', '600100200'), part('tel', 'equals', '+48 600 100 200')],
    ['an address in two letters', part('mail', 'equals', 'A@x.test'), part('mail', 'equals', 'a@X.test')],
    [
      'a person by id and by address',
      part('responsible', 'equals', 11),
      part('responsible', 'equals', 'anna@example.com'),
    ],
    ['a person by two addresses', part('responsible', 'equals', 'a@x.test'), part('responsible', 'equals', 'b@x.test')],
    ['a client and its name', part('buyer', 'equals', 'contact:5'), part('buyer', 'equals', 'Jan')],
    [
      'a day and its moment',
      part('visitAt', 'equals', '2026-12-01'),
      part('visitAt', 'at least', '2026-12-01T23:00:00Z'),
    ],
    [
      'a day in words and one in numbers',
      part('deliveryDate', 'at least', 'tomorrow'),
      part('deliveryDate', 'at most', '2026-12-01'),
    ],
    [
      'moments of neighbouring days',
      part('visitAt', 'greater', '2026-12-02T01:00:00Z'),
      part('visitAt', 'less', '2026-12-01T23:00:00Z'),
    ],
    ['a night', part('now', 'time of day', ['22:00', '06:00']), part('now', 'time of day', ['05:00', '07:00'])],
    ['empty and changed', part('title', 'is empty'), part('title', 'changed')],
    ['no contact and the name of the client', part('contact', 'is empty'), part('client.name', 'equals', 'Anna')],
    ['a client without a name', part('client', 'is filled'), part('client.name', 'is empty')],
    [
      'today, from both sides',
      part('deliveryDate', 'within last', '1 day'),
      part('deliveryDate', 'within next', '1 day'),
    ],
    ['some hours and a day', part('visitAt', 'within next', '30 hours'), part('visitAt', 'equals', 'today + 2 days')],
    ['changes from one to another', part('seats', 'changed', { from: 5 }), part('seats', 'changed', { to: 6 })],
    ['changes to one of several', part('seats', 'changed', { to: [5, 6] }), part('seats', 'changed', { to: 6 })],
    [
      'changes from nothing or something, and from nothing',
      part('source', 'changed', { from: ['WEB', null] }),
      part('source', 'changed', { from: null }),
    ],
    [
      'changes to nothing or this, and to nothing or that',
      part('seats', 'changed', { to: [1, null] }),
      part('seats', 'changed', { to: [null, 2] }),
    ],
    [
      'changed to a value in any letters, and not in these',
      part('title', 'changed', { to: 'a' }),
      { not: { ...part('title', 'changed', { to: 'a' }), matchCase: true } },
    ],
    ['changes of several values', part('tags', 'changed', { to: 'a' }), part('tags', 'changed', { to: 'b' })],
    ['changed, and not to a value', part('title', 'changed'), { not: part('title', 'changed', { to: 'a' }) }],
    ['empty and not something', part('title', 'is empty'), part('title', 'not equals', 'a')],
    ['two that are ruled out', part('vip', 'not equals', true), part('vip', 'not equals', false)],
    ['words of a number', part('title', 'equals', '5.0'), part('title', 'contains', '5')],
    ['other fields', part('title', 'equals', 'a'), part('chatId', 'equals', 'b')],
    [
      'a choice of groups',
      part('seats', 'less', 3),
      { any: [part('seats', 'equals', 4), part('title', 'equals', 'a')] },
    ],
  ])('%s', (_, a, b) => {
    expect(found(a, b)).toBeNull();
    expect(found(b, a)).toBeNull();
  });

  it('nor is what is too much to look through, and a group of nothing', () => {
    const any = Array.from({ length: 101 }, (_, at) => part('seats', 'equals', at));

    expect(found({ any: any.slice(0, 50) }, part('seats', 'less', 0))).not.toBeNull();
    expect(found({ any }, part('seats', 'less', 0))).toBeNull();
    const all = [part('seats', 'greater', 5), part('title', 'is filled'), part('seats', 'less', 3)];
    expect(findContradiction({ all }, { fields }, { pairs: 1 })).toBeNull();
    expect(findContradiction({ all }, { fields }, { pairs: 3 })).not.toBeNull();
    expect(findContradiction({ all: [] }, { fields }, { pairs: 1 })).toBeNull();
  });
});
