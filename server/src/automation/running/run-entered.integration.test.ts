import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inWorkspace } from '../../platform/db.ts';
import { recordSignals } from '../../signals/record-signals.ts';
import { type DrainParts, drainWorkspace } from '../drain/drain.ts';
import { runEntered } from './run-entered.ts';
import { makeRunFixture, type RunFixture, takeJobs } from './testing-runs.ts';

let fixture: RunFixture;
let parts: DrainParts;
beforeAll(async () => {
  fixture = await makeRunFixture();
  parts = { bindSignals: async () => {}, runEntered: (tx, entered) => runEntered(fixture.runner, tx, entered) };
});
afterAll(() => fixture.close());
beforeEach(() => takeJobs(fixture.owner));

const triggers = [{ id: 'warm', on: 'apps/webhook', stage: 'WARM', settings: { code: 'go' } }];
const say = (id: string, more: object = {}) => ({
  id,
  do: 'alerts/comment',
  stage: 'WARM',
  settings: { text: `${id}: {{ item.stage }}, {{ signal.code }}` },
  ...more,
});
let count = 0;
const call = (item: number) => {
  count += 1;
  const signal = { kind: 'webhook.called', sourceKey: `call ${count}`, occurredAt: fixture.clock.now(), items: [item] };
  return fixture.inside((tx) => recordSignals(tx, [{ ...signal, payload: { code: 'go' } }]));
};
const drain = (more: Partial<DrainParts> = {}) =>
  drainWorkspace(fixture.context, fixture.workspaceId, { ...parts, ...more });
const comments = async (item: number) =>
  (
    await fixture.inside((tx) =>
      sql<{ text: string }>`select text from timeline where item_id = ${item} and kind = 'comment' order by id`.execute(
        tx,
      ),
    )
  ).rows.map(({ text }) => text);

describe('5.1 what is due at entry is carried out with the decision', () => {
  test('its effects are there when the drain is done, and no job is', async () => {
    await fixture.saveBoard({ triggers, rules: [say('one'), say('two', { order: 'after previous' })] });
    const item = await fixture.addItem();
    await call(item);
    await drain();
    expect(await comments(item)).toEqual(['one: WARM, go', 'two: WARM, go']);
    expect(await fixture.runs(item)).toMatchObject([
      { ruleId: 'one', state: 'done', entry: true, attempts: 1 },
      { ruleId: 'two', state: 'done', entry: true, attempts: 1 },
    ]);
    expect(await takeJobs(fixture.owner)).toEqual([]);
  });

  test('what is due later has its job, and waits', async () => {
    await fixture.saveBoard({ triggers, rules: [say('now'), say('later', { time: { after: '1 minute' } })] });
    const item = await fixture.addItem();
    await call(item);
    await drain();
    expect(await comments(item)).toEqual(['now: WARM, go']);
    expect(await fixture.run(item, 'later')).toMatchObject({ state: 'waiting', dueAt: expect.any(Date) });
    expect(await takeJobs(fixture.owner)).toHaveLength(1);
  });

  test('a rule that moves the item on does so in the same transaction; what that begins is a job', async () => {
    await fixture.saveBoard({
      triggers,
      rules: [
        { id: 'on', do: 'items/change-stage', stage: 'WARM', settings: { stage: 'WON' } },
        { ...say('won'), stage: 'WON' },
      ],
    });
    const item = await fixture.addItem();
    await call(item);
    await drain();
    expect(await fixture.run(item, 'on')).toMatchObject({ state: 'done' });
    expect(await comments(item)).toEqual([]);
    await fixture.work();
    expect(await comments(item)).toEqual(['won: WON, ']);
  });

  test('without somebody to carry it out it is left to a job', async () => {
    await fixture.saveBoard({ triggers, rules: [say('one')] });
    const item = await fixture.addItem();
    await call(item);
    await drain({ runEntered: undefined });
    expect(await comments(item)).toEqual([]);
    await fixture.work();
    expect(await comments(item)).toEqual(['one: WARM, go']);
  });

  test('5.7 nothing of it is there when the decision is rolled back, and once when it is tried again', async () => {
    await fixture.saveBoard({ triggers, rules: [say('one')] });
    const item = await fixture.addItem();
    await call(item);
    let tries = 0;
    await drain({
      async runEntered(tx, entered) {
        tries += 1;
        await parts.runEntered?.(tx, entered);
        if (tries === 1) throw Object.assign(new Error('crash'), { code: '57P01' });
      },
    });
    // The second try left it to a job.
    expect([tries, await comments(item)]).toEqual([1, []]);
    await fixture.work();
    expect(await comments(item)).toEqual(['one: WARM, go']);
    expect(await fixture.run(item, 'one')).toMatchObject({ state: 'done', attempts: 1 });
  });

  test('5.10 a rule that surprises does not keep the signal from being decided', async () => {
    await fixture.saveBoard({
      triggers,
      rules: [
        say('one'),
        { id: 'bad', do: 'items/modify', stage: 'WARM', settings: { changes: [{ field: 'amount', value: 'a lot' }] } },
      ],
    });
    const item = await fixture.addItem();
    await call(item);
    expect(await drain()).toBe(1);
    await fixture.work();
    expect(await comments(item)).toEqual(['one: WARM, go']);
    expect(await fixture.run(item, 'bad')).toMatchObject({ state: 'failed', error: expect.stringContaining('amount') });
  });

  test('an item that moves twice in a batch leaves its rules to jobs, which see it as it is then', async () => {
    await fixture.saveBoard({
      triggers: [...triggers, { id: 'won', on: 'apps/webhook', stage: 'WON', settings: { code: 'go' } }],
      rules: [say('one')],
    });
    const item = await fixture.addItem();
    await call(item);
    await call(item);
    await drain();
    expect(await comments(item)).toEqual([]);
    await fixture.work();
    expect(await comments(item)).toEqual(['one: WON, go']);
  });
});

test('4 a deadlock of a rule runs the whole again', async () => {
  await fixture.saveBoard({ triggers, rules: [say('one')] });
  const item = await fixture.addItem();
  await call(item);
  let tries = 0;
  await drain({
    async runEntered(tx, entered) {
      tries += 1;
      if (tries === 1) await sql`do $$ begin raise exception 'deadlock' using errcode = '40P01'; end $$`.execute(tx);
      await parts.runEntered?.(tx, entered);
    },
  });
  expect([tries, await comments(item)]).toEqual([2, ['one: WARM, go']]);
  expect(await inWorkspace(fixture.databases.app, fixture.workspaceId, async () => true)).toBe(true);
});
