import { describe, expect, test } from 'vitest';
import { crowdedFolders } from './crowded-folders.ts';
import { unexcused } from './excuses.ts';
import { folderCircles } from './folder-circles.ts';
import { filesWithHiddenCasts } from './hidden-casts.ts';
import { migrationNumbers } from './migration-numbers.ts';
import { isTest, parseSource } from './sources.ts';
import { filesWithSql } from './sql-outside-stores.ts';
import { unusedIn } from './unused-dependencies.ts';

const imports = (source: string, ...resolved: string[]) => ({
  source,
  dependencies: resolved.map((file) => ({ resolved: file })),
});

describe('circles of folders', () => {
  const there = imports('server/src/outbox/deliver.ts', 'server/src/automation/running/trouble.ts');
  const back = imports('server/src/automation/running/trouble.ts', 'server/src/outbox/outbox.store.ts');

  test('names the imports by which two folders hold each other', () => {
    const found = folderCircles([there, back], []);
    expect(found).toHaveLength(2);
    expect(found[0]).toContain('server/src/outbox/deliver.ts → server/src/automation/running/trouble.ts');
  });

  test('sees a circle that goes through a third folder', () => {
    const found = folderCircles(
      [imports('a/x.ts', 'b/x.ts'), imports('b/y.ts', 'c/x.ts'), imports('c/y.ts', 'a/y.ts')],
      [],
    );
    expect(found).toHaveLength(3);
  });

  test('lets one folder use another', () => {
    expect(folderCircles([there], [])).toEqual([]);
  });

  test('does not count what only a test imports', () => {
    const tested = imports('server/src/automation/running/trouble.integration.test.ts', 'server/src/outbox/deliver.ts');
    expect(folderCircles([there, tested], [])).toEqual([]);
  });

  test('lets an exception be, until nothing needs it', () => {
    const excused = ['server/src/outbox', 'server/src/automation/running'];
    expect(folderCircles([there, back], excused)).toEqual([]);
    expect(folderCircles([there], excused)).toHaveLength(2);
  });
});

describe('SQL', () => {
  const sqlIn = (file: string, text: string) => filesWithSql([parseSource(file, text)]);

  test.each([
    ["import { sql } from 'kysely'; await sql`select 1`.execute(tx);"],
    ['const list = sql.join(ids);'],
    ["await tx.selectFrom('items').execute();"],
    ["await tx.insertInto('items').values(row).execute();"],
    ["await tx.updateTable('items').set(row).execute();"],
    ["await tx.deleteFrom('items').execute();"],
    ["await client.query('select 1');"],
  ])('is seen in %s', (text) => {
    expect(sqlIn('server/src/crm/items/move.ts', text)).toEqual(['server/src/crm/items/move.ts']);
  });

  test('may stand in a store, in the platform and in tests', () => {
    const text = 'await sql`select 1`.execute(tx);';
    expect(sqlIn('server/src/crm/items/items.store.ts', text)).toEqual([]);
    expect(sqlIn('server/src/platform/db.ts', text)).toEqual([]);
    expect(sqlIn('server/src/crm/items/items.integration.test.ts', text)).toEqual([]);
  });

  test('is not a query string of an address', () => {
    expect(sqlIn('server/src/crm/items/items.routes.ts', 'const { page } = request.query; find.query(page);')).toEqual(
      [],
    );
  });
});

test('a cast through JSON is seen, reading JSON and writing it are not', () => {
  const castsIn = (text: string) => filesWithHiddenCasts([parseSource('server/src/crm/items/show.ts', text)]);
  expect(castsIn('return JSON.parse(JSON.stringify(row));')).toHaveLength(1);
  expect(castsIn('const row = JSON.parse(\n  JSON.stringify({ ...row }),\n);')).toHaveLength(1);
  expect(castsIn('return schema.parse(JSON.parse(text)); log(JSON.stringify(row));')).toEqual([]);
});

test('an exception that nothing needs any more is a fault, as is what has none', () => {
  expect(unexcused(['a.ts'], ['b.ts'], 'is wrong')).toEqual(['a.ts: is wrong', 'b.ts: needs no exception any more']);
  expect(unexcused(['a.ts'], ['a.ts'], 'is wrong')).toEqual([]);
});

test('a folder of 25 files is a room, one of 26 is a crowd', () => {
  const files = (count: number) => Array.from({ length: count }, (_, index) => `server/src/people/${index}.ts`);
  expect(crowdedFolders(files(25), [])).toEqual([]);
  expect(crowdedFolders(files(26), [])).toEqual([expect.stringContaining('server/src/people')]);
  expect(crowdedFolders(files(26), ['server/src/people'])).toEqual([]);
});

describe('numbers of migrations', () => {
  const upTo = (last: number) =>
    Array.from({ length: last }, (_, index) => `${String(index + 1).padStart(4, '0')}-x.sql`);
  const released = upTo(10).filter((name) => name !== '0009-x.sql');

  test('count on, but for the one that was never used', () => {
    expect(migrationNumbers(released)).toEqual([]);
  });

  test('may not leave one out, nor use one twice, nor one that was said to be unused', () => {
    expect(migrationNumbers(released.filter((name) => name !== '0004-x.sql'))).toEqual(['migration 4 is missing']);
    expect(migrationNumbers([...released, '0010-y.sql'])).toEqual(['two migrations are numbered 10']);
    expect(migrationNumbers(upTo(10))).toEqual(['migration 9 was said to be unused']);
  });
});

test('knows what tests', () => {
  expect(isTest('server/src/crm/items/items.integration.test.ts')).toBe(true);
  expect(isTest('server/src/platform/testing-waits.ts')).toBe(true);
  expect(isTest('server/src/crm/items/items.store.ts')).toBe(false);
});

describe('dependencies', () => {
  const sources = [
    parseSource('server/src/a.ts', "import { z } from 'zod'; const x = import('pg');"),
    parseSource('server/src/a.test.ts', "import { parse } from 'yaml/dist/x'; import '../../automation/src/kit/a.ts';"),
  ];
  const unused = (dependencies: Record<string, string>, devDependencies: Record<string, string> = {}) =>
    unusedIn({ dependencies, devDependencies }, sources);

  test('are used when something imports them, at once or later', () => {
    expect(unused({ zod: '1', pg: '1' }, { yaml: '1', '@signalbox/automation': '1', '@types/pg': '1' })).toEqual([]);
  });

  test('are a fault when nothing imports them, or nothing but tests', () => {
    expect(unused({ undici: '1' })).toEqual(['nothing imports undici']);
    expect(unused({ yaml: '1' })).toEqual(['only tests import yaml: it belongs in devDependencies']);
    expect(unused({}, { vite: '1' })).toEqual(['nothing imports vite']);
  });
});
