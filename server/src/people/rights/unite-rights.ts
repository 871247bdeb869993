import {
  type EffectiveRights,
  type FieldLimit,
  type Grants,
  grants,
  grantsOf,
  isWithin,
  type RightVerb,
  type RoleRights,
  rightAreas,
  rightVerbs,
  widest,
} from '@signalbox/contract/people/rights.ts';
import type { Rights } from '../../platform/context.ts';
import { allRights, noRights } from './standard-roles.ts';

/** What several roles allow together. `typeOf` knows each pipeline that is there; rows of others are forgotten. */
export function uniteRights(
  roles: readonly RoleRights[],
  { administrator, typeOf }: { administrator: boolean; typeOf: ReadonlyMap<number, string> },
): EffectiveRights {
  if (administrator) return { administrator, ...allRights };
  if (roles.length === 0) return { administrator, ...noRights };
  const types = new Set(roles.flatMap(({ items }) => Object.keys(items.types)));
  const pipelines = [...new Set(roles.flatMap(({ items }) => Object.keys(items.pipelines)))].flatMap((id) => {
    const type = typeOf.get(Number(id));
    return type === undefined ? [] : [{ id, type }];
  });
  return {
    administrator,
    items: {
      all: uniteRows(roles.map(({ items }) => items.all)),
      types: Object.fromEntries(
        [...types].map((type) => [type, uniteRows(roles.map(({ items }) => grantsOf(items, { type })))]),
      ),
      pipelines: Object.fromEntries(
        pipelines.map(({ id, type }) => [
          id,
          uniteRows(roles.map(({ items }) => grantsOf(items, { type, pipeline: Number(id) }))),
        ]),
      ),
    },
    clients: uniteRows(roles.map(({ clients }) => clients)),
    areas: uniteAreas(roles),
    fields: uniteFields(roles),
  };
}

function uniteRows(rows: readonly Grants[]): Grants {
  const of = (verb: RightVerb) => widest(rows.map((row) => row[verb]));
  return grants.parse(Object.fromEntries(rightVerbs.map((verb) => [verb, of(verb)])));
}

function uniteAreas(roles: readonly RoleRights[]): RoleRights['areas'] {
  const has = (area: keyof RoleRights['areas']) => roles.some(({ areas }) => areas[area]);
  return { automation: has('automation'), people: has('people'), mail: has('mail'), settings: has('settings') };
}

// A field is held back when every role that lets its records be read holds it back.
function uniteFields(roles: readonly RoleRights[]): RoleRights['fields'] {
  const owners = new Set(roles.flatMap(({ fields }) => Object.keys(fields)));
  return Object.fromEntries(
    [...owners].map((owner) => [
      owner,
      uniteLimits(roles.filter((role) => readsAny(role, owner)).map(({ fields }) => fields[owner] ?? {})),
    ]),
  );
}

function uniteLimits(all: readonly Readonly<Record<string, FieldLimit>>[]): Record<string, FieldLimit> {
  const [first = {}, ...others] = all;
  return Object.fromEntries(
    Object.entries(first).flatMap(([code, limit]): [string, FieldLimit][] => {
      const limits = [limit, ...others.map((one) => one[code])];
      if (limits.includes(undefined)) return [];
      return [[code, limits.every((one) => one === 'hidden') ? 'hidden' : 'read-only']];
    }),
  );
}

function readsAny({ items, clients }: RoleRights, owner: string): boolean {
  if (owner === 'contact' || owner === 'company') return clients.read !== 'none';
  return (
    grantsOf(items, { type: owner }).read !== 'none' ||
    Object.values(items.pipelines).some((row) => row.read !== 'none')
  );
}

/** An administrator's rights: everything. */
export function administratorRights(employeeId: number): Rights {
  return { administrator: true, ...allRights, employeeId, department: [employeeId] };
}

/** Whether somebody has all that a role would give: only then may they give it. */
export function covers(own: EffectiveRights, given: RoleRights, typeOf: ReadonlyMap<number, string>): boolean {
  if (own.administrator) return true;
  const both = uniteRights([own, given], { administrator: false, typeOf });
  const mine = uniteRights([own], { administrator: false, typeOf });
  const cells = ({ items, clients }: EffectiveRights, like: EffectiveRights) => [
    clients,
    items.all,
    ...Object.keys(like.items.types).map((type) => grantsOf(items, { type })),
    ...Object.keys(like.items.pipelines).map((id) =>
      grantsOf(items, { type: typeOf.get(Number(id)) ?? '', pipeline: Number(id) }),
    ),
  ];
  const had = cells(mine, both);
  return (
    cells(both, both).every((row, index) =>
      rightVerbs.every((verb) => isWithin(row[verb], had[index]?.[verb] ?? 'none')),
    ) &&
    rightAreas.every((area) => own.areas[area] || !given.areas[area]) &&
    Object.entries(mine.fields).every(([owner, limits]) =>
      Object.entries(limits).every(([code, limit]) => both.fields[owner]?.[code] === limit),
    )
  );
}
