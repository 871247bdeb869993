import { health } from '@signalbox/contract/health.ts';
import type { Context } from '../platform/context.ts';
import { type Route, route } from '../platform/http/http.ts';
import { readBacklog } from './backlog.store.ts';

/** GET /healthz: 200 when this process can do its work, else 503 (interfaces.md, HTTP). */
export const healthRoutes = ({ databases, log }: Context): Route[] => [
  route({
    method: 'GET',
    path: '/healthz',
    summary: 'Whether this process can do its work, and what is waiting',
    tag: 'Operation',
    access: 'public',
    answers: { 200: health, 503: health },
    async handle() {
      const backlog = await readBacklog(databases).catch((error) => {
        log.error({ err: error }, 'the database does not answer');
        return undefined;
      });
      if (backlog !== undefined) return { status: 200, body: { status: 'ok', database: 'ok', backlog } };
      const unknown = {
        ...{ signals: 0, oldestSeconds: 0, runsDue: 0, deliveriesDue: 0, channelsPaused: 0 },
        ...{ undecidable: 0, mailUnreadable: 0 },
      };
      return { status: 503, body: { status: 'failing', database: 'unreachable', backlog: unknown } };
    },
  }),
];
