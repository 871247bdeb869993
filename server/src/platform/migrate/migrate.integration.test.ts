import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createEmptyDatabase } from '../testing.ts';
import { withClient } from '../testing-databases.ts';
import { migrate } from './migrate.ts';

let folder = '';
let url = '';

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-migrations-'));
  const database = await createEmptyDatabase();
  url = database.url;
  write('0001-first.sql', 'create table first (id int)');
  return async () => {
    fs.rmSync(folder, { recursive: true });
    await database.close();
  };
});

describe('migrate', () => {
  test('applies what is missing, in order, once', async () => {
    write('0002-second.sql', 'alter table first add name text');
    expect(await migrate(url, folder)).toEqual(['0001-first.sql', '0002-second.sql']);
    expect(await migrate(url, folder)).toEqual([]);
  });

  test('lets one of two processes do it while the other waits', async () => {
    const applied = await Promise.all([migrate(url, folder), migrate(url, folder)]);
    expect(applied.flat()).toEqual(['0001-first.sql']);
  });

  test('refuses a file that was changed after it had been applied', async () => {
    await migrate(url, folder);
    write('0001-first.sql', 'create table first (id bigint)');
    await expect(migrate(url, folder)).rejects.toThrow('0001-first.sql was changed');
  });

  test('refuses a database that a newer version has migrated', async () => {
    write('0002-second.sql', 'select 1');
    await migrate(url, folder);
    fs.rmSync(path.join(folder, '0002-second.sql'));
    await expect(migrate(url, folder)).rejects.toThrow(
      '0002-second.sql, which this version of Signalbox does not know',
    );
  });

  test('leaves nothing of a file that fails', async () => {
    write('0002-second.sql', 'create table second (id int); select * from nowhere');
    await expect(migrate(url, folder)).rejects.toThrow('0002-second.sql failed: relation "nowhere" does not exist');
    const { rows } = await withClient(url, (client) => client.query(`select to_regclass('second') as second`));
    expect(rows).toEqual([{ second: null }]);
  });
});

function write(name: string, text: string): void {
  fs.writeFileSync(path.join(folder, name), text);
}
