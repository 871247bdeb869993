import type { FastifyRequest } from 'fastify';
import { UserError } from '../../platform/errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * 403 for a change that another site makes the browser send. Browsers say where a request comes from by
 * Sec-Fetch-Site or Origin; programs send neither.
 */
export function checkSameOrigin(request: FastifyRequest): void {
  if (SAFE.has(request.method) || isSameOrigin(request)) return;
  const detail = 'This change was asked for by another site';
  throw new UserError({ status: 403, code: 'cross-site', title: 'Not allowed', detail });
}

function isSameOrigin({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}
