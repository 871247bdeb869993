import { type TaskStatus, taskStatuses, taskStatusNumbers } from '@signalbox/automation/kit/values/task-statuses.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { reachableItems } from '../../../access/reachable-items.store.ts';
import { getWorkspace } from '../../../people/workspaces.store.ts';
import type { Rights } from '../../../platform/context.ts';
import { arrays } from '../../../platform/sql-arrays.ts';
import { countTasksWhere, listTasksWhere, seenBy } from '../../../tasks/kept/list-tasks.store.ts';
import type { Call, MethodResult } from '../rest/method.ts';
import { type Parameters, textOf } from '../rest/parameters.ts';
import { RestError } from '../rest/rest-error.ts';
import { inCaller } from '../telephony/in-caller.ts';
import { presentRestTasks } from './present-rest-task.ts';
import { idOf, markedItems, momentOf } from './read-task-fields.ts';

const PAGE = 50;

/** A page of those that the caller may see. `start: -1` counts nothing: its callers go on by `>ID` (bitrix24-rest.md 1). */
export function listRestTasks(call: Call): Promise<MethodResult> {
  const { parameters, caller, context } = call;
  return inCaller(call, async (tx) => {
    const { timeZone } = await getWorkspace(tx, caller.workspaceId);
    const start = startOf(parameters);
    const wheres = [...filtersOf(parameters, { timeZone, rights: caller.rights }), ...seenBy(tx, caller.rights)];
    const limit = limitOf(parameters);
    const page = { wheres, order: orderOf(parameters), limit, offset: Math.max(0, start) };
    const rows = await listTasksWhere(tx, page);
    const shown = await presentRestTasks(tx, rows, { caller, now: context.clock.now() });
    const result = { tasks: shown.map(selected(parameters)) };
    if (start < 0) return { result };
    const total = await countTasksWhere(tx, wheres);
    return { result, total, ...(start + limit < total && { next: start + limit }) };
  });
}

function startOf(parameters: Parameters): number {
  const start = Number(textOf(parameters, 'start') ?? 0);
  return Number.isSafeInteger(start) ? start : 0;
}

function limitOf(parameters: Parameters): number {
  const limit = Number(textOf(parameters, 'limit') ?? PAGE);
  return Number.isInteger(limit) && limit >= 1 ? Math.min(limit, PAGE) : PAGE;
}

type Where = RawBuilder<SqlBool>;
interface Around {
  readonly timeZone: string;
  readonly rights: Rights;
}
type Read = (value: unknown, clock: { readonly timeZone: string; readonly field: string }) => unknown;
const number: Read = (value, { field }) => idOf(value, field);
const date: Read = momentOf;
const plain: Read = (value) => String(value).replaceAll('\0', '');

const columns: Readonly<Record<string, { readonly sql: RawBuilder<unknown>; readonly read: Read }>> = {
  ID: { sql: sql`id`, read: number },
  TITLE: { sql: sql`title`, read: plain },
  RESPONSIBLE_ID: { sql: sql`responsible_id`, read: number },
  CREATED_BY: { sql: sql`creator_id`, read: number },
  PARENT_ID: { sql: sql`parent_id`, read: number },
  DEADLINE: { sql: sql`deadline`, read: date },
  CREATED_DATE: { sql: sql`created_at`, read: date },
  CHANGED_DATE: { sql: sql`updated_at`, read: date },
  CLOSED_DATE: { sql: sql`closed_at`, read: date },
};

const signs = ['>=', '<=', '!=', '!', '>', '<', '=', '%', ''] as const;
type Sign = (typeof signs)[number];
const comparisons: Partial<Record<Sign, RawBuilder<unknown>>> = {
  ...{ '>=': sql`>=`, '<=': sql`<=`, '>': sql`>`, '<': sql`<` },
};

function filtersOf(parameters: Parameters, around: Around): Where[] {
  const filter = parameters.get('filter');
  if (!isRecord(filter)) return [];
  // What begins so is of screens of theirs that there are none of here.
  const asked = Object.entries(filter).filter(([key]) => !key.startsWith('::'));
  return asked.slice(0, 50).map(([key, value]) => {
    const sign = signs.find((one) => key.startsWith(one)) ?? '';
    return whereOf({ sign, name: key.slice(sign.length).toUpperCase(), value, ...around });
  });
}

interface Asked extends Around {
  readonly sign: Sign;
  readonly name: string;
  readonly value: unknown;
}

function whereOf({ sign, name, value, timeZone, rights }: Asked): Where {
  const values = [value].flat().slice(0, 1_000);
  const isNot = sign === '!' || sign === '!=';
  if (name === 'STATUS' || name === 'REAL_STATUS')
    return turned(isNot, sql`status = any(${arrays.texts(statusesOf(values))}::text[])`);
  if (name === 'UF_CRM_TASK') return turned(isNot, tiedTo(values, rights));
  if (name === 'AUDITOR')
    return turned(isNot, sql`observer_ids && ${arrays.numbers(values.map((one) => idOf(one, name)))}::bigint[]`);
  const column = columns[name];
  if (column === undefined) throw new RestError('ERROR_CORE', `A filter by ${name} is not known`);
  const read = values.map((one) => column.read(one, { timeZone, field: name }));
  if (sign === '%') return sql`${column.sql}::text ilike ${`%${String(read[0] ?? '').replace(/[\\%_]/g, '\\$&')}%`}`;
  const comparison = comparisons[sign];
  if (comparison !== undefined && read.length !== 1)
    throw new RestError('ERROR_CORE', `${name} is compared with one value`);
  if (comparison !== undefined) return sql`${column.sql} ${comparison} ${read[0]}`;
  const equal = read.map((one) => sql<SqlBool>`${column.sql} = ${one}`);
  return turned(isNot, equal.length === 0 ? sql`false` : sql`(${sql.join(equal, sql` or `)})`);
}

const turned = (isNot: boolean, where: Where): Where => (isNot ? sql`(${where}) is not true` : where);

/** The tie is told to those alone who may see the item: nobody finds out by asking for it. */
function tiedTo(values: readonly unknown[], rights: Rights): Where {
  const same = markedItems(values).map(({ type, id }) => sql<SqlBool>`(i.id = ${id} and i.type = ${type})`);
  const reach = reachableItems(rights, 'read') ?? sql`true`;
  return sql`exists (select from items i where i.workspace_id = tasks.workspace_id and i.id = tasks.item_id
    and ${reach} and (${sql.join([...same, sql`false`], sql` or `)}))`;
}

function statusesOf(numbers: readonly unknown[]): TaskStatus[] {
  return taskStatuses.filter((status) => numbers.some((one) => Number(one) === taskStatusNumbers[status]));
}

function orderOf(parameters: Parameters): RawBuilder<unknown> {
  const order = parameters.get('order');
  const asked = isRecord(order) ? Object.entries(order) : [];
  const parts = asked.slice(0, 5).map(([name, direction]) => {
    const column = columns[name.toUpperCase()];
    if (column === undefined) throw new RestError('0', 'Invalid sorting key (internal error)');
    return /^desc/i.test(String(direction)) ? sql`${column.sql} desc nulls last` : sql`${column.sql} asc nulls last`;
  });
  return sql.join([...parts, sql`id`], sql`, `);
}

/** Of `select` what there is; without one, all of it. `ID` and `id` mean the same. */
export function selected(parameters: Parameters): (task: Record<string, unknown>) => Record<string, unknown> {
  const select = parameters.get('select');
  if (!Array.isArray(select) || select.length === 0 || select.includes('*')) return (task) => task;
  const folded = (name: string) => name.replaceAll('_', '').toLowerCase();
  const wanted = new Set(['id', ...select.map((one) => folded(String(one)))]);
  return (task) => Object.fromEntries(Object.entries(task).filter(([name]) => wanted.has(folded(name))));
}
