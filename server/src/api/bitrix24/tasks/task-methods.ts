import type { TaskStatus } from '@signalbox/automation/kit/values/task-statuses.ts';
import { taskBody, taskPatch } from '@signalbox/contract/tasks.ts';
import type { z } from 'zod';
import type { Tx } from '../../../platform/db.ts';
import { changeTask } from '../../../tasks/change-task.ts';
import { createTask } from '../../../tasks/create-task.ts';
import { deleteTask } from '../../../tasks/delete-task.ts';
import type { StoredTask } from '../../../tasks/kept/task-row.ts';
import { readTaskBody, readTaskPatch } from '../../../tasks/read-task-body.ts';
import { accessTask } from '../../../tasks/rights/access-task.ts';
import { actingOnTasks } from '../../../tasks/telling/acting.ts';
import type { Call, Method, MethodResult } from '../rest/method.ts';
import { textOf } from '../rest/parameters.ts';
import { RestError } from '../rest/rest-error.ts';
import { inCaller } from '../telephony/in-caller.ts';
import { listRestTasks, selected } from './list-rest-tasks.store.ts';
import { presentRestTasks } from './present-rest-task.ts';
import { readTaskFields } from './read-task-fields.ts';

/** tasks.task.*: bitrix24-rest.md 3. */
export const taskMethods: readonly Method[] = [
  { name: 'tasks.task.add', scope: 'task', run: add },
  { name: 'tasks.task.get', scope: 'task', run: get },
  { name: 'tasks.task.list', scope: 'task', run: listRestTasks },
  { name: 'tasks.task.update', scope: 'task', run: update },
  { name: 'tasks.task.delete', scope: 'task', run: remove },
  ...act('complete', () => 'completed'),
  ...act('start', () => 'in-progress'),
  ...act('pause', () => 'pending'),
  ...act('defer', () => 'deferred'),
  ...act('renew', () => 'pending'),
  ...act('approve', judged('completed'), 'accept'),
  ...act('disapprove', judged('pending'), 'accept'),
];

function add(call: Call): Promise<MethodResult> {
  return inCaller(call, async (tx) => {
    const body = parsed(taskBody, await readTaskFields(tx, call));
    const task = await readTaskBody(tx, call.caller, body);
    return one(tx, call, await createTask(tx, actingOnTasks(call.caller, call.context.clock.now()), task));
  });
}

function get(call: Call): Promise<MethodResult> {
  return inCaller(call, async (tx) => {
    const task = await accessTask(tx, call.caller.rights, taskIdOf(call), 'read');
    return { result: { task: selected(call.parameters)(await shown(tx, call, task)) } };
  });
}

function update(call: Call): Promise<MethodResult> {
  return inCaller(call, async (tx) => {
    const before = await accessTask(tx, call.caller.rights, taskIdOf(call), 'change');
    const patch = parsed(taskPatch, await readTaskFields(tx, call));
    const change = await readTaskPatch(tx, call.caller, { patch, before });
    return one(tx, call, await changeTask(tx, actingOf(call), { id: before.id, change }));
  });
}

function remove(call: Call): Promise<MethodResult> {
  return inCaller(call, async (tx) => {
    await deleteTask(tx, actingOf(call), taskIdOf(call));
    return { result: { task: true } };
  });
}

/** A method that gives a task another status. */
function act(
  name: string,
  statusFor: (task: StoredTask) => TaskStatus,
  verb: 'change' | 'accept' = 'change',
): Method[] {
  const run = (call: Call): Promise<MethodResult> =>
    inCaller(call, async (tx) => {
      const before = await accessTask(tx, call.caller.rights, taskIdOf(call), verb);
      const change = { status: statusFor(before) };
      return one(tx, call, await changeTask(tx, actingOf(call), { id: before.id, change }));
    });
  return [{ name: `tasks.task.${name}`, scope: 'task', run }];
}

/** What was handed in is accepted or returned; of nothing else can that be said. */
function judged(status: TaskStatus): (task: StoredTask) => TaskStatus {
  return (task) => {
    if (task.status === 'supposedly-completed') return status;
    throw new RestError('100', 'Action on task is not allowed: it does not wait for its creator');
  };
}

const actingOf = ({ caller, context }: Call) => actingOnTasks(caller, context.clock.now());

async function one(tx: Tx, call: Call, row: StoredTask): Promise<MethodResult> {
  return { result: { task: await shown(tx, call, row) } };
}

async function shown(tx: Tx, { caller, context }: Call, row: StoredTask): Promise<Record<string, unknown>> {
  const [task] = await presentRestTasks(tx, [row], { caller, now: context.clock.now() });
  return task ?? {};
}

function taskIdOf({ parameters }: Call): number {
  const id = textOf(parameters, 'taskid') ?? textOf(parameters, 'id') ?? '';
  if (/^[1-9]\d{0,14}$/.test(id)) return Number(id);
  throw new RestError('100', 'Could not find value for parameter {taskId}');
}

function parsed<T extends z.ZodType>(schema: T, body: object): z.output<T> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new RestError('ERROR_CORE', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`);
}
