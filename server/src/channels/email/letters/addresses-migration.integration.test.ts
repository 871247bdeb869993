import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../../platform/migrate/migrate.ts';
import { createEmptyDatabase } from '../../../platform/testing.ts';
import { withClient } from '../../../platform/testing-databases.ts';

const ours = path.resolve(import.meta.dirname, '../../../migrations');
const odd = [
  'anna@müller.test',
  'JOSÉ@Correo.test',
  'a@почта.рф',
  'x@y.test.',
  'Łucja@żółw.pl',
  'a@b.test',
  'nobody',
  '',
];
let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let folder: string;
beforeAll(async () => {
  database = await createEmptyDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-migrations-'));
  for (const name of fs.readdirSync(ours).filter((one) => one < '0058'))
    fs.copyFileSync(path.join(ours, name), path.join(folder, name));
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true });
  await database.close();
});

test('addresses of before stand in the form in which all are compared, and one sender is trusted once', async () => {
  await migrate(database.url, folder);
  await withClient(database.url, async (client) => {
    for (const address of odd)
      await client.query(
        `insert into emails (workspace_id, direction, message_id, from_address, to_addresses, reply_to) values (1, 'in', $1, $1, $2, $3)`,
        [address, [address, 'b@c.test', address], address === '' ? null : address],
      );
    for (const [workspace, address] of [
      [1, 'anna@xn--mller-kva.test'],
      [1, 'anna@müller.test'],
      [1, 'x@y.test.'],
      [2, 'anna@müller.test'],
    ])
      await client.query('insert into trusted_senders (workspace_id, address) values ($1, $2)', [workspace, address]);
  });
  await withClient(database.url, (client) =>
    client.query(`with w as (insert into workspaces (name) values ('Firm') returning id)
      insert into channels (workspace_id, kind, provider, name, settings)
      select id, 'mailbox', 'sandbox', 'Sales', '{"address": "sales@müller.test", "writer": "rule"}' from w`),
  );
  await migrate(database.url);
  await withClient(database.url, async (client) => {
    const channels = await client.query('select settings from channels');
    expect(channels.rows).toEqual([{ settings: { address: 'sales@xn--mller-kva.test', writer: 'rule' } }]);
    const emails = await client.query(
      'select message_id, from_address, to_addresses, reply_to from emails order by id',
    );
    expect(emails.rows).toEqual(
      odd.map((address) => {
        const normal = normalEmail(address);
        return {
          ...{ message_id: address, from_address: normal, to_addresses: [normal, 'b@c.test', normal] },
          reply_to: address === '' ? null : normal,
        };
      }),
    );
    const trusted = await client.query(
      'select workspace_id::int as workspace, address from trusted_senders order by id',
    );
    expect(trusted.rows).toEqual([
      { workspace: 1, address: 'anna@xn--mller-kva.test' },
      { workspace: 1, address: 'x@y.test' },
      { workspace: 2, address: 'anna@xn--mller-kva.test' },
    ]);
    const left = await client.query(
      `select proname from pg_proc where proname in ('signalbox_address', 'signalbox_ascii_label')`,
    );
    expect(left.rows).toEqual([]);
  });
});
