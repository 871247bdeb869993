import type { Condition, ConditionPart } from '@signalbox/automation/kit/condition.ts';
import { type RawBuilder, sql } from 'kysely';

type Sql = RawBuilder<unknown>;

/**
 * SQL that holds for at least all items for which the condition holds, so that PostgreSQL finds the few that are then
 * judged exactly as a trigger would judge them. Undefined: nothing can be said in SQL.
 */
export function narrowFilter(condition: Condition): Sql | undefined {
  if ('all' in condition) {
    const parts = condition.all.map(narrowFilter).filter((part) => part !== undefined);
    return parts.length === 0 ? undefined : sql`(${sql.join(parts, sql` and `)})`;
  }
  if ('any' in condition) {
    const parts = condition.any.map(narrowFilter);
    const known = parts.filter((part) => part !== undefined);
    return known.length < parts.length || known.length === 0 ? undefined : sql`(${sql.join(known, sql` or `)})`;
  }
  // What is not true of a superset may be true of some items: nothing follows.
  return 'not' in condition ? undefined : narrowPart(condition);
}

function narrowPart(part: ConditionPart): Sql | undefined {
  const field = part.field.replace(/^item\./, '');
  const column = columns[field];
  if (part.is === 'is empty') return column === undefined ? undefined : sql`${column} is null`;
  if (part.is === 'is filled') return column === undefined ? undefined : sql`${column} is not null`;
  if (field === 'amount') return narrowAmount(part);
  return column === undefined ? undefined : narrowId(column, part);
}

// A column that can be empty only by being null.
const columns: Readonly<Record<string, Sql>> = {
  amount: sql`i.amount`,
  responsible: sql`i.responsible_id`,
  creator: sql`i.creator_id`,
  contact: sql`i.contact_id`,
  company: sql`i.company_id`,
};

const comparisons: Readonly<Record<string, Sql>> = {
  equals: sql`=`,
  greater: sql`>`,
  'at least': sql`>=`,
  less: sql`<`,
  'at most': sql`<=`,
};

// A number without a currency is meant in the item's own.
function narrowAmount({ is, value }: ConditionPart): Sql | undefined {
  const comparison = comparisons[is];
  if (typeof value !== 'number' || !Number.isFinite(value) || comparison === undefined) return undefined;
  return sql`i.amount ${comparison} ${String(value)}::numeric`;
}

function narrowId(column: Sql, { is, value }: ConditionPart): Sql | undefined {
  if (is !== 'equals' && is !== 'in') return undefined;
  const ids: unknown[] = Array.isArray(value) ? value : [value];
  if (!ids.every((id) => Number.isSafeInteger(id))) return undefined;
  return sql`${column} = any(${`{${ids.join(',')}}`}::bigint[])`;
}
