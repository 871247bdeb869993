import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Log } from '../log.ts';

export interface HeartbeatOptions {
  /** A pool of the owner: the queue's own tables belong to it. */
  readonly pool: pg.Pool;
  readonly log: Log;
  readonly roles: string;
  readonly everyMs?: number;
  /** A process that has been silent for this long is taken for dead. */
  readonly deadAfterMs?: number;
}

export interface Heartbeat {
  /** The ids under which this process locks jobs; beats at once, and ends when that is known to all. */
  setWorkers(workerIds: readonly string[]): Promise<void>;
  /** Says goodbye: nobody has to wait for the silence. */
  stop(): Promise<void>;
}

const EVERY_MS = 2_000;
const DEAD_AFTER_MS = 6_000;
const ORPHANS_EVERY = 30;

/**
 * Says every two seconds that this process lives, and hands on the jobs of those that do not: the queue alone would keep
 * a killed worker's jobs locked for four hours (architecture.md, Jobs). A process taken for dead by mistake only doubles jobs.
 */
export async function startHeartbeat({
  pool,
  log,
  roles,
  everyMs = EVERY_MS,
  deadAfterMs = DEAD_AFTER_MS,
}: HeartbeatOptions): Promise<Heartbeat> {
  const id = randomUUID();
  let workerIds: readonly string[] = [];
  let beats = 0;
  let beating: Promise<void> | null = null;

  const beat = async () => {
    await sayAlive(pool, { id, workerIds, roles });
    const freed = await takeOver(pool, { deadAfterMs, orphans: beats % ORPHANS_EVERY === 0 });
    beats += 1;
    if (freed.length > 0) log.warn({ workers: freed }, 'took over the jobs of a process that is gone');
  };
  const beatOnce = () => {
    beating ??= beat()
      .catch((error: unknown) => log.error({ err: error }, 'the heartbeat failed'))
      .finally(() => {
        beating = null;
      });
    return beating;
  };

  await beatOnce();
  const timer = setInterval(beatOnce, everyMs);
  return {
    async setWorkers(ids) {
      workerIds = [...ids];
      // A beat that is under way may have told the ids of before: whoever dies then would keep its jobs for a minute.
      await beating;
      await beatOnce();
    },
    async stop() {
      clearInterval(timer);
      await beating;
      await pool.query('delete from processes where id = $1', [id]);
    },
  };
}

interface Process {
  readonly id: string;
  readonly workerIds: readonly string[];
  readonly roles: string;
}

async function sayAlive(pool: pg.Pool, { id, workerIds, roles }: Process): Promise<void> {
  await pool.query(
    `insert into processes (id, worker_ids, roles) values ($1, $2, $3)
     on conflict (id) do update set worker_ids = excluded.worker_ids, seen_at = now()`,
    [id, workerIds, roles],
  );
}

/** Unlocks the jobs of processes that fell silent, in the transaction that forgets them. Answers their workers. */
export async function takeOver(
  pool: pg.Pool,
  { deadAfterMs, orphans }: { readonly deadAfterMs: number; readonly orphans: boolean },
): Promise<string[]> {
  const { rows } = await pool.query<{ ids: string[] | null }>(
    `with dead as (
       delete from processes where seen_at < now() - $1 * interval '1 millisecond' returning worker_ids),
     gone as (
       select unnest(worker_ids) as id from dead
       union
       select j.locked_by from graphile_worker._private_jobs j
       where $2 and j.locked_at < now() - interval '1 minute'
         and not exists (select from processes p where j.locked_by = any(p.worker_ids))),
     ids as (select array_agg(id) as ids from gone)
     select ids.ids, case when ids.ids is not null then graphile_worker.force_unlock_workers(ids.ids) end from ids`,
    [deadAfterMs, orphans],
  );
  return rows[0]?.ids ?? [];
}
