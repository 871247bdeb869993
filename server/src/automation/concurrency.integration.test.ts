import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createRecorder } from '../signals/recorder.ts';
import { changeItem } from './change-item.ts';
import { moveItem } from './move-item.ts';
import { comment, engineBench, onHook } from './testing-drain.ts';

const { here, context, rows, acting, hook, drain } = engineBench();
const stages = ['NEW', 'OFFER', 'WARM'];

test('4 people, webhooks and two drains on the same items never deadlock for good', { timeout: 60_000 }, async () => {
  await here().saveBoard({
    triggers: stages.map((stage) => onHook(stage, `to-${stage}`, { allowBack: true })),
    rules: stages.map((stage) => comment(stage, `late-${stage}`, { time: { after: '1 day' } })),
  });
  const items = await here().addItems(12);
  const recorder = createRecorder(context());
  const until = Date.now() + 4_000;
  const done = { saves: 0, moves: 0, hooks: 0 };
  const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] ?? list[0] ?? never();

  const repeat = async (work: () => Promise<unknown>) => {
    while (Date.now() < until) await work();
  };
  // A person who saves two items in one go, in any order: the worst that can be asked of the locks.
  const saveTwo = () =>
    here().inside(async (tx) => {
      for (const itemId of [any(items), any(items)])
        await changeItem(tx, acting(), { itemId, changes: { amount: Math.random() * 1_000 } });
      done.saves += 1;
    });
  const moveOne = async () => {
    await here().inside((tx) => moveItem(tx, acting(), { itemId: any(items), stageCode: any(stages) }));
    done.moves += 1;
  };
  const post = async () => {
    await recorder.record(here().workspaceId, [
      hook(any(items), `to-${any(stages)}`),
      hook(any(items), `to-${any(stages)}`),
    ]);
    done.hooks += 2;
  };
  const drainOften = async () => {
    await drain();
    await sleep(2);
  };
  await Promise.all([saveTwo, saveTwo, moveOne, moveOne, post, post, drainOften, drainOften].map(repeat));
  await drain();

  for (const count of Object.values(done)) expect(count).toBeGreaterThan(0);
  expect(await rows(sql`select signal_id from signal_queue`)).toEqual([]);
  // Each item stands where its last visit says, and its visits join end to start.
  expect(
    await rows(sql`select i.id from items i where i.visit_id <> (select max(id) from visits v where v.item_id = i.id)
    or i.stage_id <> (select stage_id from visits v where v.id = i.visit_id)`),
  ).toEqual([]);
  expect(
    await rows(sql`select id from (select id, from_stage_id, lag(stage_id) over (partition by item_id order by id) as before from visits) v
    where before is not null and before <> from_stage_id`),
  ).toEqual([]);
  expect(
    await rows(
      sql`select r.id from runs r join items i on i.id = r.item_id where r.state = 'waiting' and r.visit_id <> i.visit_id`,
    ),
  ).toEqual([]);
});

function never(): never {
  throw new Error('an empty list');
}
