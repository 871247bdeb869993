import type { FastifyInstance, FastifyReply } from 'fastify';
import type { People } from '../people/people.ts';
import type { Context } from '../platform/context.ts';
import { UserError, unauthorized } from '../platform/errors.ts';
import { createSieve } from './stream-sieve.ts';

const HEARTBEAT_MS = 20_000;
const MAX_UNREAD_BYTES = 1_048_576;
/** Of one person: a stream a tab, and each asks what its person may see. */
const MAX_STREAMS = 20;

/** GET /api/v1/stream: server-sent events `{topic, kind, id}` of the caller's workspace, own notifications only to their owner. */
export function addStream(app: FastifyInstance, context: Context, { gatekeeper, rights }: People): void {
  const { realtime } = context;
  const open = new Set<FastifyReply>();
  const seats = createSeats();
  app.get('/api/v1/stream', async (request, reply) => {
    const caller = await gatekeeper.authenticate(request, reply);
    if (caller === undefined) throw unauthorized();

    const giveBack = seats.take(`${caller.workspaceId} ${caller.seenBy ?? caller.employeeId}`);
    startEvents(reply);
    open.add(reply);
    const sieve = createSieve(context, {
      // Rights are asked for anew each time: they change while a stream is open.
      rights: () => rights.of(caller),
      workspaceId: caller.workspaceId,
      send: (event) => send(reply, `data: ${JSON.stringify(event)}\n\n`),
    });
    const leave = realtime.subscribe(caller.workspaceId, caller.employeeId, sieve.take);
    const isStillThem = async () => {
      const now = await gatekeeper.authenticate(request, reply).catch(() => undefined);
      return now?.employeeId === caller.employeeId && now.seenBy === caller.seenBy;
    };
    const heartbeat = setInterval(async () => {
      if (await isStillThem()) send(reply, ': still here\n\n');
      else reply.raw.end();
    }, HEARTBEAT_MS);
    // Browsers open it again, as whoever they are now.
    const forget = realtime.subscribe(caller.workspaceId, caller.seenBy ?? caller.employeeId, async ({ topic }) => {
      if (topic === 'eyes' && !(await isStillThem())) reply.raw.end();
    });
    reply.raw.on('close', () => {
      clearInterval(heartbeat);
      leave();
      forget();
      sieve.stop();
      open.delete(reply);
      giveBack();
    });
  });
  // A stream never ends by itself: the server could not close.
  app.addHook('preClose', async () => {
    for (const reply of open) reply.raw.end();
  });
}

/** As many streams as one person may have; 429 for one more. */
function createSeats() {
  const taken = new Map<string, number>();
  const add = (who: string, one: 1 | -1) => {
    const now = (taken.get(who) ?? 0) + one;
    if (now === 0) taken.delete(who);
    else taken.set(who, now);
  };
  return {
    take(who: string): () => void {
      if ((taken.get(who) ?? 0) >= MAX_STREAMS) throw tooManyStreams();
      add(who, 1);
      return () => add(who, -1);
    },
  };
}

function tooManyStreams(): UserError {
  const detail = `Events are followed ${MAX_STREAMS} times already; close some tabs`;
  return new UserError({ status: 429, code: 'too-many-streams', title: 'Too many tabs', detail });
}

// Who does not read is cut off, and fetches everything anew on coming back. What is told at once goes out in one write.
function send({ raw }: FastifyReply, text: string): void {
  if (raw.writableLength > MAX_UNREAD_BYTES) {
    raw.destroy();
    return;
  }
  if (raw.writableCorked === 0) {
    raw.cork();
    process.nextTick(() => raw.uncork());
  }
  raw.write(text);
}

function startEvents(reply: FastifyReply): void {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value);
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    connection: 'keep-alive',
  });
  reply.raw.write('retry: 2000\n\n');
}
