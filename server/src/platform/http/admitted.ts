import type { FastifyRequest } from 'fastify';
import type { Caller } from '../context.ts';
import type { Share } from './body-purse.ts';

const callers = new WeakMap<FastifyRequest, Caller>();
const shares = new WeakMap<FastifyRequest, Share>();

/** Somebody is known, and may ask for this, before anything of the body is read. */
export function admit(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

/** Who was admitted; undefined for whoever is not known. */
export function admitted(request: FastifyRequest): Caller | undefined {
  return callers.get(request);
}

/** What the body of the request holds, until `release`. */
export function hold(request: FastifyRequest, share: Share): void {
  shares.set(request, share);
}

export function release(request: FastifyRequest): void {
  shares.get(request)?.close();
  shares.delete(request);
}
