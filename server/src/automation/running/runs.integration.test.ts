import type { ItemsPort, Ports } from '@signalbox/automation/kit/definitions/ports.ts';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { quotaReached } from '../../platform/quotas/check-quota.ts';
import { makePorts } from '../../ports/make-ports.ts';
import { drainWorkspace } from '../drain/drain.ts';
import { cancelRun, retryRun, runNow, stopRuns } from '../log/run-commands.ts';
import { runForItems } from '../log/run-for-items.ts';
import { changeItem } from '../moves/change-item.ts';
import { moveItem } from '../moves/move-item.ts';
import { keptVerdicts } from '../verdicts/testing-verdicts.ts';
import type { MakePorts } from './port-scope.ts';
import { runVisits } from './run-visits.ts';
import { makeRunFixture, type RunFixture, takeJobs } from './testing-runs.ts';
import { runDueVisits } from './watch-runs.ts';

let fixture: RunFixture;
beforeAll(async () => {
  fixture = await makeRunFixture();
});
afterAll(() => fixture.close());

const rule = (id: string, key: string, stage: string, settings: object, more: object = {}) => ({
  id,
  do: key,
  stage,
  settings,
  ...more,
});
const comment = (id: string, stage: string, more: object = {}) => rule(id, 'alerts/comment', stage, { text: id }, more);
const go = (id: string, stage: string, to: string, more: object = {}) =>
  rule(id, 'items/change-stage', stage, { stage: to }, more);

async function timeline(itemId: number, kind = 'comment') {
  return fixture.inside((tx) =>
    tx
      .selectFrom('timeline')
      .select(['text', 'author_id', 'data'])
      .where('item_id', '=', itemId)
      .where('kind', '=', kind)
      .orderBy('id')
      .execute(),
  );
}
const comments = async (itemId: number) => (await timeline(itemId)).map(({ text }) => text);
const notices = (itemId: number) =>
  fixture.inside((tx) =>
    tx.selectFrom('notifications').selectAll().where('item_id', '=', itemId).orderBy('id').execute(),
  );
const states = async (itemId: number) =>
  Object.fromEntries((await fixture.runs(itemId)).map((run) => [run.ruleId, run.state]));

/** Runs the queue with ports of which some are changed, or that break off. */
async function workWith(change: (ports: Partial<Ports>) => Partial<Ports>): Promise<void> {
  for (const job of await takeJobs(fixture.owner)) {
    await runVisits(
      { context: fixture.context, makePorts: (scope) => ({ ...makePorts(scope), ...change(makePorts(scope)) }) },
      job,
    );
  }
}

async function cutOff(tx: Tx): Promise<void> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
  await fixture.owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await sql`select 1`.execute(tx);
}

describe('5.6 texts', () => {
  test('are templates over item, client, responsible, signal and the results of earlier rules', async () => {
    await fixture.saveBoard({
      rules: [
        rule('text', 'alerts/comment', 'NEW', {
          text: '{{ item.title }} of {{ client.name }} for {{ responsible.name }}{{ signal.kind }}',
        }),
      ],
    });
    const contactId = await fixture.addContact({ name: 'Cleo {{ item.title }} <b>' });
    const item = await fixture.create({ title: 'Deal', contactId });
    await fixture.work();
    // Values are text: neither template nor markup comes to life in them, and a missing one is empty.
    expect(await comments(item)).toEqual(['Deal of Cleo {{ item.title }} <b> for Anna']);
  });

  test('a required setting left empty fails the run with a reason', async () => {
    await fixture.saveBoard({ rules: [rule('text', 'alerts/comment', 'NEW', { text: '{{ client.name }}' })] });
    const item = await fixture.create();
    await fixture.work();
    expect(await fixture.run(item, 'text')).toMatchObject({ state: 'failed', error: 'the text is empty' });
  });
});

describe('5.7 one transaction', () => {
  test('a transaction cut off midway leaves nothing behind, and the next try does everything once', async () => {
    await fixture.saveBoard({ rules: [comment('one', 'NEW'), rule('two', 'alerts/notify', 'NEW', { text: 'two' })] });
    const item = await fixture.create();
    const [job] = await takeJobs(fixture.owner);
    if (job === undefined) throw new Error('no job');
    const dies: MakePorts = (scope) => ({ ...makePorts(scope), notifications: { notify: () => cutOff(scope.tx) } });
    await expect(runVisits({ context: fixture.context, makePorts: dies }, job)).rejects.toThrow();
    expect([await states(item), await comments(item), await notices(item)]).toEqual([
      { one: 'waiting', two: 'waiting' },
      [],
      [],
    ]);
    await runVisits(fixture.runner, job);
    expect([await states(item), await comments(item), (await notices(item)).length]).toEqual([
      { one: 'done', two: 'done' },
      ['one'],
      1,
    ]);
  });

  test('a job that runs twice, or twice at once, has its effects once', async () => {
    await fixture.saveBoard({ rules: [comment('one', 'NEW'), rule('two', 'alerts/notify', 'NEW', { text: 'two' })] });
    const item = await fixture.create();
    const [job] = await takeJobs(fixture.owner);
    if (job === undefined) throw new Error('no job');
    await Promise.all([runVisits(fixture.runner, job), runVisits(fixture.runner, job), runVisits(fixture.runner, job)]);
    await runVisits(fixture.runner, job);
    expect([(await comments(item)).length, (await notices(item)).length]).toEqual([1, 1]);
  });

  test('one visit that fails unexpectedly takes no other with it, one rule no other', async () => {
    await fixture.saveBoard({
      rules: [comment('one', 'NEW'), rule('two', 'alerts/notify', 'NEW', { text: 'two' }), comment('three', 'NEW')],
    });
    const items = [
      await fixture.create({ title: 'fine' }),
      await fixture.create({ title: 'poison' }),
      await fixture.create({ title: 'fine too' }),
    ];
    const visitIds = (await takeJobs(fixture.owner)).flatMap((job) => job.visitIds);
    await runVisits(
      {
        context: fixture.context,
        makePorts: (scope) => ({
          ...makePorts(scope),
          notifications: {
            notify: async (notice) => {
              if (scope.item().values.title === 'poison') throw new Error('out of cheese');
              await makePorts(scope).notifications?.notify(notice);
            },
          },
        }),
      },
      { workspaceId: fixture.workspaceId, visitIds },
    );
    expect(await Promise.all(items.map(states))).toEqual([
      { one: 'done', two: 'done', three: 'done' },
      { one: 'done', two: 'failed', three: 'done' },
      { one: 'done', two: 'done', three: 'done' },
    ]);
    expect(await fixture.run(items[1] ?? 0, 'two')).toMatchObject({ error: expect.stringContaining('out of cheese') });
    expect(await Promise.all(items.map(comments))).toEqual([
      ['one', 'three'],
      ['one', 'three'],
      ['one', 'three'],
    ]);
  });

  test('a rule that meets the end of a quota says so in words of its own', async () => {
    await fixture.saveBoard({ rules: [rule('one', 'alerts/notify', 'NEW', { text: 'one' }), comment('two', 'NEW')] });
    const item = await fixture.create();
    const notify = async () => {
      throw quotaReached('items', 5);
    };
    await workWith(() => ({ notifications: { notify } }));
    expect(await states(item)).toEqual({ one: 'failed', two: 'done' });
    expect(await fixture.run(item, 'one')).toMatchObject({ reason: { code: 'quota-used-up', params: {} } });
  });

  test('what a failed rule had written before it failed is taken back', async () => {
    await fixture.saveBoard({
      rules: [
        rule('change', 'items/modify', 'NEW', { changes: [{ field: 'title', value: 'changed' }] }),
        comment('after', 'NEW'),
      ],
    });
    const item = await fixture.create({ title: 'as it was' });
    const failing = (items: ItemsPort): ItemsPort => ({
      ...items,
      change: async (change) => {
        await items.change(change);
        throw new Error('too late');
      },
    });
    await workWith(({ items }) => (items === undefined ? {} : { items: failing(items) }));
    expect(await states(item)).toEqual({ change: 'failed', after: 'done' });
    const row = await fixture.inside((tx) =>
      tx.selectFrom('items').select('title').where('id', '=', item).executeTakeFirst(),
    );
    expect(row?.title).toBe('as it was');
    expect(
      await fixture.inside((tx) => tx.selectFrom('signals').select('id').where('kind', '=', 'item.changed').execute()),
    ).toEqual([]);
  });

  test('4 a deadlock aborts and repeats everything, it is not caught at a savepoint', async () => {
    await fixture.saveBoard({ rules: [comment('one', 'NEW'), rule('two', 'alerts/notify', 'NEW', { text: 'two' })] });
    const item = await fixture.create();
    let times = 0;
    await workWith((ports) => ({
      notifications: {
        notify: async (notice) => {
          times += 1;
          if (times === 1)
            throw Object.assign(new pg.DatabaseError('deadlock detected', 0, 'error'), { code: '40P01' });
          await ports.notifications?.notify(notice);
        },
      },
    }));
    expect(times).toBe(2);
    expect([await states(item), await comments(item)]).toEqual([{ one: 'done', two: 'done' }, ['one']]);
  });

  test('many visits share a job and a statement', async () => {
    await fixture.saveBoard({ rules: [comment('one', 'NEW')] });
    const ids = await fixture.addItems(120, { stage: 'OFFER' });
    await fixture.inside(async (tx) => {
      for (const itemId of ids) await moveItem(tx, fixture.acting(), { itemId, stageCode: 'NEW' });
    });
    await fixture.work();
    expect((await Promise.all(ids.map(comments))).every((texts) => texts.length === 1)).toBe(true);
  });
});

describe('5.10 errors', () => {
  test('a failed run can be run again; effects already there are not repeated', async () => {
    await fixture.saveBoard({
      rules: [comment('one', 'NEW'), rule('two', 'alerts/comment', 'NEW', { text: '{{ client.name }}' })],
    });
    const item = await fixture.create();
    await fixture.work();
    const contactId = await fixture.addContact({ name: 'Cleo' });
    await fixture.inside((tx) => changeItem(tx, fixture.acting(), { itemId: item, changes: { contact: contactId } }));
    const { id } = await fixture.run(item, 'two');
    await fixture.inside((tx) => retryRun(tx, fixture.acting(), id));
    await fixture.work();
    expect([await states(item), await comments(item)]).toEqual([{ one: 'done', two: 'done' }, ['one', 'Cleo']]);
    await expect(fixture.inside((tx) => retryRun(tx, fixture.acting(), id))).rejects.toThrow(/this one is done/);
  });

  test('run now does not wait for the moment; cancel lets the chain go on; stop ends what has not begun', async () => {
    const hour = { time: { after: '1 hour' } };
    await fixture.saveBoard({
      rules: [
        comment('now', 'NEW', hour),
        comment('cancelled', 'NEW', hour),
        comment('link', 'NEW', { order: 'after previous' }),
        comment('stopped', 'NEW', hour),
      ],
    });
    const item = await fixture.create();
    await fixture.work();
    const id = async (ruleId: string) => (await fixture.run(item, ruleId)).id;
    const [now, cancelled] = [await id('now'), await id('cancelled')];
    await fixture.inside((tx) => runNow(tx, fixture.acting(), now));
    await fixture.inside((tx) => cancelRun(tx, fixture.acting(), cancelled));
    await fixture.work();
    await fixture.inside((tx) => stopRuns(tx, fixture.acting(), item));
    expect(await states(item)).toEqual({ now: 'done', cancelled: 'cancelled', link: 'done', stopped: 'cancelled' });
    await expect(fixture.inside((tx) => runNow(tx, fixture.acting(), cancelled))).rejects.toThrow(/Only a waiting run/);
    await expect(fixture.inside((tx) => runNow(tx, fixture.acting(), 999_999))).rejects.toThrow(/was not found/);
  });
});

describe('5.11 acting persons', () => {
  test('rules act as their own person, by default the responsible', async () => {
    const eve = await fixture.addEmployee({ name: 'Eve', email: 'eve@firm.test' });
    await fixture.saveBoard({
      rules: [
        comment('mine', 'NEW'),
        rule('hers', 'alerts/comment', 'NEW', { text: 'hers', createdBy: 'eve@firm.test' }),
      ],
    });
    const item = await fixture.create();
    await fixture.work();
    expect((await timeline(item)).map(({ author_id }) => author_id)).toEqual([fixture.employeeId, eve]);
  });

  test('dismissed employees drop out: nobody left is a failure that says so', async () => {
    const gone = await fixture.addEmployee({ name: 'Gone', email: 'gone@firm.test' });
    await fixture.saveBoard({
      rules: [rule('tell', 'alerts/notify', 'NEW', { text: 'x', recipients: ['gone@firm.test'] })],
    });
    await fixture.inside((tx) =>
      tx.updateTable('employees').set({ dismissed_at: new Date() }).where('id', '=', gone).execute(),
    );
    const item = await fixture.create();
    await fixture.work();
    expect(await fixture.run(item, 'tell')).toMatchObject({ state: 'failed', error: 'there is no recipient' });
  });
});

describe('5.1 "also run for N items now on this stage"', () => {
  test('shows which, then runs the rule once for each', async () => {
    await fixture.saveBoard({ rules: [] });
    const pipeline = { type: 'deal', pipeline: String(fixture.pipelineId) };
    const item = await fixture.create();
    await fixture.saveBoard({ rules: [comment('added', 'NEW')] });
    const wish = { address: pipeline, ruleId: 'added' };
    const preview = await fixture.inside((tx) => runForItems(tx, fixture.acting(), { ...wish, dryRun: true }));
    expect(preview.map(({ id }) => id)).toContain(item);
    expect(await fixture.runs(item)).toEqual([]);
    for (const dryRun of [false, false])
      await fixture.inside((tx) => runForItems(tx, fixture.acting(), { ...wish, dryRun }));
    await fixture.work();
    expect(await comments(item)).toEqual(['added']);
  });
});

describe('7 loops', () => {
  test('7 a rule’s move carries the chain; one that would enter a stage twice fails with the chain shown', async () => {
    await fixture.saveBoard({ rules: [go('there', 'NEW', 'WARM'), go('back', 'WARM', 'NEW')] });
    const item = await fixture.create();
    for (let round = 0; round < 4; round += 1) await fixture.work();
    expect(await states(item)).toEqual({ there: 'done', back: 'failed' });
    expect(await fixture.run(item, 'back')).toMatchObject({
      error: 'loop: NEW → WARM → NEW',
      result: { chain: { entered: [expect.anything()] } },
    });
  });

  test('7 a run that waited an hour begins a new chain', async () => {
    await fixture.saveBoard({
      rules: [go('there', 'NEW', 'WARM'), go('back', 'WARM', 'NEW', { time: { after: '1 hour' } })],
    });
    const item = await fixture.create();
    await fixture.work();
    fixture.clock.advance(3_600_000);
    await fixture.work();
    expect((await fixture.run(item, 'back')).state).toBe('done');
  });

  test('7 a person’s run now begins a new chain', async () => {
    await fixture.saveBoard({ rules: [go('there', 'NEW', 'WARM'), go('back', 'WARM', 'NEW')] });
    const item = await fixture.create();
    await fixture.work();
    await fixture.work();
    const { id } = await fixture.run(item, 'back');
    await fixture.inside((tx) => retryRun(tx, fixture.acting(), id));
    await fixture.work();
    expect(await fixture.run(item, 'back')).toMatchObject({ state: 'done', askedBy: fixture.employeeId });
  });

  test('7 a rule’s change records a signal with the chain and the run that caused it', async () => {
    await fixture.saveBoard({
      rules: [
        go('there', 'NEW', 'WARM'),
        rule('change', 'items/modify', 'WARM', { changes: [{ field: 'title', value: 'Warm {{ item.title }}' }] }),
      ],
    });
    const item = await fixture.create({ title: 'Deal' });
    await fixture.work();
    await fixture.work();
    const run = await fixture.run(item, 'change');
    const signal = await fixture.inside((tx) =>
      tx.selectFrom('signals').selectAll().where('cause_run_id', '=', run.id).executeTakeFirstOrThrow(),
    );
    expect(signal).toMatchObject({
      kind: 'item.changed',
      item_ids: [item],
      payload: { changes: [{ field: 'title', from: 'Deal', to: 'Warm Deal' }] },
    });
    expect(signal.chain).toMatchObject({ entered: [{ item, stage: fixture.stages.WARM }] });
  });
});

describe('7 loops through triggers', () => {
  test('7 a change by a rule moves through a trigger with the chain; the second time the verdict is `loop`', async () => {
    const change = (id: string, stage: string) =>
      rule(id, 'items/modify', stage, { changes: [{ field: 'title', value: `${id} {{ item.title }}` }] });
    const changed = (id: string, stage: string) => ({
      id,
      on: 'crm/field-changed',
      stage,
      allowBack: true,
      settings: { fields: ['title'] },
    });
    await fixture.saveBoard({
      triggers: [
        { ...changed('to-offer', 'OFFER'), when: { field: 'stage', is: 'equals', value: 'WARM' } },
        { ...changed('to-warm', 'WARM'), when: { field: 'stage', is: 'equals', value: 'OFFER' } },
      ],
      rules: [change('in-warm', 'WARM'), change('in-offer', 'OFFER')],
    });
    const item = await fixture.create();
    await fixture.move(item, 'WARM');
    for (let round = 0; round < 5; round += 1) {
      await fixture.work();
      await drainWorkspace(fixture.context, fixture.workspaceId, { bindSignals: async () => {} });
    }
    expect(await states(item)).toEqual({ 'in-warm': 'done', 'in-offer': 'done' });
    expect(await fixture.inside((tx) => keptVerdicts(tx, item))).toMatchObject([
      [
        ['to-offer', 'moves'],
        ['to-warm', 'outrun'],
      ],
      [
        ['to-offer', 'already-here'],
        ['to-warm', 'loop', { chain: { entered: [expect.anything(), expect.anything()] } }],
      ],
    ]);
  });
});

describe('8.2 versions of the board', () => {
  test('a run keeps the version of its visit’s beginning', async () => {
    await fixture.saveBoard({
      rules: [rule('say', 'alerts/comment', 'NEW', { text: 'old' }, { time: { after: '1 hour' } })],
    });
    const before = await fixture.create();
    await fixture.saveBoard({
      rules: [rule('say', 'alerts/comment', 'NEW', { text: 'new' }, { time: { after: '1 hour' } })],
    });
    const after = await fixture.create();
    fixture.clock.advance(3_600_000);
    await fixture.work();
    expect([await comments(before), await comments(after)]).toEqual([['old'], ['new']]);
  });
});

describe('5.3 hints', () => {
  test('what is due at once has a job now; every later moment has one, to the second', async () => {
    await takeJobs(fixture.owner);
    await fixture.saveBoard({
      rules: [
        comment('now', 'NEW'),
        comment('soon', 'NEW', { time: { after: '90 seconds' } }),
        comment('never', 'NEW', { time: { at: { field: 'dueDate' } } }),
      ],
    });
    fixture.clock.set('2030-01-01T10:00:00.250Z');
    await fixture.create();
    const { rows } = await fixture.owner.query<{ run_at: Date }>(
      'select run_at from graphile_worker._private_jobs order by run_at',
    );
    expect(rows).toHaveLength(2);
    expect(rows[1]?.run_at).toEqual(new Date('2030-01-01T10:01:31Z'));
    await takeJobs(fixture.owner);
  });
});

describe('5.3 lost hints', () => {
  test('the run row is the truth: what is due runs although its job is gone', async () => {
    await fixture.saveBoard({ rules: [comment('one', 'NEW')] });
    const item = await fixture.create();
    await takeJobs(fixture.owner);
    await runDueVisits(fixture.runner);
    expect(await comments(item)).toEqual([]);
    fixture.clock.advance(2_000);
    await runDueVisits(fixture.runner);
    expect(await comments(item)).toEqual(['one']);
  });

  test('runs of a deleted item are cancelled', async () => {
    await fixture.saveBoard({ rules: [comment('one', 'NEW')] });
    const item = await fixture.create();
    await inWorkspace(fixture.databases.app, fixture.workspaceId, (tx) =>
      tx.deleteFrom('items').where('id', '=', item).execute(),
    );
    await fixture.work();
    expect(await states(item)).toEqual({ one: 'cancelled' });
  });
});
