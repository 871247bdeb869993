import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Case } from './case.ts';

const PAIR = { replicas: 2, rate: 300 };
const ALONE = { replicas: 1, rate: 600 };
const BETWEEN_KILLS_MS = 5_000;
const BACKENDS_A_SECOND = 2;
const IDLE_CONNECTIONS = 300;

export const cases: readonly Case[] = [
  {
    name: 'a worker is killed, and started again later',
    ...PAIR,
    async happen({ replicas: [first] }, forMs) {
      await first?.kill();
      await sleep(forMs);
      await first?.start();
    },
  },
  {
    name: 'a worker is killed again and again',
    ...PAIR,
    async happen({ replicas: [first] }, forMs) {
      for (const end = Date.now() + forMs; Date.now() < end; await sleep(BETWEEN_KILLS_MS)) {
        await first?.kill();
        await first?.start();
      }
    },
  },
  {
    name: 'PostgreSQL stops and starts again',
    ...ALONE,
    async happen({ postmaster }, forMs) {
      const before = postmaster();
      process.kill(before, 'SIGINT');
      const end = Date.now() + forMs;
      while (Date.now() < end && (postmaster() === 0 || postmaster() === before)) await sleep(100);
    },
  },
  {
    name: 'connections are terminated without end',
    ...ALONE,
    async happen({ client }, forMs) {
      for (const end = Date.now() + forMs; Date.now() < end; await sleep(1000 / BACKENDS_A_SECOND))
        await client.query(`
          select pg_terminate_backend(pid) from pg_stat_activity
          where application_name like 'signalbox%' and pid <> pg_backend_pid() order by random() limit 1`);
    },
  },
  {
    name: 'connections are used up',
    ...ALONE,
    async happen({ databaseUrl }, forMs) {
      const held: pg.Client[] = [];
      for (let count = 0; count < IDLE_CONNECTIONS; count += 1) {
        const client = new pg.Client({ connectionString: databaseUrl });
        await client.connect();
        held.push(client);
      }
      await sleep(forMs);
      for (const client of held) await client.end();
    },
  },
];
