import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { makePorts } from '../../ports/make-ports.ts';
import { createRecorder } from '../../signals/recorder.ts';
import { comment, engineBench, onHook } from '../drain/testing-drain.ts';
import { runVisits } from '../running/run-visits.ts';
import { takeJobs } from '../running/testing-runs.ts';
import { changeItem } from './change-item.ts';
import { moveItem } from './move-item.ts';

const { here, context, database, rows, acting, hook, drain } = engineBench();
const stages = ['NEW', 'OFFER', 'WARM'];

test('4 people, webhooks, rules and two drains on the same items never deadlock for good', async () => {
  await here().saveBoard({
    triggers: stages.map((stage) => onHook(stage, `to-${stage}`, { allowBack: true })),
    rules: stages.flatMap((stage) => [
      comment(stage, `late-${stage}`, { time: { after: '1 day' } }),
      comment(stage, `now-${stage}`),
      { id: `title-${stage}`, do: 'items/modify', stage, settings: { changes: [{ field: 'title', value: stage }] } },
    ]),
  });
  const items = await here().addItems(12);
  const recorder = createRecorder(context());
  const until = Date.now() + 4_000;
  const done = { saves: 0, moves: 0, hooks: 0, jobs: 0 };
  const owner = new pg.Pool({ connectionString: database().url });
  const runner = { context: context(), makePorts };
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
  const runJobs = async () => {
    for (const job of await takeJobs(owner)) {
      await runVisits(runner, job);
      done.jobs += 1;
    }
    await sleep(2);
  };
  const everybody = [saveTwo, saveTwo, moveOne, moveOne, post, post, drainOften, drainOften, runJobs, runJobs];
  await Promise.all(everybody.map(repeat));
  await drain();
  await runJobs();
  await drain();
  await owner.end();

  for (const count of Object.values(done)) expect(count).toBeGreaterThan(0);
  expect(await rows(sql`select signal_id from signal_queue`)).toEqual([]);
  // What was due at entry has run, once: a comment for each visit.
  expect(await rows(sql`select id from runs where entry and state <> 'done'`)).toEqual([]);
  const visits = await rows(sql`select item_id, count(*)::int from visits group by 1 order by 1`);
  const comments = sql`select item_id, count(*)::int from timeline where kind = 'comment' group by 1 order by 1`;
  expect(await rows(comments)).toEqual(visits);
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
