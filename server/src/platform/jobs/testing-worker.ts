import pg from 'pg';
import { silentLog } from '../log.ts';
import { startHeartbeat } from './heartbeat.ts';
import { startWorker } from './worker.ts';

// A worker process for tests: says when it has begun a job and others know of it, and never ends one.
const pool = new pg.Pool({ connectionString: process.argv[2] });
const heartbeat = await startHeartbeat({ pool, log: silentLog, roles: 'worker', everyMs: 100 });
const never = new Promise<void>(() => {});
let isKnown = Promise.resolve();
const onWorkers = (ids: readonly string[]) => {
  isKnown = heartbeat.setWorkers(ids);
};
await startWorker({ pool, log: silentLog, onWorkers }, [
  {
    name: 'test-job',
    run: async () => {
      await isKnown;
      process.stdout.write('begun\n');
      return never;
    },
  },
]);
