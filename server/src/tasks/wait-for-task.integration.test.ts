import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drainWorkspace } from '../automation/drain/drain.ts';
import { runNow } from '../automation/log/run-commands.ts';
import { deleteItem } from '../automation/moves/delete-item.ts';
import { makeRunFixture, type RunFixture, takeJobs } from '../automation/running/testing-runs.ts';
import { runDueVisits } from '../automation/running/watch-runs.ts';
import { changeTask } from './change-task.ts';
import { deleteTask } from './delete-task.ts';

let fixture: RunFixture;
beforeAll(async () => {
  fixture = await makeRunFixture();
});
afterAll(() => fixture.close());

const HOUR_MS = 3_600_000;
const rule = (id: string, key: string, settings: object, more: object = {}) => ({
  id,
  do: key,
  stage: 'NEW',
  settings,
  ...more,
});
const task = (more: object = {}, settings: object = {}) =>
  rule('task', 'tasks/create', { title: 'Check the contract', wait: true, ...settings }, more);
const after = rule(
  'after',
  'alerts/comment',
  { text: 'By {{ rules.task.closedBy }} at {{ rules.task.closedAt }}, task {{ rules.task.taskId }}' },
  { order: 'after previous', onLeave: 'keep' },
);
const tasksOf = (itemId: number) =>
  fixture.inside((tx) => tx.selectFrom('tasks').selectAll().where('item_id', '=', itemId).orderBy('id').execute());
const taskOf = async (itemId: number) => (await tasksOf(itemId))[0]?.id ?? 0;
const comments = async (itemId: number) =>
  (
    await fixture.inside((tx) =>
      tx.selectFrom('timeline').select('text').where('item_id', '=', itemId).where('kind', '=', 'comment').execute(),
    )
  ).map(({ text }) => text);
const acting = () => ({ byId: fixture.employeeId, now: fixture.clock.now(), chain: null });
// What is told of it is decided at once, as the engine does: what runs waits for signals that came before.
const close = async (id: number) => {
  await fixture.inside((tx) => changeTask(tx, acting(), { id, change: { status: 'completed' } }));
  await drainWorkspace(fixture.context, fixture.workspaceId, { bindSignals: async () => {} });
};

async function held(rules: readonly object[]): Promise<number> {
  await fixture.saveBoard({ rules });
  const item = await fixture.create();
  await fixture.work();
  expect(await fixture.run(item, 'task')).toMatchObject({
    state: 'waiting',
    waitingFor: 'task',
    dueAt: null,
    entry: false,
  });
  expect(await comments(item)).toEqual([]);
  return item;
}

describe('5.9 a rule that waits until its task is completed', () => {
  it('holds the chain; the next rule knows who completed it and when', async () => {
    const item = await held([task(), after, rule('beside', 'alerts/notify', { text: 'At once' })]);
    expect(await fixture.run(item, 'after')).toMatchObject({ state: 'waiting', dueAt: null, waitingFor: null });
    expect(await fixture.run(item, 'beside')).toMatchObject({ state: 'done' });
    const id = await taskOf(item);
    fixture.clock.advance(2 * HOUR_MS);
    const at = fixture.clock.now().toISOString();
    await close(id);
    await fixture.work();
    const name = (
      await fixture.inside((tx) =>
        tx.selectFrom('employees').select('name').where('id', '=', fixture.employeeId).executeTakeFirstOrThrow(),
      )
    ).name;
    expect(await fixture.run(item, 'task')).toMatchObject({
      state: 'done',
      result: { taskId: id, closedBy: name, closedAt: at },
    });
    expect(await comments(item)).toEqual([`By ${name} at ${at}, task ${id}`]);
    expect(await tasksOf(item)).toHaveLength(1);
  });

  it('over a restart: no job is needed, what is due is found by the row', async () => {
    const item = await held([task(), after]);
    await close(await taskOf(item));
    await takeJobs(fixture.owner);
    await runDueVisits(fixture.runner, 0);
    await fixture.work();
    expect(await comments(item)).toHaveLength(1);
    await fixture.work();
    await runDueVisits(fixture.runner, 0);
    expect([(await comments(item)).length, (await tasksOf(item)).length]).toEqual([1, 1]);
  });

  it('over the deadline of the task: it waits on', async () => {
    const item = await held([task({}, { workingDays: 1 }), after]);
    fixture.clock.advance(30 * 24 * HOUR_MS);
    await runDueVisits(fixture.runner, 0);
    await fixture.work();
    expect(await fixture.run(item, 'task')).toMatchObject({ state: 'waiting', waitingFor: 'task' });
    await close(await taskOf(item));
    await fixture.work();
    expect(await comments(item)).toHaveLength(1);
  });

  it('over a deleted task: the chain goes on, by nobody', async () => {
    const item = await held([task(), after]);
    const id = await taskOf(item);
    await fixture.inside((tx) => deleteTask(tx, acting(), id));
    await fixture.work();
    expect(await fixture.run(item, 'task')).toMatchObject({
      state: 'done',
      result: { taskId: id, closedBy: null, closedAt: null },
    });
    expect(await comments(item)).toEqual([`By  at , task ${id}`]);
  });

  it.each([
    ['cancel', 'cancelled', 1],
    ['keep', 'done', 1],
  ])('leaving the stage, policy %s: it is %s, and its task stays', async (onLeave, state, count) => {
    const item = await held([task({ onLeave }), after]);
    await fixture.move(item, 'WARM');
    expect((await fixture.run(item, 'task')).state).toBe(onLeave === 'cancel' ? 'cancelled' : 'waiting');
    await close(await taskOf(item));
    await fixture.work();
    expect((await fixture.run(item, 'task')).state).toBe(state);
    expect(await tasksOf(item)).toHaveLength(count);
    expect(await tasksOf(item)).toMatchObject([{ status: 'completed' }]);
  });

  it('a person who does not want to wait lets it go on; no second task is made', async () => {
    const item = await held([task(), after]);
    const { id } = await fixture.run(item, 'task');
    await fixture.inside((tx) => runNow(tx, fixture.acting(), id));
    await fixture.work();
    expect(await fixture.run(item, 'task')).toMatchObject({ state: 'done', result: { closedBy: null } });
    expect([(await comments(item)).length, (await tasksOf(item)).length]).toEqual([1, 1]);
    await close(await taskOf(item));
    await fixture.work();
    expect(await comments(item)).toHaveLength(1);
  });

  it('a task that was completed again wakes nobody twice', async () => {
    const item = await held([task(), after]);
    const id = await taskOf(item);
    await close(id);
    await fixture.work();
    await fixture.inside((tx) => changeTask(tx, acting(), { id, change: { status: 'in-progress' } }));
    await close(id);
    await fixture.work();
    expect(await comments(item)).toHaveLength(1);
  });

  it('its item is deleted: the task stays without it', async () => {
    const item = await held([task(), after]);
    const id = await taskOf(item);
    await fixture.inside((tx) => deleteItem(tx, fixture.acting(), item));
    await close(id);
    await fixture.work();
    expect(
      await fixture.inside((tx) => tx.selectFrom('tasks').select(['status']).where('id', '=', id).execute()),
    ).toEqual([{ status: 'completed' }]);
  });
});

describe('tasks/complete', () => {
  it('completes the open ones that rules of the chosen stages made, and those of nobody else', async () => {
    await fixture.saveBoard({
      rules: [
        task({}, { wait: false, title: 'Of NEW' }),
        { ...task({}, { wait: false, title: 'Of WARM' }), id: 'other', stage: 'WARM' },
        { ...rule('complete', 'tasks/complete', { stages: ['NEW'] }), stage: 'WARM' },
      ],
    });
    const item = await fixture.create();
    await fixture.work();
    await fixture.inside((tx) =>
      tx
        .insertInto('tasks')
        .values({
          ...{
            workspace_id: fixture.workspaceId,
            kind: 'task',
            title: 'By hand',
            description: '',
            status: 'new',
            item_id: item,
          },
          ...{ responsible_id: null, creator_id: null, parent_id: null, closed_by: null },
          ...{ created_at: new Date(), updated_at: new Date() },
        })
        .execute(),
    );
    await fixture.move(item, 'WARM');
    await fixture.work();
    const found = await tasksOf(item);
    expect(found.map(({ title, status }) => [title, status]).toSorted()).toEqual([
      ['By hand', 'new'],
      ['Of NEW', 'completed'],
      ['Of WARM', 'new'],
    ]);
    expect(await fixture.run(item, 'complete')).toMatchObject({ state: 'done', result: { completed: 1 } });
  });
});
