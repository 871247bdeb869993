import { statfs } from 'node:fs/promises';
import { type Health, health } from '@signalbox/contract/health.ts';
import { listTroubles } from '../platform/config/troubles.ts';
import type { Context } from '../platform/context.ts';
import { type Route, route } from '../platform/http/http.ts';
import { readBacklog } from './backlog.store.ts';

/** GET /healthz: 200 when this process can do its work, else 503 (interfaces.md, HTTP). */
export const healthRoutes = ({ databases, log, config }: Context): Route[] => [
  route({
    method: 'GET',
    path: '/healthz',
    summary: 'Whether this process can do its work, why not, and what is waiting',
    tag: 'Operation',
    access: 'public',
    answers: { 200: health, 503: health },
    async handle() {
      const asked = readBacklog(databases).catch((error) => {
        log.error({ err: error }, 'the database does not answer');
        return undefined;
      });
      const [backlog, disk] = await Promise.all([asked, lookAtDisk(config.dataDir)]);
      const failing = [...(backlog === undefined ? ['The database does not answer'] : []), ...wrongWith[disk]];
      const status = failing.length === 0 ? 'ok' : 'failing';
      const why = [...failing, ...listTroubles(databases)];
      const database = backlog === undefined ? 'unreachable' : 'ok';
      return {
        status: status === 'ok' ? 200 : 503,
        body: { status, database, disk, why, backlog: backlog ?? unknownBacklog },
      };
    },
  }),
];

type Disk = Health['disk'];

/** PostgreSQL needs about this much at a time for its log. */
const LEAST_FREE_BYTES = 32 * 1024 * 1024;

const wrongWith: Readonly<Record<Disk, readonly string[]>> = {
  ok: [],
  full: ['The disk of DATA_DIR is full: make room on it'],
  unreachable: ['DATA_DIR cannot be read'],
};

async function lookAtDisk(folder: string): Promise<Disk> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize < LEAST_FREE_BYTES ? 'full' : 'ok';
  } catch {
    return 'unreachable';
  }
}

const unknownBacklog = {
  ...{ signals: 0, oldestSeconds: 0, runsDue: 0, deliveriesDue: 0, channelsPaused: 0 },
  ...{ undecidable: 0, mailUnreadable: 0 },
};
