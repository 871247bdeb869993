import type { FastifyRequest } from 'fastify';
import { createWarner } from '../log.ts';

// Of all of this process: whoever floods it floods one log.
const warn = createWarner();

/** What is refused or cut off, without a stack. */
export function tellRefusal(
  { id, method, url, ip, server }: FastifyRequest,
  why: { readonly status?: number; readonly code?: string },
  words: string,
): void {
  const fields = { id, method, path: url.split('?')[0], address: ip, ...why };
  warn(server.log, fields, { kind: why.code ?? words, words });
}
