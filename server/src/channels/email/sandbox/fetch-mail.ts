import type { FastifyInstance } from 'fastify';
import type { SandboxFetcher } from './machines.ts';

export interface Fetched {
  readonly status: number;
  readonly location: string | null;
}

/** Fetches our own public address through the real handler, as that fetcher: no session, its user agent, its address. */
export async function fetchAs(server: FastifyInstance, fetcher: SandboxFetcher, path: string): Promise<Fetched> {
  const request = { url: path, remoteAddress: fetcher.address, headers: { 'user-agent': fetcher.userAgent } };
  if (fetcher.asksHead) await server.inject({ ...request, method: 'HEAD' });
  const { statusCode, headers } = await server.inject({ ...request, method: 'GET' });
  return { status: statusCode, location: typeof headers.location === 'string' ? headers.location : null };
}

/** The pixel's path in a mail; undefined when it is not tracked. */
export function pixelIn(html: string | null): string | undefined {
  return /\/t\/o\/[\w.-]+\.gif/.exec(html ?? '')?.[0];
}

/** The paths of all rewritten links. */
export function clicksIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\/t\/c\/[\w.-]+/g)].map(([path]) => path.replace(/\.+$/, '')))];
}
