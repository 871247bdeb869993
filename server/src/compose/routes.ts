import type { FastifyRequest } from 'fastify';
import { checkMayRecord } from '../access/may-record.ts';
import { testChannelRoutes } from '../connections/test-channel.routes.ts';
import { outboxRoutes } from '../outbox/outbox.routes.ts';
import type { RouteDoors } from '../parts/part.ts';
import { findEmployment } from '../people/callers.store.ts';
import type { Context } from '../platform/context.ts';
import type { Route } from '../platform/http/http.ts';
import { signalRoutes } from '../signals/signals.routes.ts';
import { listeners, parts, weigh } from './parts.ts';

export type RouteParts = Pick<RouteDoors, 'people' | 'recorder'>;

/** The routes that need something injected, and those of the parts; the others stand in `api/routes.ts`. */
export function makeRoutes(context: Context, { people, recorder }: RouteParts): Route[] {
  const findEmployee = async (request: FastifyRequest) => {
    const session = await people.accounts.findSession(request);
    return session === undefined ? undefined : findEmployment(context.databases, session.accountId);
  };
  const doors = { people, recorder, findEmployee };
  return [
    ...signalRoutes(context, {
      ...{ recorder, weigh },
      checkMayRecord: (caller, posted) => checkMayRecord(context, caller, posted),
    }),
    ...outboxRoutes(context, listeners),
    ...testChannelRoutes(context, (kind) => parts.find(({ channels }) => channels?.includes(kind))?.test),
    ...parts.flatMap((part) => part.routes?.(context, doors) ?? []),
    ...(context.config.sandbox ? parts.flatMap((part) => part.sandbox?.(context, doors) ?? []) : []),
  ];
}
