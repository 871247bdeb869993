import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createBreather } from '../apart/breathe.ts';
import { admitted } from './admitted.ts';
import { tellRefusal } from './refusal-log.ts';

export interface Patience {
  readonly lookEveryMs: number;
  /** A body has to grow by so much from one look to the next. */
  readonly leastBytes: number;
  /** How long somebody who is not known may take for one, however fast it grows. */
  readonly strangerMs: number;
  /** How long what comes after a refusal is still taken off the line, so that the refusal is heard. */
  readonly lingerMs: number;
}

const usual: Patience = { lookEveryMs: 10_000, leastBytes: 1_024, strangerMs: 20_000, lingerMs: 3_000 };

interface Unfinished {
  readonly request: FastifyRequest;
  readonly since: number;
  bytes: number;
}

/** Cuts off bodies that stand still, take too long, or go on after their request has been answered: each holds a connection. */
export function cutUnfinishedBodies(app: FastifyInstance, patience: Patience = usual): void {
  const unfinished = new Set<Unfinished>();
  app.addHook('onRequest', async (request) => {
    if (!hasBody(request)) return;
    const one = { request, since: performance.now(), bytes: request.raw.socket.bytesRead };
    unfinished.add(one);
    request.raw.once('close', () => unfinished.delete(one));
  });
  const look = () => {
    for (const one of unfinished) {
      if (!isUnfinished(one.request.raw)) unfinished.delete(one);
      else if (isTooSlow(one, patience)) cut(one.request, 'a request was cut off: its body came too slowly');
    }
  };
  const timer = setInterval(look, patience.lookEveryMs).unref();
  app.addHook('onClose', async () => clearInterval(timer));
  app.addHook('onResponse', async (request) => {
    const { raw } = request;
    if (!hasBody(request) || !isUnfinished(raw)) return;
    const late = setTimeout(() => isUnfinished(raw) && raw.socket.destroy(), patience.lingerMs).unref();
    raw.once('close', () => clearTimeout(late));
    void drop(raw);
  });
}

export function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Not all of the body has come. A request that was made without a connection says nothing of it. */
export function isUnfinished({ complete }: IncomingMessage): boolean {
  return complete === false;
}

function isTooSlow(one: Unfinished, { lookEveryMs, leastBytes, strangerMs }: Patience): boolean {
  const { raw } = one.request;
  const age = performance.now() - one.since;
  // It may have begun a moment before this look.
  if (age < lookEveryMs) return false;
  const grown = raw.socket.bytesRead - one.bytes;
  one.bytes = raw.socket.bytesRead;
  if (admitted(one.request) === undefined && age > strangerMs) return true;
  return grown < leastBytes && !waitsForUs(raw);
}

// Nothing more is taken off the line until what has come is read.
function waitsForUs(raw: IncomingMessage): boolean {
  return raw.readableLength >= raw.readableHighWaterMark;
}

// A piece of one body a turn of the event loop: flowing, thirty of them bring sixty megabytes a turn, and everybody waits.
async function drop(raw: IncomingMessage): Promise<void> {
  const breathe = createBreather({ everyMs: 0 });
  try {
    for await (const _ of raw) await breathe();
  } catch {
    // Whoever sent it has hung up, or was cut off.
  }
}

function cut(request: FastifyRequest, why: string): void {
  tellRefusal(request, {}, why);
  request.raw.socket.destroy();
}
