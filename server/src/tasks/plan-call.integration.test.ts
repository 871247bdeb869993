import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRunFixture, type RunFixture } from '../automation/running/testing-runs.ts';
import { changeTask } from './change-task.ts';

let fixture: RunFixture;
beforeAll(async () => {
  fixture = await makeRunFixture();
});
afterAll(() => fixture.close());

const rule = (id: string, key: string, settings: object, more: object = {}) => ({
  id,
  do: key,
  stage: 'NEW',
  settings,
  ...more,
});
const tasksOf = (itemId: number) =>
  fixture.inside((tx) => tx.selectFrom('tasks').selectAll().where('item_id', '=', itemId).orderBy('id').execute());
const fieldsOf = async (itemId: number) =>
  (
    await fixture.inside((tx) =>
      tx.selectFrom('items').select('fields').where('id', '=', itemId).executeTakeFirstOrThrow(),
    )
  ).fields;
const comments = async (itemId: number) =>
  (
    await fixture.inside((tx) =>
      tx.selectFrom('timeline').select('text').where('item_id', '=', itemId).where('kind', '=', 'comment').execute(),
    )
  ).map(({ text }) => text);
const change = (id: number, wanted: Parameters<typeof changeTask>[2]['change']) =>
  fixture.inside((tx) =>
    changeTask(tx, { byId: fixture.employeeId, now: fixture.clock.now(), chain: null }, { id, change: wanted }),
  );

describe('tasks/plan-call', () => {
  const plan = { subject: 'Call back', when: 'after', delay: 3, workingTime: false, remindMinutes: 30 };

  it('plans it once with its reminder; a rule comes before it, later when it is moved, and uses its result', async () => {
    await fixture.saveBoard({
      rules: [
        rule('plan', 'tasks/plan-call', plan),
        rule(
          'early',
          'alerts/comment',
          { text: 'Soon: {{ item.nextCall }}' },
          { time: { before: '1 hour', field: 'nextCall' } },
        ),
        rule(
          'at',
          'alerts/comment',
          { text: 'Now: task {{ rules.plan.taskId }}' },
          { time: { at: { field: 'rules.plan.at' } } },
        ),
      ],
    });
    const item = await fixture.create();
    await fixture.work();
    await fixture.work();
    const start = fixture.clock.now().getTime();
    const [task] = await tasksOf(item);
    expect(await tasksOf(item)).toMatchObject([
      {
        ...{ kind: 'call', title: 'Call back', status: 'new', responsible_id: fixture.employeeId, rule_id: 'plan' },
        ...{ deadline: new Date(start + 3 * 3_600_000), remind_at: new Date(start + 2.5 * 3_600_000) },
      },
    ]);
    expect(await fieldsOf(item)).toMatchObject({ nextCall: new Date(start + 3 * 3_600_000).toISOString() });
    expect(await fixture.run(item, 'early')).toMatchObject({
      state: 'waiting',
      dueAt: new Date(start + 2 * 3_600_000),
    });

    await change(task?.id ?? 0, { deadline: new Date(start + 5 * 3_600_000) });
    expect(await fixture.run(item, 'early')).toMatchObject({
      state: 'waiting',
      dueAt: new Date(start + 4 * 3_600_000),
    });
    fixture.clock.advance(4 * 3_600_000);
    await fixture.work();
    expect(await comments(item)).toEqual([expect.stringContaining('Now: task'), expect.stringContaining('Soon: ')]);

    await change(task?.id ?? 0, { status: 'completed' });
    expect(await fieldsOf(item)).toMatchObject({ nextCall: null });
    expect(await tasksOf(item)).toHaveLength(1);
  });

  it('a rule waits until a call is planned', async () => {
    await fixture.saveBoard({
      rules: [rule('early', 'alerts/comment', { text: 'Soon' }, { time: { before: '1 hour', field: 'nextMeeting' } })],
    });
    const item = await fixture.create();
    await fixture.work();
    expect(await fixture.run(item, 'early')).toMatchObject({ state: 'waiting', dueAt: null });
  });
});
