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
    fields: uniteFields(roles, typeOf),
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

/**
 * By type, as all else (docs/rights.md): a field is hidden when every role that reads records of its type hides it, and read-only
 * when every role that adds or changes them holds it back.
 */
function uniteFields(roles: readonly RoleRights[], typeOf: ReadonlyMap<number, string>): RoleRights['fields'] {
  const owners = new Set(roles.flatMap(({ fields }) => Object.keys(fields)));
  return Object.fromEntries(
    [...owners].map((owner) => {
      const limitsOf = (verbs: readonly RightVerb[]) =>
        roles.filter((role) => reachesAny(role, { owner, typeOf, verbs })).map(({ fields }) => fields[owner] ?? {});
      const [reading, writing] = [limitsOf(['read']), limitsOf(['add', 'change'])];
      return [owner, uniteLimits(reading, writing.length === 0 ? reading : writing)];
    }),
  );
}

type Limits = Readonly<Record<string, FieldLimit>>;

function uniteLimits(reading: readonly Limits[], writing: readonly Limits[]): Record<string, FieldLimit> {
  const codes = new Set([...reading, ...writing].flatMap((limits) => Object.keys(limits)));
  return Object.fromEntries(
    [...codes].flatMap((code): [string, FieldLimit][] => {
      if (reading.length > 0 && reading.every((limits) => limits[code] === 'hidden')) return [[code, 'hidden']];
      return writing.every((limits) => limits[code] !== undefined) ? [[code, 'read-only']] : [];
    }),
  );
}

interface Reaching {
  readonly owner: string;
  readonly typeOf: ReadonlyMap<number, string>;
  readonly verbs: readonly RightVerb[];
}

function reachesAny({ items, clients }: RoleRights, { owner, typeOf, verbs }: Reaching): boolean {
  const isClient = owner === 'contact' || owner === 'company';
  const own = Object.entries(items.pipelines).flatMap(([id, row]) => (typeOf.get(Number(id)) === owner ? [row] : []));
  const rows = isClient ? [clients] : [grantsOf(items, { type: owner }), ...own];
  return rows.some((row) => verbs.some((verb) => row[verb] !== 'none'));
}

/** An administrator's rights: everything. */
export function administratorRights(employeeId: number): Rights {
  return { administrator: true, ...allRights, employeeId, department: [employeeId] };
}

/**
 * Whether somebody may look through the eyes of who has these rights: they have them all, and wherever these read something they read
 * all of it - one's own, one's department's and what one observes is different for everybody.
 */
export function seesAllOf(own: EffectiveRights, theirs: EffectiveRights, typeOf: ReadonlyMap<number, string>): boolean {
  if (own.administrator) return true;
  if (theirs.administrator) return false;
  const reading = (row: Grants): Grants => ({ ...row, read: row.read === 'none' ? 'none' : 'all' });
  const rows = (all: Readonly<Record<string, Grants>>) =>
    Object.fromEntries(Object.entries(all).map(([name, row]) => [name, reading(row)]));
  const { all, types, pipelines } = theirs.items;
  const items = { all: reading(all), types: rows(types), pipelines: rows(pipelines) };
  const { areas, fields } = theirs;
  return covers(own, { items, clients: reading(theirs.clients), areas, fields }, typeOf);
}

/** Whether any of their cells reaches as far as their department. */
export function isByDepartment({ items, clients }: EffectiveRights): boolean {
  const rows = [clients, items.all, ...Object.values(items.types), ...Object.values(items.pipelines)];
  return rows.some((row) => rightVerbs.some((verb) => row[verb] === 'department'));
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
