import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeItem } from '../moves/change-item.ts';
import { runVisits } from './run-visits.ts';
import { makeRunFixture, type RunFixture } from './testing-runs.ts';

let fixture: RunFixture;
beforeAll(async () => {
  fixture = await makeRunFixture();
});
afterAll(() => fixture.close());

const comment = (id: string, stage: string, more: object = {}) => ({
  id,
  do: 'alerts/comment',
  stage,
  settings: { text: id },
  ...more,
});

async function comments(itemId: number): Promise<string[]> {
  const rows = await fixture.inside((tx) =>
    tx
      .selectFrom('timeline')
      .select('text')
      .where('item_id', '=', itemId)
      .where('kind', '=', 'comment')
      .orderBy('id')
      .execute(),
  );
  return rows.map(({ text }) => text);
}
async function states(itemId: number): Promise<Record<string, string>> {
  return Object.fromEntries((await fixture.runs(itemId)).map((run) => [run.ruleId, run.state]));
}

describe('5.1 rules run on every entry', () => {
  test('of an item created there and of one moved there, in the order of the stage', async () => {
    await fixture.saveBoard({ rules: [comment('one', 'NEW'), comment('two', 'NEW'), comment('warm', 'WARM')] });
    const item = await fixture.create();
    await fixture.work();
    expect(await comments(item)).toEqual(['one', 'two']);
    await fixture.move(item, 'WARM');
    await fixture.work();
    expect(await comments(item)).toEqual(['one', 'two', 'warm']);
  });

  test('items already on a stage are not touched when a rule is added', async () => {
    await fixture.saveBoard({ rules: [] });
    const item = await fixture.create();
    await fixture.saveBoard({ rules: [comment('late', 'NEW')] });
    await fixture.work();
    expect(await fixture.runs(item)).toEqual([]);
  });

  test('an import may choose not to run rules', async () => {
    await fixture.saveBoard({ rules: [comment('one', 'NEW')] });
    const item = await fixture.create({ runRules: false });
    expect(await fixture.runs(item)).toEqual([]);
  });

  test('runs due at entry are never cancelled by leaving, later ones are, kept ones are not', async () => {
    await fixture.saveBoard({
      rules: [
        comment('now', 'NEW'),
        comment('link', 'NEW', { order: 'after previous' }),
        comment('zero', 'NEW', { time: { after: '0 minutes' } }),
        comment('later', 'NEW', { time: { after: '10 minutes' } }),
        comment('kept', 'NEW', { time: { after: '10 minutes' }, onLeave: 'keep' }),
      ],
    });
    const item = await fixture.create();
    await fixture.move(item, 'WARM');
    await fixture.work();
    expect(await comments(item)).toEqual(['now', 'link', 'zero']);
    expect(await states(item)).toEqual({
      now: 'done',
      link: 'done',
      zero: 'done',
      later: 'cancelled',
      kept: 'waiting',
    });
    fixture.clock.advance(600_000);
    await runVisits(fixture.runner, {
      workspaceId: fixture.workspaceId,
      visitIds: [(await fixture.run(item, 'kept')).visitId],
    });
    expect(await states(item)).toMatchObject({ later: 'cancelled', kept: 'done' });
  });

  test('what is due at entry runs although its date was moved to later first: what runs does not depend on load', async () => {
    await fixture.saveBoard({ rules: [comment('past', 'NEW', { time: { before: '2 days', field: 'dueDate' } })] });
    const item = await fixture.create({ fields: { dueDate: '2026-01-01' } });
    await fixture.inside((tx) =>
      changeItem(tx, fixture.acting(), { itemId: item, changes: { dueDate: '2036-02-01' } }),
    );
    await fixture.move(item, 'WARM');
    await fixture.work();
    expect(await states(item)).toEqual({ past: 'done' });
  });

  test('change-stage also cancels the unstarted cancel-runs below it, not those above', async () => {
    await fixture.saveBoard({
      rules: [
        comment('above', 'NEW'),
        { id: 'go', do: 'items/change-stage', stage: 'NEW', settings: { stage: 'WARM' } },
        comment('below', 'NEW'),
        comment('kept', 'NEW', { onLeave: 'keep' }),
        comment('there', 'WARM'),
      ],
    });
    const item = await fixture.create();
    await fixture.work();
    await fixture.work();
    expect(await states(item)).toEqual({ above: 'done', go: 'done', below: 'cancelled', kept: 'done', there: 'done' });
    expect(await comments(item)).toEqual(['above', 'kept', 'there']);
  });
});

describe('5.2 chains', () => {
  test('after previous waits for the rule above and its own delay; in parallel does not', async () => {
    await fixture.saveBoard({
      rules: [
        comment('first', 'NEW', { time: { after: '10 minutes' } }),
        comment('second', 'NEW', { order: 'after previous', time: { after: '5 minutes' } }),
        comment('other', 'NEW'),
      ],
    });
    const item = await fixture.create();
    await fixture.work();
    expect(await comments(item)).toEqual(['other']);
    expect(await fixture.run(item, 'second')).toMatchObject({ state: 'waiting', dueAt: null, waitingFor: null });
    fixture.clock.advance(600_000);
    const { visitId } = await fixture.run(item, 'first');
    const job = { workspaceId: fixture.workspaceId, visitIds: [visitId] };
    await runVisits(fixture.runner, job);
    expect(await fixture.run(item, 'second')).toMatchObject({
      state: 'waiting',
      waitingFor: 'time',
      dueAt: new Date(fixture.clock.now().getTime() + 300_000),
    });
    fixture.clock.advance(300_000);
    await runVisits(fixture.runner, job);
    expect(await comments(item)).toEqual(['other', 'first', 'second']);
  });

  test('a failed or skipped rule does not stop its chain', async () => {
    await fixture.saveBoard({
      rules: [
        comment('fails', 'NEW', { settings: { text: '{{ client.name }}' } }),
        comment('skips', 'NEW', {
          order: 'after previous',
          when: { field: 'amount', is: 'greater', value: 1_000_000 },
        }),
        comment('goes', 'NEW', { order: 'after previous' }),
      ],
    });
    const item = await fixture.create();
    await fixture.work();
    expect(await states(item)).toEqual({ fails: 'failed', skips: 'skipped', goes: 'done' });
    expect((await fixture.run(item, 'fails')).error).toMatch(/empty/);
    expect((await fixture.run(item, 'skips')).result).toMatchObject({ because: { part: { field: 'amount' } } });
  });

  test('a cancelled rule does not stop its chain either: what is kept goes on', async () => {
    await fixture.saveBoard({
      rules: [
        comment('cancelled', 'NEW', { time: { after: '10 minutes' } }),
        comment('kept', 'NEW', { order: 'after previous', onLeave: 'keep' }),
      ],
    });
    const item = await fixture.create();
    await fixture.work();
    await fixture.move(item, 'OFFER');
    await fixture.work();
    expect(await states(item)).toEqual({ cancelled: 'cancelled', kept: 'done' });
  });
});

describe('5.3 time', () => {
  test('an empty date waits, is now or is skipped as set, and is planned once it is filled', async () => {
    const at = { field: 'dueDate' };
    await fixture.saveBoard({
      rules: [
        comment('wait', 'NEW', { time: { at } }),
        comment('now', 'NEW', { time: { at, empty: 'now' } }),
        comment('skip', 'NEW', { time: { at, empty: 'skip' } }),
      ],
    });
    const item = await fixture.create();
    await fixture.work();
    expect(await states(item)).toEqual({ wait: 'waiting', now: 'done', skip: 'skipped' });
    expect(await fixture.run(item, 'wait')).toMatchObject({ dueAt: null, waitingFor: 'time' });
    await fixture.inside((tx) =>
      changeItem(tx, fixture.acting(), { itemId: item, changes: { dueDate: '2026-02-01' } }),
    );
    expect(await fixture.run(item, 'wait')).toMatchObject({
      dueAt: new Date('2026-02-01T00:00:00Z'),
      waitingFor: 'time',
    });
    await fixture.inside((tx) => changeItem(tx, fixture.acting(), { itemId: item, changes: { dueDate: null } }));
    expect(await fixture.run(item, 'wait')).toMatchObject({ dueAt: null, waitingFor: 'time' });
  });

  test('a moment that is already past means now, and a run of that moment belongs to the entry', async () => {
    await fixture.saveBoard({ rules: [comment('past', 'NEW', { time: { before: '2 days', field: 'dueDate' } })] });
    const item = await fixture.create({ fields: { dueDate: '2026-01-01' } });
    expect(await fixture.run(item, 'past')).toMatchObject({ entry: true });
    await fixture.work();
    expect(await states(item)).toEqual({ past: 'done' });
  });

  test('a run whose moment is later when its job starts goes back to waiting', async () => {
    await fixture.saveBoard({ rules: [comment('due', 'NEW', { time: { at: { field: 'dueDate', time: '09:00' } } })] });
    const item = await fixture.create({ fields: { dueDate: '2026-03-01' } });
    const { visitId } = await fixture.run(item, 'due');
    // Behind the engine's back: as if the hint had come before the change was seen.
    await fixture.inside((tx) =>
      tx
        .updateTable('items')
        .set({ fields: JSON.stringify({ dueDate: '2026-03-05' }) })
        .where('id', '=', item)
        .execute(),
    );
    fixture.clock.set('2026-03-01T09:00:00Z');
    await runVisits(fixture.runner, { workspaceId: fixture.workspaceId, visitIds: [visitId] });
    expect(await fixture.run(item, 'due')).toMatchObject({ state: 'waiting', dueAt: new Date('2026-03-05T09:00:00Z') });
    fixture.clock.set('2026-03-05T09:00:00Z');
    await runVisits(fixture.runner, { workspaceId: fixture.workspaceId, visitIds: [visitId] });
    expect(await states(item)).toEqual({ due: 'done' });
  });

  test('a hint that comes early or twice does nothing', async () => {
    await fixture.saveBoard({ rules: [comment('later', 'NEW', { time: { after: '1 hour' } })] });
    const item = await fixture.create();
    await fixture.work();
    expect(await states(item)).toEqual({ later: 'waiting' });
    fixture.clock.advance(3_600_000);
    const job = { workspaceId: fixture.workspaceId, visitIds: [(await fixture.run(item, 'later')).visitId] };
    await Promise.all([runVisits(fixture.runner, job), runVisits(fixture.runner, job)]);
    expect(await comments(item)).toEqual(['later']);
  });
});

describe('5.5 first the time, then the condition', () => {
  test('judged on the item as it is when the time has come', async () => {
    await fixture.saveBoard({
      rules: [
        comment('rich', 'NEW', { time: { after: '1 hour' }, when: { field: 'amount', is: 'at least', value: 5000 } }),
      ],
    });
    const [poor, rich] = [await fixture.create({ amount: 9000 }), await fixture.create({ amount: 10 })];
    await fixture.inside((tx) => changeItem(tx, fixture.acting(), { itemId: poor, changes: { amount: 10 } }));
    await fixture.inside((tx) => changeItem(tx, fixture.acting(), { itemId: rich, changes: { amount: 9000 } }));
    fixture.clock.advance(3_600_000);
    await fixture.work();
    expect([await states(poor), await states(rich)]).toEqual([{ rich: 'skipped' }, { rich: 'done' }]);
  });
});
