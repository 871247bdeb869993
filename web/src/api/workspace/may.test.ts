import { type Grants, grants, type Reach, type RoleRights } from '@signalbox/contract/people/rights.ts';
import { describe, expect, it } from 'vitest';
import { mayOf } from './may.ts';

const row = (reach: Reach, change: Partial<Grants> = {}): Grants =>
  grants.parse({ ...{ read: reach, add: reach, change: reach, delete: reach, export: reach }, ...change });
const areas = { automation: false, people: false, mail: false, settings: false };
const rightsOf = (change: Partial<RoleRights>): RoleRights => ({
  ...{ items: { all: row('none'), types: {}, pipelines: {} }, clients: row('none'), areas, fields: {} },
  ...change,
});
const may = (change: Partial<RoleRights>) =>
  mayOf({ id: 1, colleagues: [1, 2], rights: { administrator: false, ...rightsOf(change) } });
const items = (all: Grants, more: Partial<RoleRights['items']> = {}) => ({ all, types: {}, pipelines: {}, ...more });
const deal = (responsible: number | null) => ({
  ...{ type: 'deal', pipeline: 7 },
  responsible: responsible === null ? null : { id: responsible },
});

describe('an item may be changed', () => {
  it.each<[Reach, [own: boolean, colleagues: boolean, strangers: boolean, nobodys: boolean]]>([
    ['none', [false, false, false, false]],
    ['own', [true, false, false, false]],
    ['department', [true, true, false, false]],
    ['all', [true, true, true, true]],
  ])('with the reach %s', (reach, expected) => {
    const { item } = may({ items: items(row(reach)) });
    expect([1, 2, 3, null].map((who) => item(deal(who), 'change'))).toEqual(expected);
  });

  it('by the row of its pipeline, instead of its type’s, instead of that for all', () => {
    const rows = items(row('none'), { types: { deal: row('own') }, pipelines: { 7: row('all') } });
    expect(may({ items: rows }).item(deal(3), 'change')).toBe(true);
    expect(may({ items: rows }).item({ ...deal(3), pipeline: 8 }, 'change')).toBe(false);
    expect(may({ items: rows }).item({ ...deal(1), pipeline: 8 }, 'change')).toBe(true);
    expect(may({ items: rows }).item({ ...deal(1), type: 'lead', pipeline: 9 }, 'change')).toBe(false);
  });
});

it('a client may be changed by who may change one of its items, unless no client may be', () => {
  const own = may({ items: items(row('own')), clients: row('own') });
  expect(own.client({ responsible: null }, 'change')).toBe(false);
  expect(own.client({ responsible: null }, 'change', [deal(2), deal(1)])).toBe(true);
  const none = may({ items: items(row('all')), clients: row('none') });
  expect(none.client({ responsible: { id: 1 } }, 'change', [deal(1)])).toBe(false);
});

it('an import takes the right to add and change all of its target and all clients', () => {
  expect(may({ items: items(row('all')), clients: row('all') }).importInto('deal')).toBe(true);
  expect(may({ items: items(row('all')), clients: row('own') }).importInto('deal')).toBe(false);
  expect(may({ items: items(row('all', { add: 'own' })), clients: row('all') }).importInto('deal')).toBe(false);
  expect(may({ items: items(row('none')), clients: row('all') }).importInto('contact')).toBe(true);
  const but = items(row('all'), { pipelines: { 7: row('own') } });
  expect(may({ items: but, clients: row('all') }).importInto('deal')).toBe(false);
});

it('a field is made by who has the right to settings, or may change all records', () => {
  expect(may({ items: items(row('own')), areas: { ...areas, settings: true } }).addField('deal')).toBe(true);
  expect(may({ items: items(row('all')) }).addField('deal')).toBe(true);
  expect(may({ items: items(row('own')) }).addField('deal')).toBe(false);
  expect(may({ clients: row('all') }).addField('contact')).toBe(true);
  expect(may({ items: items(row('all')) }).addField('contact')).toBe(false);
});

it('there is something to export when any row lets it be', () => {
  expect(may({ items: items(row('none')) }).exportItems('deal')).toBe(false);
  expect(may({ items: items(row('none'), { types: { deal: row('own') } }) }).exportItems('deal')).toBe(true);
  expect(may({ items: items(row('none'), { types: { deal: row('own') } }) }).exportItems('lead')).toBe(false);
});
