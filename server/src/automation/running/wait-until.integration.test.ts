import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { undoes } from '../../ports/undoing/undoes.ts';
import { cancelRun, runNow } from '../log/run-commands.ts';
import { changeItem, type ItemChange } from '../moves/change-item.ts';
import { createItem } from '../moves/create-item.ts';
import { deleteItem } from '../moves/delete-item.ts';
import { moveItem } from '../moves/move-item.ts';
import { undoRun } from '../undo/undo-runs.ts';
import { makeRunFixture, type RunFixture, takeJobs } from './testing-runs.ts';
import { runDueVisits } from './watch-runs.ts';

let fixture: RunFixture;
beforeAll(async () => {
  fixture = await makeRunFixture();
});
afterAll(() => fixture.close());
beforeEach(() => fixture.clock.set('2026-01-12T10:00:00Z'));

const HOUR_MS = 3_600_000;
const rule = (id: string, key: string, settings: object, more: object = {}) => ({
  ...{ id, do: key, stage: 'NEW', settings, ...more },
});
const enough = { field: 'amount', is: 'at least', value: 5_000 };
const until = (settings: object = {}, more: object = {}) =>
  rule('wait', 'flow/wait', { until: 'condition', condition: enough, deadline: '2 hours', ...settings }, more);
const text = '{{ rules.wait.outcome }} {{ rules.wait.endedAt }}';
const after = rule('after', 'alerts/comment', { text }, { order: 'after previous', onLeave: 'keep' });
const money = (amount: string) => ({ amount: { amount, currency: 'PLN' } });
const change = (itemId: number, changes: ItemChange['changes']) =>
  fixture.inside((tx) => changeItem(tx, fixture.acting(), { itemId, changes }));
const comments = async (itemId: number) =>
  (
    await fixture.inside((tx) =>
      tx.selectFrom('timeline').select('text').where('item_id', '=', itemId).where('kind', '=', 'comment').execute(),
    )
  ).map((row) => row.text);
/** As the poll does when every hint was lost. */
const wake = () => runDueVisits(fixture.runner, 0);
const stateOf = async (itemId: number, id = 'wait') => (await fixture.run(itemId, id)).state;

async function waiting(rules: readonly object[] = [until(), after]): Promise<number> {
  await fixture.saveBoard({ rules });
  const item = await fixture.create({ fields: money('10') });
  await fixture.work();
  expect(await fixture.run(item, 'wait')).toMatchObject({
    ...{ state: 'waiting', waitingFor: 'condition', dueAt: new Date('2026-01-12T12:00:00Z'), entry: false },
    result: { since: '2026-01-12T10:00:00.000Z', until: '2026-01-12T12:00:00.000Z', because: { part: enough } },
  });
  expect(await comments(item)).toEqual([]);
  return item;
}

describe('5.9 a rule that waits until a condition is true', () => {
  it('goes on when the item has changed so, once; the rules behind it know how it ended', async () => {
    const item = await waiting();
    fixture.clock.advance(HOUR_MS);
    await change(item, money('100'));
    await fixture.work();
    expect(await fixture.run(item, 'wait')).toMatchObject({
      ...{
        state: 'waiting',
        dueAt: new Date('2026-01-12T12:00:00Z'),
        result: { because: { got: { amount: '100.00' } } },
      },
    });
    await change(item, money('5000'));
    await fixture.work();
    expect(await comments(item)).toEqual(['condition 2026-01-12T11:00:00.000Z']);
    await change(item, money('10'));
    await change(item, money('6000'));
    await fixture.work();
    await wake();
    expect(await comments(item)).toHaveLength(1);
  });

  it('that was true and is not any more when its turn comes: it has happened', async () => {
    const item = await waiting();
    await change(item, money('5000'));
    await change(item, money('10'));
    await fixture.work();
    expect(await comments(item)).toEqual(['condition 2026-01-12T10:00:00.000Z']);
  });

  it('over a restart: no job is needed, what is due is found by the row', async () => {
    const item = await waiting();
    await change(item, money('5000'));
    await takeJobs(fixture.owner);
    await wake();
    await wake();
    expect(await comments(item)).toHaveLength(1);
  });

  it('is not woken by a change that is rolled back', async () => {
    const item = await waiting();
    const broken = fixture.inside(async (tx) => {
      await changeItem(tx, fixture.acting(), { itemId: item, changes: money('5000') });
      throw new Error('the power is gone');
    });
    await expect(broken).rejects.toThrow('power');
    await wake();
    expect([await stateOf(item), await comments(item)]).toEqual(['waiting', []]);
  });

  it('two changes at once are one end', async () => {
    const item = await waiting();
    await Promise.all([change(item, money('5000')), change(item, money('7000'))]);
    await Promise.all([fixture.work(), wake(), wake()]);
    await fixture.work();
    expect(await comments(item)).toHaveLength(1);
  });

  it('true in the transaction in which the item enters: nothing is waited for', async () => {
    await fixture.saveBoard({ rules: [until({}, { stage: 'WARM' }), { ...after, stage: 'WARM' }] });
    const item = await fixture.create({ fields: money('10') });
    await fixture.inside(async (tx) => {
      await moveItem(tx, fixture.acting(), { itemId: item, stageCode: 'WARM' });
      await changeItem(tx, fixture.acting(), { itemId: item, changes: money('5000') });
    });
    await fixture.work();
    expect(await comments(item)).toEqual(['condition 2026-01-12T10:00:00.000Z']);
    expect(await fixture.run(item, 'wait')).toMatchObject({ state: 'done', attempts: 1 });
  });

  it.each([
    ['goOn', ['deadline 2026-01-12T12:00:00.000Z'], 'done'],
    ['stop', [], 'cancelled'],
  ])('at its deadline: %s', async (atDeadline, said, state) => {
    const beside = rule('beside', 'alerts/comment', { text: 'beside' }, { time: { after: '3 hours' } });
    const behind = { ...after, id: 'behind', onLeave: 'cancel' };
    const item = await waiting([until({ atDeadline }), after, behind, beside]);
    fixture.clock.advance(2 * HOUR_MS - 1);
    await wake();
    expect(await stateOf(item)).toBe('waiting');
    fixture.clock.advance(1);
    await wake();
    expect(await comments(item)).toEqual([...said, ...said]);
    expect([await stateOf(item), await stateOf(item, 'after'), await stateOf(item, 'behind')]).toEqual([
      ...['done', state, state],
    ]);
    expect(await fixture.run(item, 'wait')).toMatchObject({ result: { outcome: 'deadline' } });
    if (atDeadline === 'stop')
      expect((await fixture.run(item, 'after')).reason).toMatchObject({ code: 'waited-in-vain' });
    expect(await stateOf(item, 'beside')).toBe('waiting');
  });

  it('over the deadline while nobody was there: what changed after it does not count', async () => {
    const item = await waiting();
    fixture.clock.advance(3 * HOUR_MS);
    await change(item, money('5000'));
    await wake();
    expect(await comments(item)).toEqual(['deadline 2026-01-12T12:00:00.000Z']);
  });

  it.each([
    ['cancel', 'cancelled', []],
    ['keep', 'done', ['condition 2026-01-12T10:00:00.000Z']],
  ])('leaving the stage, policy %s: it is %s', async (onLeave, state, said) => {
    const item = await waiting([until({}, { onLeave }), { ...after, onLeave }]);
    await fixture.move(item, 'WARM');
    expect(await stateOf(item)).toBe(onLeave === 'cancel' ? 'cancelled' : 'waiting');
    await change(item, money('5000'));
    await fixture.work();
    expect([await stateOf(item), await comments(item)]).toEqual([state, said]);
  });

  it('left after it was met, and before its turn: the end was first', async () => {
    const item = await waiting();
    await change(item, money('5000'));
    await fixture.move(item, 'WARM');
    await fixture.work();
    expect(await comments(item)).toEqual(['condition 2026-01-12T10:00:00.000Z']);
  });

  it('kept, it may wait for the stage on which the item comes to stand', async () => {
    const condition = { field: 'stage', is: 'equals', value: 'WON' };
    await fixture.saveBoard({ rules: [until({ condition }, { onLeave: 'keep' }), after] });
    const item = await fixture.create();
    await fixture.work();
    await fixture.move(item, 'WARM');
    expect(await stateOf(item)).toBe('waiting');
    await fixture.move(item, 'WON');
    await fixture.work();
    expect(await comments(item)).toHaveLength(1);
  });

  it('of a deleted item goes with it', async () => {
    const item = await waiting();
    await fixture.inside((tx) => deleteItem(tx, fixture.acting(), item));
    fixture.clock.advance(3 * HOUR_MS);
    await wake();
    expect((await fixture.runs(item)).filter(({ state }) => state === 'waiting')).toEqual([]);
  });

  it('keeps to the board of its visit when that is changed, and when the rule is gone', async () => {
    const [changed, gone] = [await waiting(), await waiting()];
    await fixture.saveBoard({ rules: [until({ condition: { ...enough, value: 1_000_000 } }), after] });
    await change(changed, money('5000'));
    await fixture.saveBoard({ rules: [after] });
    await change(gone, money('5000'));
    await fixture.work();
    expect([await comments(changed), await comments(gone)].flat()).toHaveLength(2);
  });

  it('a person lets it go on, cancels it, or takes it back', async () => {
    const items = [await waiting(), await waiting(), await waiting()] as const;
    const [asked, cancelled, undone] = await Promise.all(items.map((item) => fixture.run(item, 'wait')));
    await fixture.inside((tx) => runNow(tx, fixture.acting(), asked?.id ?? 0));
    await fixture.inside((tx) => cancelRun(tx, fixture.acting(), cancelled?.id ?? 0));
    const wish = { id: undone?.id ?? 0, undoes, overwrite: [], dryRun: false };
    await fixture.inside((tx) => undoRun(tx, fixture.acting(), wish));
    await fixture.work();
    for (const item of items) await change(item, money('5000'));
    await fixture.work();
    expect(await Promise.all(items.map((item) => fixture.run(item, 'wait')))).toMatchObject([
      { state: 'done', result: { outcome: 'asked' } },
      { state: 'cancelled', reason: { code: 'cancelled-by-hand' } },
      { state: 'cancelled', reason: { code: 'taken-back' } },
    ]);
    await expect(fixture.inside((tx) => undoRun(tx, fixture.acting(), wish))).rejects.toThrow(/Nothing/);
  });

  it('a thousand that wait are each carried out once, whoever looks', async () => {
    await fixture.saveBoard({ rules: [until(), after] });
    const items = await fixture.inside(async (tx) => {
      const made: number[] = [];
      for (let index = 0; index < 1_000; index += 1)
        made.push(
          (await createItem(tx, fixture.acting(), { type: 'deal', title: `${index}`, fields: money('10') })).id,
        );
      return made;
    });
    await fixture.work();
    fixture.clock.advance(2 * HOUR_MS);
    await Promise.all([fixture.work(), wake(), wake()]);
    await wake();
    await wake();
    const said = await fixture.inside((tx) =>
      sql<{ itemId: number; count: number }>`
        select item_id as "itemId", count(*)::int as count from timeline where kind = 'comment' and item_id = any(${items}) group by 1`.execute(
        tx,
      ),
    );
    expect([said.rows.length, said.rows.filter(({ count }) => count !== 1)]).toEqual([1_000, []]);
  });
});

describe('5.9 a rule that waits until a moment', () => {
  const moment = (time: object) => rule('wait', 'flow/wait', {}, { time });
  it.each([
    ['a while', { after: '1 hour' }, 'moment 2026-01-12T11:00:00.000Z'],
    ['a day of the calendar', { at: { date: '2026-01-12', time: '12:00' } }, 'moment 2026-01-12T11:00:00.000Z'],
    ['a date of the item', { before: '1 hour', field: 'dueDate' }, 'moment 2026-01-12T11:00:00.000Z'],
  ])('%s', async (_what, time, said) => {
    await fixture.inside((tx) => tx.updateTable('workspaces').set({ time_zone: 'Europe/Warsaw' }).execute());
    await fixture.saveBoard({ rules: [moment(time), after] });
    const item = await fixture.create({ fields: { dueDate: '2026-01-14' } });
    await fixture.work();
    expect(await fixture.run(item, 'wait')).toMatchObject({ state: 'waiting', waitingFor: 'time' });
    if ('before' in time) fixture.clock.set('2026-01-13T22:00:00Z');
    else fixture.clock.advance(HOUR_MS);
    await wake();
    expect(await comments(item)).toEqual(['before' in time ? 'moment 2026-01-13T22:00:00.000Z' : said]);
  });

  it('that has passed already goes on at once, and says so', async () => {
    await fixture.saveBoard({ rules: [moment({ at: { date: '2026-01-01' } }), after] });
    const item = await fixture.create();
    await fixture.work();
    expect(await comments(item)).toEqual(['past 2026-01-12T10:00:00.000Z']);
  });
});
