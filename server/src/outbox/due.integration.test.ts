import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inSystem } from '../platform/db.ts';
import { makeFixture } from '../platform/fixtures.ts';
import { createTestDatabase, type TestDatabase } from '../platform/testing.ts';
import { listDueInTurn } from './due.store.ts';

let database: TestDatabase;
let own: number;
let other: number;

beforeAll(async () => {
  database = await createTestDatabase();
  own = (await makeFixture(database)).workspaceId;
  other = (await makeFixture(database)).workspaceId;
});
afterAll(() => database.close());
beforeEach(() => inSystem(database.system, (tx) => sql`delete from outbox`.execute(tx)));

const before = new Date('2026-01-05T09:00:00Z');
/** The older, the earlier it is due; negative: not yet. */
const wait = (workspaceId: number, channelId: number | null, { count, oldS }: { count: number; oldS: number }) =>
  inSystem(database.system, (tx) =>
    sql`insert into outbox (workspace_id, kind, channel_id, payload, idempotency_key, next_at)
      select ${workspaceId}, 'mail', ${channelId}::bigint, '{}', gen_random_uuid()::text, ${before}::timestamptz - make_interval(secs => ${oldS}::float8 - n * 0.001)
      from generate_series(1, ${count}::int) n`.execute(tx),
  );
const due = async (limit = 500) => {
  const look = { before, limit, limitOfChannel: 50 };
  const listed = await inSystem(database.system, (tx) => listDueInTurn(tx, look));
  const ids = listed.map(({ outboxId }) => outboxId);
  const rows = await inSystem(database.system, (tx) =>
    sql<{
      id: number;
      route: string;
    }>`select id, workspace_id || '/' || coalesce(channel_id::text, '-') as route from outbox`.execute(tx),
  );
  const routes = new Map(rows.rows.map(({ id, route }) => [id, route]));
  return ids.map((id) => routes.get(id) ?? '');
};

test('thousands that wait for one channel are before nobody', async () => {
  await wait(own, 1, { count: 5_000, oldS: 3_600 });
  await wait(own, 2, { count: 1, oldS: 20 });
  await wait(own, null, { count: 1, oldS: 15 });
  await wait(other, 7, { count: 1, oldS: 10 });

  const listed = await due();
  expect(listed.slice(0, 4).sort()).toEqual([`${own}/-`, `${own}/1`, `${own}/2`, `${other}/7`].sort());
  expect(listed).toHaveLength(53);
});

test('nor is a workspace with many channels before another', async () => {
  for (let channel = 1; channel <= 30; channel += 1) await wait(own, channel, { count: 20, oldS: 3_600 });
  await wait(other, 99, { count: 5, oldS: 10 });

  expect((await due(20)).filter((route) => route.startsWith(`${other}/`))).toHaveLength(5);
});

test('what is not due, or is not queued, is left out; the oldest of a channel come first', async () => {
  await wait(own, 1, { count: 3, oldS: -60 });
  await wait(own, 1, { count: 2, oldS: 60 });
  await inSystem(database.system, (tx) =>
    sql`update outbox set state = 'sent' where next_at = (select min(next_at) from outbox)`.execute(tx),
  );
  expect(await due()).toEqual([`${own}/1`]);
});
