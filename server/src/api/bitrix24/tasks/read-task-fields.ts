import { startOfDay } from '@signalbox/automation/kit/values/calendar.ts';
import { type TaskStatus, taskStatuses, taskStatusNumbers } from '@signalbox/automation/kit/values/task-statuses.ts';
import { atTimeOfDay } from '@signalbox/automation/kit/values/time.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { listOwned } from '../../../access/owned-items.store.ts';
import { reachesItem } from '../../../access/reach.ts';
import { getWorkspace } from '../../../people/workspaces.store.ts';
import type { Rights } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Call } from '../rest/method.ts';
import { isYes } from '../rest/parameters.ts';
import { RestError } from '../rest/rest-error.ts';

type Fields = ReadonlyMap<string, unknown>;

/** `fields` of add and update as the body of our own interface; what there is nothing for is left out. */
export async function readTaskFields(tx: Tx, { parameters, caller }: Call): Promise<Record<string, unknown>> {
  const given = parameters.get('fields');
  if (!isRecord(given)) throw new RestError('100', 'Could not find value for parameter {fields}');
  const fields: Fields = new Map(Object.entries(given).map(([name, value]) => [name.toUpperCase(), value]));
  const { timeZone } = await getWorkspace(tx, caller.workspaceId);
  return {
    ...on(fields, 'TITLE', (value) => ({ title: String(value) })),
    ...on(fields, 'DESCRIPTION', (value) => ({ description: String(value) })),
    ...on(fields, 'RESPONSIBLE_ID', (value) => ({ responsible: idOf(value, 'RESPONSIBLE_ID') })),
    ...on(fields, 'CREATED_BY', (value) => ({ creator: idOf(value, 'CREATED_BY') })),
    ...on(fields, 'PARENT_ID', (value) => ({ parent: isNone(value) ? null : idOf(value, 'PARENT_ID') })),
    ...on(fields, 'DEADLINE', (value) => ({
      deadline: isNone(value) ? null : momentOf(value, { timeZone, field: 'DEADLINE' }),
    })),
    ...on(fields, 'TASK_CONTROL', (value) => ({ needsAcceptance: isYes(value) })),
    ...on(fields, 'STATUS', (value) => ({ status: statusOf(value) })),
    ...observersOf(fields),
    ...(fields.has('UF_CRM_TASK') && { item: await itemOf(tx, caller.rights, fields.get('UF_CRM_TASK')) }),
  };
}

function on<T extends object>(fields: Fields, name: string, read: (value: unknown) => T): T | object {
  return fields.has(name) ? read(fields.get(name)) : {};
}

// There are no co-workers here: whoever takes part sees the task, as whoever watches it does.
function observersOf(fields: Fields): { observers?: number[] } {
  if (!fields.has('AUDITORS') && !fields.has('ACCOMPLICES')) return {};
  const ids = [fields.get('AUDITORS'), fields.get('ACCOMPLICES')].flat().filter((one) => !isNone(one));
  return { observers: [...new Set(ids.map((one) => idOf(one, 'AUDITORS')))] };
}

const isNone = (value: unknown) =>
  value === null || value === undefined || value === '' || value === '0' || value === 0;

export function idOf(value: unknown, field: string): number {
  if (/^[1-9]\d{0,14}$/.test(String(value))) return Number(value);
  throw new RestError('ERROR_CORE', `${field} is not an id`);
}

/** By its number: 2 waits to be begun, 3 is in progress, 4 waits for its creator, 5 is completed, 6 deferred. */
function statusOf(value: unknown): TaskStatus {
  const found = taskStatuses.findLast((status) => taskStatusNumbers[status] === Number(value));
  if (found === undefined) throw new RestError('ERROR_CORE', `There is no status ${String(value)}`);
  return found;
}

interface Clock {
  readonly timeZone: string;
  readonly field: string;
}

/** `2026-12-31T23:59:59`, with an offset or by the clock of the workspace; of a day alone its beginning. */
export function momentOf(value: unknown, { timeZone, field }: Clock): string {
  const [, day, time = '00:00', seconds = '', offset] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(String(value).trim()) ?? [];
  const at =
    day === undefined || Number.isNaN(Date.parse(day))
      ? Number.NaN
      : offset === undefined
        ? atTimeOfDay(startOfDay(day, timeZone), time, timeZone) + Number(seconds.slice(1, 3)) * 1_000
        : Date.parse(`${day}T${time}${seconds}${offset}`);
  if (Number.isNaN(at)) throw new RestError('ERROR_CORE', `${field} is not a date`);
  return new Date(at).toISOString();
}

/** `D_25`, the first that is an item here: a deal, a lead, a quote, an invoice. Clients are known by their items. */
async function itemOf(tx: Tx, rights: Rights, value: unknown): Promise<number | null> {
  const [first] = markedItems(value);
  if (first === undefined) return null;
  const [owned] = await listOwned(tx, [first.id]);
  // One that the caller may not see is told as one that is not there.
  if (owned?.type !== first.type || !reachesItem(rights, owned, 'read'))
    throw new RestError('ERROR_CORE', `There is no ${first.type} ${first.id}`);
  return first.id;
}

export function markedItems(value: unknown): { type: string; id: number }[] {
  return [value].flat().flatMap((one) => {
    const [, mark = '', id] = /^(D|L|Q|SI)_([1-9]\d{0,14})$/.exec(String(one)) ?? [];
    const type = marks[mark];
    return type === undefined ? [] : [{ type, id: Number(id) }];
  });
}

const marks: Readonly<Record<string, string>> = { D: 'deal', L: 'lead', Q: 'quote', SI: 'invoice' };

/** How an item is written in UF_CRM_TASK; undefined for a type that has no mark. */
export function markOf(type: string, id: number): string | undefined {
  const found = Object.entries(marks).find(([, marked]) => marked === type);
  return found && `${found[0]}_${id}`;
}
