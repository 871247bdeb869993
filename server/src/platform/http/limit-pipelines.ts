import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { tellRefusal } from './refusal-log.ts';

/** No browser sends a second request before the first is answered; of programs the boldest send ten. */
const MOST_AT_ONCE = 20;

/** Cuts off connections on which very many requests are sent without waiting for answers: each would be worked on at once, before everybody else's. */
export function limitPipelines(app: FastifyInstance): void {
  const open = new WeakMap<Socket, number>();
  app.addHook('onRequest', async (request, reply) => {
    const { socket } = request.raw;
    open.set(socket, (open.get(socket) ?? 0) + 1);
    reply.raw.once('close', () => open.set(socket, (open.get(socket) ?? 1) - 1));
    if ((open.get(socket) ?? 0) <= MOST_AT_ONCE) return;
    if (!socket.destroyed) tellRefusal(request, {}, 'a connection was cut off: too many requests on it at once');
    socket.destroy();
    return reply.hijack();
  });
}
