import {
  type Grants,
  grantsOf,
  isWithin,
  type RoleRights,
  reaches,
  rightVerbs,
} from '@signalbox/contract/people/rights.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noRights, standardRights } from './standard-roles.ts';
import { covers, seesAllOf, uniteRights } from './unite-rights.ts';

const typeOf = new Map([
  [1, 'deal'],
  [2, 'lead'],
]);
const reach = fc.constantFrom(...reaches);
const row = fc.record({ read: reach, add: reach, change: reach, delete: reach, export: reach });
const rights: fc.Arbitrary<RoleRights> = fc.record({
  items: fc.record({
    all: row,
    types: fc.dictionary(fc.constantFrom('deal', 'lead'), row),
    pipelines: fc.dictionary(fc.constantFrom('1', '2', '9'), row),
  }),
  clients: row,
  areas: fc.record({ automation: fc.boolean(), people: fc.boolean(), mail: fc.boolean(), settings: fc.boolean() }),
  fields: fc.dictionary(
    fc.constantFrom('deal', 'contact'),
    fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('hidden' as const, 'read-only' as const)),
  ),
});
const places = [{ type: 'deal' }, { type: 'other' }, { type: 'deal', pipeline: 1 }, { type: 'lead', pipeline: 2 }];
const unite = (roles: readonly RoleRights[]) => uniteRights(roles, { administrator: false, typeOf });
const isWithinRow = (one: Grants, other: Grants) => rightVerbs.every((verb) => isWithin(one[verb], other[verb]));

describe('several roles together', () => {
  it('allow, place by place, exactly what the one that allows most allows', () => {
    fc.assert(
      fc.property(fc.array(rights, { minLength: 1, maxLength: 3 }), (roles) => {
        const united = unite(roles);
        for (const at of places)
          for (const verb of rightVerbs) {
            const each = roles.map(({ items }) => reaches.indexOf(grantsOf(items, at)[verb]));
            expect(reaches.indexOf(grantsOf(united.items, at)[verb])).toBe(Math.max(...each));
          }
      }),
    );
  });

  it('hold a field back only if each that reads its records does', () => {
    const hides = { ...standardRights.employee, fields: { deal: { margin: 'hidden' as const } } };
    const locks = { ...standardRights.employee, fields: { deal: { margin: 'read-only' as const } } };
    expect(unite([hides]).fields).toEqual({ deal: { margin: 'hidden' } });
    expect(unite([hides, locks]).fields).toEqual({ deal: { margin: 'read-only' } });
    expect(unite([hides, standardRights.employee]).fields).toEqual({ deal: {} });
    // A role that does not see deals at all reveals nothing of them.
    expect(unite([hides, noRights]).fields).toEqual({ deal: { margin: 'hidden' } });
  });

  it('hold a field back by type: of those roles that read it, or change it', () => {
    const { employee, 'read-only': reads } = standardRights;
    const locks = { ...employee, fields: { deal: { margin: 'read-only' as const } } };
    const hides = { ...employee, fields: { deal: { margin: 'hidden' as const } } };
    // Who may only read has nothing to say about changing.
    expect(unite([locks, reads]).fields).toEqual({ deal: { margin: 'read-only' } });
    expect(unite([hides, reads]).fields).toEqual({ deal: { margin: 'read-only' } });
    // A pipeline of leads reads no deals.
    const { read: _, ...none } = noRights.clients;
    const ofLeads = { ...noRights, items: { ...noRights.items, pipelines: { 2: { ...none, read: 'all' as const } } } };
    expect(unite([hides, ofLeads]).fields).toEqual({ deal: { margin: 'hidden' } });
    const ofDeals = { ...noRights, items: { ...noRights.items, pipelines: { 1: { ...none, read: 'all' as const } } } };
    expect(unite([hides, ofDeals]).fields).toEqual({ deal: { margin: 'read-only' } });
  });

  it('of nobody allow nothing', () => {
    expect(unite([]).items.all).toEqual(noRights.items.all);
  });
});

describe('giving a role', () => {
  it('is covered exactly when nothing in it goes beyond what one has', () => {
    fc.assert(
      fc.property(rights, rights, (own, given) => {
        const mine = unite([own]);
        const hasAll =
          places.every((at) => isWithinRow(grantsOf(given.items, at), grantsOf(mine.items, at))) &&
          isWithinRow(given.clients, mine.clients);
        if (covers(mine, given, typeOf)) expect(hasAll).toBe(true);
      }),
    );
  });

  it('covers oneself and less, not more', () => {
    const { sales, employee } = standardRights;
    expect(covers(unite([employee]), sales, typeOf)).toBe(true);
    expect(covers(unite([employee]), employee, typeOf)).toBe(true);
    expect(covers(unite([sales]), employee, typeOf)).toBe(false);
    expect(covers(unite([employee]), { ...sales, areas: { ...sales.areas, people: true } }, typeOf)).toBe(false);
    const blind = unite([{ ...employee, fields: { deal: { margin: 'hidden' } } }]);
    expect(covers(blind, employee, typeOf)).toBe(false);
  });
});

describe('seeing the product as somebody else', () => {
  const rowsOf = ({ items, clients }: RoleRights) => [clients, ...places.map((place) => grantsOf(items, place))];

  it('is for who has all of their rights, and reads all wherever they read anything', () => {
    fc.assert(
      fc.property(rights, rights, (mine, yours) => {
        const [own, theirs] = [unite([{ ...mine, fields: {} }]), unite([{ ...yours, fields: {} }])];
        const had = rowsOf(own);
        const has = rowsOf(theirs).every((row, at) => {
          const same = had[at];
          return same !== undefined && isWithinRow(row, same) && (row.read === 'none' || same.read === 'all');
        });
        const areas = Object.entries(theirs.areas).every(
          ([area, given]) => !given || Object.entries(own.areas).some(([name, held]) => name === area && held),
        );
        expect(seesAllOf(own, theirs, typeOf)).toBe(has && areas);
      }),
    );
  });

  it('is for administrators always, and with administrators for nobody else', () => {
    const everything = standardRights.admin;
    const administrator = uniteRights([], { administrator: true, typeOf });
    expect(seesAllOf(administrator, administrator, typeOf)).toBe(true);
    expect(seesAllOf(unite([everything]), administrator, typeOf)).toBe(false);
  });

  it('is not for who is shown less of a field', () => {
    const all = standardRights.employee;
    const held: RoleRights = { ...all, fields: { deal: { a: 'hidden' } } };
    expect(seesAllOf(unite([held]), unite([all]), typeOf)).toBe(false);
    expect(seesAllOf(unite([all]), unite([held]), typeOf)).toBe(true);
  });
});
