import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { verifyPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSmartProcess } from './crm/processes/smart-processes.ts';
import { findAccountByEmail } from './people/accounts.store.ts';
import { beginTotp, spendStep } from './people/factors/factors.store.ts';
import { inSystem, inWorkspace } from './platform/db.ts';
import { createTestDatabase, type TestDatabase } from './platform/testing.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-cli-'));
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true });
  await database.close();
});

const signalbox = (...args: string[]) => signalboxWith('', ...args);

function signalboxWith(input: string, ...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const cli = path.join(import.meta.dirname, 'cli.ts');
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [cli, ...args],
      { cwd: folder, env: { ...process.env, DATABASE_URL: database.url } },
      (_error, out, err) => resolve({ code: child.exitCode, out, err }),
    );
    child.stdin?.end(input);
  });
}

function write(name: string, text: string): string {
  fs.writeFileSync(path.join(folder, name), text);
  return name;
}

const board = `type: deal
pipeline: Acme sales
stages:
  - { code: NEW, name: New, kind: open }
  - { code: WON, name: Won, kind: won }
rules:
  - do: alerts/notify
    stage: NEW
    settings: { text: "{{ item.title }}" }
`;

test('makes a workspace, a user and a key', async () => {
  expect(await signalbox('workspace', 'create', '--name', 'Acme')).toEqual({ code: 0, out: '1\n', err: '' });
  expect(
    await signalbox('user', 'create', '--email', 'anna@acme.test', '--workspace', 'Acme', '--role', 'admin'),
  ).toMatchObject({ code: 0 });
  expect(await signalbox('user', 'create', '--email', 'Anna@acme.test', '--workspace', 'Acme')).toMatchObject({
    code: 1,
    err: expect.stringContaining('already'),
  });
  expect(await signalbox('key', 'create', '--user', 'anna@acme.test')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^sb_\S+\n$/),
  });
  expect(await signalbox('key', 'create', '--user', 'nobody@acme.test')).toMatchObject({
    code: 1,
    err: 'signalbox: There is no employee nobody@acme.test\n',
  });
});

test('checks, applies and exports a board; applying the export changes nothing', async () => {
  const file = write('board.yaml', board);
  expect(await signalbox('automation', 'check', file)).toMatchObject({
    code: 0,
    out: 'board.yaml: deal "Acme sales" can be applied\n',
  });
  expect(await signalbox('automation', 'export', 'deal', 'Acme sales')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no deal pipeline "Acme sales"; there is'),
  });
  expect(await signalbox('automation', 'apply', file)).toMatchObject({
    code: 0,
    out: 'board.yaml: deal "Acme sales" is version 1\n',
  });
  expect(await signalbox('automation', 'export', 'deal', 'Acme sales', '--out', 'again.yaml')).toMatchObject({
    code: 0,
  });
  expect(await signalbox('automation', 'apply', 'again.yaml')).toMatchObject({
    code: 0,
    out: 'again.yaml: deal "Acme sales" is version 1\n',
  });
  expect(await signalbox('automation', 'apply', 'again.yaml', '--if-version', '7')).toMatchObject({
    code: 1,
    err: expect.stringContaining('again.yaml:'),
  });
});

test('knows the smart processes of the workspace', async () => {
  const input = { name: 'Service request', plural: 'Service requests', icon: 'box' } as const;
  await inWorkspace(database.app, 1, (tx) => makeSmartProcess(tx, input));
  const exported = await signalbox('automation', 'export', 'service-request', 'Service requests', '--out', 'own.yaml');
  expect(exported).toMatchObject({ code: 0 });
  const applied = { code: 0, out: 'own.yaml: service-request "Service requests" is version 1\n' };
  expect(await signalbox('automation', 'apply', 'own.yaml')).toMatchObject(applied);
  await signalbox('automation', 'export', 'service-request', 'Service requests', '--out', 'own.yaml');
  expect(await signalbox('automation', 'apply', 'own.yaml')).toMatchObject(applied);

  const rows = write('rows.csv', 'Title,Stage\nPump,In work\nFan,Done\n');
  expect(await signalbox('import', 'csv', rows, '--type', 'service-request', '--no-rules')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/2 rows[\s\S]*created: 2/),
  });
  expect(await signalbox('import', 'csv', rows, '--type', 'boat', '--no-rules')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no item type boat; there is lead, deal, quote, invoice, service-request'),
  });
  const boat = write('boat.yaml', board.replace('type: deal', 'type: boat'));
  expect(await signalbox('automation', 'apply', boat)).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no item type boat'),
  });
});

test('names file, line and column of every mistake', async () => {
  const wrong = write('wrong.yaml', `${board}    colour: red\n  - do: no/such\n    stage: NEW\n`);
  expect(await signalbox('automation', 'apply', wrong)).toEqual({
    code: 1,
    out: '',
    err: 'wrong.yaml:10:5: rules[0].colour: Unknown key "colour" [unknown-key]\n',
  });
  const broken = write('broken.yaml', 'type: deal\nrules: [\n');
  expect(await signalbox('automation', 'check', broken, 'board.yaml')).toMatchObject({
    code: 1,
    out: expect.stringContaining('board.yaml: '),
    err: expect.stringMatching(/^broken\.yaml:\d+:\d+: /),
  });
});

test('what is not understood ends with 2 and says how', async () => {
  expect(await signalbox('automation', 'frobnicate')).toMatchObject({
    code: 2,
    err: expect.stringContaining('Usage: npx signalbox'),
  });
  expect(await signalbox('automation', 'check', '--no-such-option')).toMatchObject({ code: 2 });
  expect(await signalbox('--help')).toMatchObject({ code: 0, out: expect.stringContaining('automation export') });
});

test('rehearses a file on what was recorded, without saving it', async () => {
  expect(await signalbox('automation', 'rehearse', 'deal', 'Acme sales', '--file', write('try.yaml', board))).toEqual({
    code: 0,
    out: 'the file: 0 signals, 0 moves of 0 items, 0 back\nin truth: 0 moves; 0 items go another way\nclients with more than one message in a day: 0\n',
    err: '',
  });
  expect(await signalbox('automation', 'rehearse', 'deal', 'Acme sales', '--days', '8')).toMatchObject({ code: 2 });
});

test('takes a password from its input alone, where nobody else on the machine reads it', async () => {
  const make = (password: string, ...more: string[]) =>
    signalboxWith(password, 'user', 'create', '--email', 'typed@acme.test', '--workspace', 'Typed', ...more);
  await signalbox('workspace', 'create', '--name', 'Typed');
  expect(await make('', '--password', 'correct horse battery')).toMatchObject({ code: 2 });
  expect(await make('short\n', '--password-stdin')).toMatchObject({ code: 2, out: '' });
  expect(await make('qwertyuiop123\n', '--password-stdin')).toMatchObject({ code: 1, out: '' });
  expect(await make('correct horse battery\n', '--password-stdin')).toMatchObject({ code: 0, err: '' });
  const { rows } = await sql<{ password: string }>`
    select a.password from auth_accounts a join auth_users u on u.id = a."userId" where u.email = 'typed@acme.test'`.execute(
    database.system,
  );
  expect(await verifyPassword({ hash: rows[0]?.password ?? '', password: 'correct horse battery' })).toBe(true);
});

test('takes second factors away of who has some, and says so of who has none', async () => {
  await signalbox('workspace', 'create', '--name', 'Lost');
  const given = ['--workspace', 'Lost', '--password-stdin'];
  await signalboxWith('correct horse battery', 'user', 'create', '--email', 'lost@lost.test', ...given);
  const take = () => signalbox('user', 'take-factors', '--email', 'lost@lost.test');
  expect(await take()).toMatchObject({ code: 1, err: expect.stringContaining('no second factor') });
  await inSystem(database.system, async (tx) => {
    const accountId = (await findAccountByEmail(tx, 'lost@lost.test')) ?? '';
    await beginTotp(tx, accountId, 'sealed');
    await spendStep(tx, accountId, { step: 1, now: new Date() });
  });
  expect(await take()).toEqual({ code: 0, out: '', err: '' });
  expect(await take()).toMatchObject({ code: 1 });
  expect(await signalbox('user', 'take-factors')).toMatchObject({ code: 2 });
  const link = await signalbox('user', 'reset-link', '--email', 'lost@lost.test');
  expect(link).toMatchObject({ code: 0, out: expect.stringMatching(/^http:\/\/localhost:3000\/reset\/[\w-]{43}\n$/) });
  expect(await signalbox('user', 'reset-link', '--email', 'nobody@lost.test')).toMatchObject({ code: 1 });
});

test('sets quotas of a workspace, and says what is wrong', async () => {
  const set = await signalbox('quota', 'set', 'items=3k', 'file-bytes=1G', '--workspace', 'Acme');
  expect(set).toMatchObject({ code: 0, err: '' });
  expect(set.out.split('\n').slice(0, 4)).toEqual([
    'items=3000',
    'tasks=5000000',
    'files=1000000',
    'file-bytes=1073741824',
  ]);
  expect((await signalbox('quota', 'set', 'items=default', '--workspace', 'Acme')).out).toMatch(/^items=5000000\n/);
  expect((await signalbox('quota', 'list', '--workspace', 'Acme')).out).toMatch(/\nfile-bytes=1073741824\n/);
  expect(await signalbox('quota', 'set', 'item=3', '--workspace', 'Acme')).toMatchObject({ code: 2 });
  expect(await signalbox('quota', 'set', 'items=lots', '--workspace', 'Acme')).toMatchObject({ code: 2 });
  expect(await signalbox('quota', 'list', '--workspace', 'Nobody')).toMatchObject({ code: 1 });
});
test('claims mail domains for a workspace, once, and gives them back', async () => {
  const { out } = await signalbox('workspace', 'create', '--name', 'Domains');
  const id = out.trim();
  expect(await signalbox('domain', 'claim', 'Firm.Example.', '--workspace', id)).toEqual({
    ...{ code: 0, out: 'firm.example\n', err: '' },
  });
  const other = (await signalbox('workspace', 'create', '--name', 'Rivals')).out.trim();
  expect(await signalbox('domain', 'claim', 'firm.example', '--workspace', other)).toMatchObject({
    ...{ code: 1, err: expect.stringContaining('Another workspace has claimed firm.example') },
  });
  expect((await signalbox('domain', 'list')).out).toMatch(
    new RegExp(`^firm\\.example\\t${id} "Domains"\\toperator\\t\\S+Z\\n$`),
  );
  expect(await signalbox('domain', 'release', 'firm.example')).toMatchObject({ code: 0 });
  expect(await signalbox('domain', 'release', 'firm.example')).toMatchObject({ code: 1 });
  for (const wrong of ['sandbox.test', 'example', 'a b'])
    expect(await signalbox('domain', 'claim', wrong, '--workspace', id)).toMatchObject({ code: 2 });
  const kinds = await inWorkspace(database.app, Number(id), (tx) =>
    tx.selectFrom('audit_log').select(['kind', 'via']).where('object_kind', '=', 'mail-domain').orderBy('id').execute(),
  );
  expect(kinds).toEqual([
    { kind: 'mail-domain-claimed', via: 'command' },
    { kind: 'mail-domain-released', via: 'command' },
  ]);
});
