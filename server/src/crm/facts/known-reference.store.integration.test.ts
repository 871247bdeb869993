import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Databases, inWorkspace, openDatabases } from '../../platform/db.ts';
import { type Fixture, makeFixture } from '../../platform/fixtures.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing.ts';
import { recallReferenceNow } from './known-reference.store.ts';
import { loadReference } from './workspace-facts.ts';

let database: TestDatabase;
let other: Databases;
let here: Fixture;
beforeAll(async () => {
  database = await createTestDatabase();
  other = openDatabases(database.url);
  here = await makeFixture(database);
});
afterAll(async () => {
  await other.close();
  await database.close();
});

const recall = () => here.inside(recallReferenceNow);
const inOther = (text: string) =>
  inWorkspace(other.app, here.workspaceId, (tx) =>
    sql.raw(text.replaceAll(':w', String(here.workspaceId)).replaceAll(':e', String(here.employeeId))).execute(tx),
  );

test('is the same object while nothing has changed', async () => {
  expect(await recall()).toBe(await recall());
});

const changes = [
  `insert into employees (workspace_id, email, name, role) values (:w, 'eve@firm.test', 'Eve', 'employee')`,
  `update employees set supervisor_id = :e where email = 'eve@firm.test'`,
  `delete from employees where email = 'eve@firm.test'`,
  `insert into departments (workspace_id, name, head_id) values (:w, 'Sales', :e)`,
  `insert into pipelines (workspace_id, type, name) values (:w, 'lead', 'Leads')`,
  `update pipelines set board_version = board_version + 1`,
  `update stages set name = name || '!'`,
  `insert into fields (workspace_id, type, code, name, kind) values (:w, 'deal', 'colour', 'Colour', 'text')`,
  `insert into item_types (workspace_id, code, name, plural, icon) values (:w, 'boat', 'Boat', 'Boats', 'ship')`,
  `insert into working_calendars (workspace_id, week) values (:w, '{"mon":[{"from":"08:00","to":"12:00"}],"tue":[],"wed":[],"thu":[],"fri":[],"sat":[],"sun":[]}')`,
  `insert into work_days (workspace_id, employee_id, started_at, changed_at) values (:w, :e, now(), now())`,
  `insert into absences (workspace_id, employee_id, from_day, to_day, reason) values (:w, :e, '2026-01-05', '2026-01-06', 'leave')`,
  `insert into roles (workspace_id, code) values (:w, 'sales')`,
  `insert into employee_roles (workspace_id, employee_id, role_id) select :w, :e, id from roles where code = 'sales'`,
  `update workspaces set time_zone = 'Europe/Warsaw'`,
];
test.each(changes)('another process is told of: %s', async (change) => {
  const before = await recall();
  await inOther(change);
  const after = await recall();
  expect(after).not.toBe(before);
  expect(JSON.stringify(plain(after))).toBe(JSON.stringify(plain(await here.inside(loadReference))));
  expect(JSON.stringify(plain(after))).not.toBe(JSON.stringify(plain(before)));
});

test('every table of a workspace that is read has a change above', async () => {
  const { rows } = await here.inside((tx) =>
    sql<{ name: string }>`
      select tgrelid::regclass::text as name from pg_trigger where tgname = 'reference_changed'`.execute(tx),
  );
  const changed = changes.map((change) => /(?:into|update|from) (\w+)/.exec(change)?.[1] ?? '');
  expect(new Set(changed)).toEqual(new Set(rows.map(({ name }) => name)));
  expect(new Set(changed)).toEqual(await tablesRead());
});

/** By watching which tables `loadReference` takes a lock on. */
async function tablesRead(): Promise<Set<string>> {
  return here.inside(async (tx) => {
    await loadReference(tx);
    const { rows } = await sql<{ name: string }>`
      select distinct relation::regclass::text as name from pg_locks l join pg_class c on c.oid = l.relation
      where l.pid = pg_backend_pid() and l.locktype = 'relation' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`.execute(
      tx,
    );
    return new Set(rows.map(({ name }) => name));
  });
}

test('a change that is rolled back changes nothing, and a transaction that is still open neither', async () => {
  const before = await recall();
  await here
    .inside(async (tx) => {
      await sql`update stages set name = 'never'`.execute(tx);
      expect(await inWorkspace(other.app, here.workspaceId, recallReferenceNow)).toBe(
        await inWorkspace(other.app, here.workspaceId, recallReferenceNow),
      );
      throw new Error('rolled back');
    })
    .catch(() => {});
  expect(await recall()).toBe(before);
});

function plain({
  workspace,
  people,
  pipelines,
  stages,
  itemTypes,
  fieldsOf,
}: Awaited<ReturnType<typeof loadReference>>) {
  return [workspace, [...people], [...pipelines], [...stages], itemTypes, itemTypes.map(fieldsOf)];
}
