import type { Reach, RightVerb } from '@signalbox/contract/people/rights.ts';
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

function within(rights: Rights, verb: RightVerb): RawBuilder<unknown> | undefined {
  const { all, types, pipelines } = rights.items;
  const [pipelineIds, typeCodes] = [Object.keys(pipelines), Object.keys(types)];
  const groups: Group[] = [
    ...Object.entries(pipelines).map(([id, row]) => ({ reach: row[verb], where: sql`i.pipeline_id = ${Number(id)}` })),
    ...Object.entries(types).map(([type, row]) => ({
      reach: row[verb],
      where: sql`(i.type = ${type} and ${noneOf(sql`i.pipeline_id`, pipelineIds, 'bigint')})`,
    })),
    {
      reach: all[verb],
      where: sql`(${noneOf(sql`i.type`, typeCodes, 'text')} and ${noneOf(sql`i.pipeline_id`, pipelineIds, 'bigint')})`,
    },
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
