import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Context } from '../platform/context.ts';
import { unauthorized } from '../platform/errors.ts';
import { readBacklog } from './backlog.store.ts';

/** GET /metrics in Prometheus' text: requests, the process, and what is waiting. */
export function addMetrics(app: FastifyInstance, { databases, config }: Context): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'signalbox_http_request_seconds',
    help: 'Time to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  const waiting = new Gauge({
    name: 'signalbox_backlog',
    help: 'What is waiting: signals, runs due, deliveries due, channels paused, undecidable signals, and mail that could not be read whole',
    labelNames: ['of'] as const,
    registers: [registry],
  });
  const oldest = new Gauge({
    name: 'signalbox_backlog_oldest_seconds',
    help: 'How long the oldest undecided signal has waited',
    registers: [registry],
  });

  app.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode };
    requests.observe(labels, reply.elapsedTime / 1_000);
  });
  app.get('/metrics', async (request, reply) => {
    checkMayMeasure(request, config.metricsToken);
    const { oldestSeconds, ...counts } = await readBacklog(databases);
    for (const [of, count] of Object.entries(counts)) waiting.set({ of }, count);
    oldest.set(oldestSeconds);
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

const ownMachine = /^(127(\.\d+){3}|::1|::ffff:127(\.\d+){3})$/;

// How much business there is, and when, is nobody else's business.
function checkMayMeasure({ headers, ip }: FastifyRequest, token: string | undefined): void {
  const given = headers.authorization;
  const isKnown = token !== undefined && given !== undefined && isSame(given, `Bearer ${token}`);
  if (!isKnown && (token !== undefined || !ownMachine.test(ip)))
    throw unauthorized('Send Authorization: Bearer <METRICS_TOKEN>; without one only this machine is answered');
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
