import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { tooLarge, unreadable } from '../errors.ts';
import { joinInTurns } from '../long-bytes/join-in-turns.ts';
import { admitted, hold, release } from './admitted.ts';
import type { Holder, Purse } from './body-purse.ts';

/** Looks at the bytes as they come, and throws what is wrong with them. */
type Watch = (chunk: Buffer) => void;

interface Reading {
  readonly purse: Purse;
  readonly watch?: Watch;
}

/** The whole body, no larger than its route takes (413) and than there is room for now (429, 503); `release` gives the room back. */
export async function readBody(request: FastifyRequest, payload: Readable, { purse, watch }: Reading): Promise<Buffer> {
  const { bodyLimit } = request.routeOptions;
  const tooLong = () => tooLarge('The body is larger than this route takes');
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) throw tooLong();
  const share = purse.open(holderOf(request));
  hold(request, share);
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of chunksOf(payload)) {
      size += chunk.length;
      if (size > bodyLimit) throw tooLong();
      share.take(chunk.length);
      watch?.(chunk);
      chunks.push(chunk);
    }
    return await joinInTurns(chunks);
  } catch (error) {
    release(request);
    throw error;
  }
}

// Left open when we stop, so that the refusal can still be answered.
async function* chunksOf(payload: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of payload.iterator({ destroyOnReturn: false })) yield chunk;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') throw brokenOff();
    throw error;
  }
}

function brokenOff() {
  return unreadable('broken-off', 'The body broke off; send it again');
}

function holderOf(request: FastifyRequest): Holder {
  const caller = admitted(request);
  if (caller === undefined) return { address: request.ip };
  return { person: `${caller.workspaceId} ${caller.employeeId}` };
}
