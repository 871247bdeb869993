import type { Condition, ConditionPart } from '@signalbox/automation/kit/conditions/condition.ts';
import { sql } from 'kysely';
import { narrowColumn } from './narrow-columns.store.ts';
import { narrowField } from './narrow-fields.store.ts';
import type { Narrowing, NarrowScope } from './narrowing.ts';

/** PostgreSQL finds the few that are then judged exactly as a trigger would judge them (semantics.md 6). */
export function narrowFilter(condition: Condition, scope: NarrowScope): Narrowing {
  if ('all' in condition) return narrowAll(condition.all.map((part) => narrowFilter(part, scope)));
  if ('any' in condition) return narrowAny(condition.any.map((part) => narrowFilter(part, scope)));
  // What is not true of a superset may be true of some items: nothing follows.
  return 'not' in condition ? {} : narrowPart(condition, scope);
}

function narrowAll(parts: readonly Narrowing[]): Narrowing {
  const wheres = parts.flatMap(({ where }) => where ?? []);
  const few = parts.flatMap((part) => part.few ?? []);
  return {
    where: wheres.length === 0 ? undefined : sql`(${sql.join(wheres, sql` and `)})`,
    few: few.length === 0 ? undefined : { all: few },
  };
}

function narrowAny(parts: readonly Narrowing[]): Narrowing {
  if (parts.length === 0) return { where: sql`false` };
  const wheres = parts.flatMap(({ where }) => where ?? []);
  const few = parts.flatMap((part) => part.few ?? []);
  return {
    where: wheres.length < parts.length ? undefined : sql`(${sql.join(wheres, sql` or `)})`,
    few: few.length < parts.length ? undefined : { any: few },
  };
}

function narrowPart(part: ConditionPart, scope: NarrowScope): Narrowing {
  const code = part.field.replace(/^item\./, '');
  return narrowColumn(code, part, scope) ?? narrowField(code, part, scope) ?? {};
}
