import type { FastifyRequest } from 'fastify';
import { undecidableRoutes } from '../automation/drain/undecidable.routes.ts';
import { emailRoutes } from '../channels/email/emails.routes.ts';
import { sandboxRoutes } from '../channels/email/sandbox/sandbox.routes.ts';
import { judgeReported } from '../channels/email/tracking/judge-visit.ts';
import { trackingRoutes } from '../channels/email/tracking/tracking.routes.ts';
import { trackingKey } from '../channels/email/tracking/tracking-key.ts';
import { findCallerByAccount } from '../people/callers.store.ts';
import type { People } from '../people/people.ts';
import type { Context } from '../platform/context.ts';
import type { Route } from '../platform/http/http.ts';
import type { Weigh } from '../signals/parse-signals.ts';
import type { Recorder } from '../signals/recorder.ts';
import { signalRoutes } from '../signals/signals.routes.ts';

export interface RouteParts {
  readonly people: People;
  readonly recorder: Recorder;
}

/** The routes that need something injected, or that stand above `api/routes.ts`'s own. */
export function makeRoutes(context: Context, { people, recorder }: RouteParts): Route[] {
  const key = trackingKey(context);
  return [
    ...signalRoutes(context, { recorder, weigh }),
    ...undecidableRoutes(context),
    ...emailRoutes(context),
    ...sandboxRoutes(context, { key }),
    ...trackingRoutes(context, {
      key,
      findEmployee: (request) => findEmployee(context, people, request),
    }),
  ];
}

/** An employee is known only by a signed-in session (semantics.md 9.2). */
async function findEmployee({ databases }: Context, { accounts }: People, request: FastifyRequest) {
  const session = await accounts.findSession(request.headers);
  return session === undefined ? undefined : findCallerByAccount(databases, session.accountId);
}

const weighed = ['email.opened', 'email.link-clicked'];

/** A reported open or click is a machine's if its user agent or address says so and the reporter has not weighed it (semantics.md 9.1). */
const weigh: Weigh = (kind, payload) => {
  if (!weighed.includes(kind) || payload.machine !== undefined) return payload;
  const { machine, evidence } = judgeReported({ userAgent: textOf(payload.userAgent), ip: textOf(payload.ip) });
  return { ...payload, machine, evidence };
};

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
