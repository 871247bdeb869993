import { type Grants, grantsOf, type Reach, type RightVerb } from '@signalbox/contract/people/rights.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Rights } from '../platform/context.ts';

/**
 * The same over `items i`; undefined when it reaches all of them. What may not be seen is not reached by any other right either. Compared with ids alone, which leaks nothing, so that
 * an index serves under row-level security.
 */
export function reachableItems(rights: Rights, verb: RightVerb): RawBuilder<unknown> | undefined {
  const verbs: readonly RightVerb[] = verb === 'read' ? ['read'] : ['read', verb];
  const wheres = verbs.flatMap((one) => within(rights, one) ?? []);
  return wheres.length === 0 ? undefined : sql`(${sql.join(wheres, sql` and `)})`;
}

/** The same for the items of one pipeline: the row of the matrix that counts there is known before the query. */
export function reachableOfPipeline(
  rights: Rights,
  verb: RightVerb,
  { id, type }: { readonly id: number; readonly type: string },
): RawBuilder<unknown> | undefined {
  const row = grantsOf(rights.items, { type, pipeline: id });
  const verbs: readonly RightVerb[] = verb === 'read' ? ['read'] : ['read', verb];
  const wheres = verbs.flatMap((one) => ofOwner(rights, row[one], one) ?? []);
  return wheres.length === 0 ? undefined : sql`(${sql.join(wheres, sql` and `)})`;
}

function within(rights: Rights, verb: RightVerb): RawBuilder<unknown> | undefined {
  const { all, types, pipelines } = rights.items;
  const [pipelineIds, typeCodes] = [Object.keys(pipelines), Object.keys(types)];
  const elsewhere = noneOf(sql`i.pipeline_id`, pipelineIds, 'bigint');
  const groups: Group[] = [
    ...groupsOf(pipelines, verb, (ids) => oneOf(sql`i.pipeline_id`, ids, 'bigint')),
    ...groupsOf(types, verb, (codes) => sql`(${oneOf(sql`i.type`, codes, 'text')} and ${elsewhere})`),
    { reach: all[verb], where: sql`(${noneOf(sql`i.type`, typeCodes, 'text')} and ${elsewhere})` },
  ];
  const [first] = groups;
  if (groups.every(({ reach }) => reach === first?.reach)) return ofOwner(rights, first?.reach ?? 'none', verb);
  const parts = groups.flatMap((group) => {
    if (group.reach === 'none') return [];
    const owned = ofOwner(rights, group.reach, verb);
    return [owned === undefined ? group.where : sql`(${group.where} and ${owned})`];
  });
  return parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`;
}

interface Group {
  readonly reach: Reach;
  readonly where: RawBuilder<unknown>;
}

// However many rows the matrix has, an item is compared once for each reach that stands in it.
function groupsOf(
  rows: Readonly<Record<string, Grants>>,
  verb: RightVerb,
  where: (keys: readonly string[]) => RawBuilder<unknown>,
): Group[] {
  const byReach = Map.groupBy(Object.entries(rows), ([, row]) => row[verb]);
  return [...byReach].map(([reach, some]) => ({ reach, where: where(some.map(([key]) => key)) }));
}

function oneOf(column: RawBuilder<unknown>, values: readonly string[], type: 'bigint' | 'text'): RawBuilder<unknown> {
  return sql`${column} = any(${`{${values.join(',')}}`}::${sql.raw(type)}[])`;
}

function noneOf(column: RawBuilder<unknown>, values: readonly string[], type: 'bigint' | 'text'): RawBuilder<unknown> {
  return values.length === 0 ? sql`true` : sql`${column} <> all(${`{${values.join(',')}}`}::${sql.raw(type)}[])`;
}

function ofOwner(rights: Rights, reach: Reach, verb: RightVerb): RawBuilder<unknown> | undefined {
  if (reach === 'all') return undefined;
  if (reach === 'none') return sql`false`;
  const { employeeId, department } = rights;
  const responsible =
    reach === 'own'
      ? sql`i.responsible_id = ${employeeId}`
      : sql`i.responsible_id = any(${`{${department.join(',')}}`}::bigint[])`;
  return verb === 'read' ? sql`(${responsible} or ${employeeId} = any(i.observer_ids))` : responsible;
}
