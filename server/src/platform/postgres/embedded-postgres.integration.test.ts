import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, test } from 'vitest';
import { withClient } from '../testing-databases.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { isAlive } from './process.ts';

const PATIENCE = { timeout: 120_000 };

interface Place {
  readonly dataDir: string;
  readonly children: ChildProcess[];
}

type Finishing = (work: () => Promise<void>) => void;

/** A data folder of its own; what a test leaves running there ends with it. */
function place(onTestFinished: Finishing): Place {
  const dataDir = path.join(os.tmpdir(), `signalbox-embedded-${randomBytes(6).toString('hex')}`);
  const children: ChildProcess[] = [];
  onTestFinished(async () => {
    for (const child of children) await kill(child);
    if (isLeft(dataDir)) await (await startEmbeddedPostgres({ dataDir, temporary: true })).stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  });
  return { dataDir, children };
}

/** A server, or a cluster that is kept elsewhere. */
const isLeft = (dataDir: string) =>
  ['postgres-location', 'postgres/cluster/postmaster.pid'].some((name) => fs.existsSync(path.join(dataDir, name)));

// Side by side: most of it waits for servers to start and to end.
describe.concurrent('startEmbeddedPostgres', () => {
  test('keeps the data over a restart', async ({ expect, onTestFinished }) => {
    const { dataDir } = place(onTestFinished);
    const first = await startEmbeddedPostgres({ dataDir });
    await withClient(first.url, (client) => client.query('create table kept (id int)'));
    await first.stop();
    await expect.poll(() => isAlive(first.postmasterPid), PATIENCE).toBe(false);

    const second = await startEmbeddedPostgres({ dataDir });
    expect(second.adopted).toBe(false);
    expect(await countTables(second.url, 'kept')).toBe(1);
    await second.stop();
  });

  test('adopts and later stops the server that a killed process left running', async ({ expect, onTestFinished }) => {
    const here = place(onTestFinished);
    const { dataDir } = here;
    const { child, pid } = await startInChild(here);
    await kill(child);
    expect(isAlive(pid)).toBe(true);

    const adopted = await startEmbeddedPostgres({ dataDir });
    expect(adopted).toMatchObject({ adopted: true, postmasterPid: pid });
    await adopted.stop();
    await expect.poll(() => isAlive(pid), PATIENCE).toBe(false);
  });

  test('does not take the server away from a living process', async ({ expect, onTestFinished }) => {
    const here = place(onTestFinished);
    const { dataDir } = here;
    const { child, pid } = await startInChild(here);
    const borrowed = await startEmbeddedPostgres({ dataDir });
    await borrowed.stop();
    expect(borrowed.postmasterPid).toBe(pid);
    expect(isAlive(pid)).toBe(true);
    await kill(child);
  });

  test('takes it over from a tool that launched it for a moment', async ({ expect, onTestFinished }) => {
    const here = place(onTestFinished);
    const { dataDir } = here;
    const { child, pid } = await startInChild(here, ", user: 'tool'");
    const server = await startEmbeddedPostgres({ dataDir });
    expect(server.postmasterPid).toBe(pid);
    await server.stop();
    await expect.poll(() => isAlive(pid), PATIENCE).toBe(false);
    await kill(child);
  });

  test('recovers after the server itself was killed', async ({ expect, onTestFinished }) => {
    const { dataDir } = place(onTestFinished);
    const first = await startEmbeddedPostgres({ dataDir });
    await withClient(first.url, (client) => client.query('create table kept (id int)'));
    process.kill(first.postmasterPid, 'SIGQUIT');
    const second = await startEmbeddedPostgres({ dataDir });
    expect(await countTables(second.url, 'kept')).toBe(1);
    await second.stop();
  });

  test('starts it again where it was when it ends by itself, and not when it is stopped', async ({
    expect,
    onTestFinished,
  }) => {
    const { dataDir } = place(onTestFinished);
    const notices: string[] = [];
    const postgres = await startEmbeddedPostgres({ dataDir, onNotice: (text) => notices.push(text) });
    await withClient(postgres.url, (client) => client.query('create table kept (id int)'));
    process.kill(postgres.postmasterPid, 'SIGQUIT');
    await expect.poll(() => notices, PATIENCE).toEqual(['PostgreSQL had ended and was started again']);
    expect(await countTables(postgres.url, 'kept')).toBe(1);

    await postgres.stop();
    await sleep(1_500);
    await expect(countTables(postgres.url, 'kept')).rejects.toThrow();
    expect(notices).toHaveLength(1);
  });

  test('leaves it ended when it belongs to a tool', async ({ expect, onTestFinished }) => {
    const { dataDir } = place(onTestFinished);
    const postgres = await startEmbeddedPostgres({ dataDir, user: 'tool' });
    process.kill(postgres.postmasterPid, 'SIGQUIT');
    await expect.poll(() => isAlive(postgres.postmasterPid), PATIENCE).toBe(false);
    await sleep(1_500);
    await expect(countTables(postgres.url, 'kept')).rejects.toThrow();
  });

  test('keeps its password to itself', async ({ expect, onTestFinished }) => {
    const { dataDir } = place(onTestFinished);
    const postgres = await startEmbeddedPostgres({ dataDir, temporary: true });
    await postgres.stop();
    expect(fs.statSync(path.join(dataDir, 'postgres-password')).mode & 0o777).toBe(0o600);
  });

  test('takes a temporary database away with a killed process', async ({ expect, onTestFinished }) => {
    const here = place(onTestFinished);
    const { dataDir } = here;
    const { child, pid } = await startInChild(here, ', temporary: true');
    await kill(child);
    await expect.poll(() => isAlive(pid), PATIENCE).toBe(false);
    await expect.poll(() => fs.existsSync(path.join(dataDir, 'postgres')), PATIENCE).toBe(false);
  });
});

async function startInChild({ dataDir, children }: Place, more = ''): Promise<{ child: ChildProcess; pid: number }> {
  const module = path.join(import.meta.dirname, 'embedded-postgres.ts');
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(module)};
    const { postmasterPid } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}${more} });
    console.log(postmasterPid);
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [output] = await once(child.stdout, 'data');
  return { child, pid: Number(String(output)) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function countTables(url: string, name: string): Promise<number> {
  const { rowCount } = await withClient(url, (client) =>
    client.query('select from pg_tables where tablename = $1', [name]),
  );
  return rowCount ?? 0;
}
