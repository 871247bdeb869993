import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../platform/migrate/migrate.ts';
import { createEmptyDatabase } from '../platform/testing.ts';
import { withClient } from '../platform/testing-databases.ts';

const ours = path.resolve(import.meta.dirname, '../migrations');
let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let folder: string;
beforeAll(async () => {
  database = await createEmptyDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-migrations-'));
  for (const name of fs.readdirSync(ours).filter((one) => one < '0012'))
    fs.copyFileSync(path.join(ours, name), path.join(folder, name));
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true });
  await database.close();
});

test('mails of before point at their rows of the outbox; mails that came in point nowhere', async () => {
  await migrate(database.url, folder);
  const mail = `insert into emails (workspace_id, direction, message_id, from_address, to_addresses) values ($1, $2, $3, 'a@b.test', '{}') returning id`;
  await withClient(database.url, async (client) => {
    for (const [workspace, direction, name] of [
      [1, 'in', 'came in'],
      [1, 'out', 'first'],
      [2, 'out', 'first of another'],
      [1, 'out', 'second'],
    ]) {
      const { rows } = await client.query(mail, [workspace, direction, name]);
      if (direction === 'out')
        await client.query(
          `insert into outbox (workspace_id, kind, email_id, payload, idempotency_key) values ($1, 'mail', $2, '{}', $3)`,
          [workspace, rows[0].id, name],
        );
    }
  });
  await migrate(database.url);
  const carried = await withClient(database.url, (client) =>
    client.query(
      `select e.message_id as mail, o.idempotency_key as row from emails e
       left join outbox o on o.workspace_id = e.workspace_id and o.id = e.outbox_id order by e.id`,
    ),
  );
  expect(carried.rows).toEqual([
    { mail: 'came in', row: null },
    { mail: 'first', row: 'first' },
    { mail: 'first of another', row: 'first of another' },
    { mail: 'second', row: 'second' },
  ]);
});
