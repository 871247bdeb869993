import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.ts';
import { UserError } from '../errors.ts';

/**
 * 421 for a request that names another server: a page whose name was made to point here (DNS rebinding) would speak as one of our own.
 * Addresses and names without a dot can be nobody else's.
 */
export function refuseOtherHosts(app: FastifyInstance, { publicUrl, allowedHosts }: Config): void {
  const known = new Set([new URL(publicUrl).hostname, ...allowedHosts]);
  app.addHook('onRequest', async ({ headers }) => {
    if (headers.host === undefined || isOurs(headers.host, known)) return;
    const detail = `This server is not called ${headers.host}; name it in PUBLIC_URL or ALLOWED_HOSTS`;
    throw new UserError({ status: 421, code: 'other-host', title: 'Another server', detail });
  });
}

export function isOurs(header: string, known: ReadonlySet<string>): boolean {
  if (!URL.canParse(`http://${header}`)) return false;
  const name = new URL(`http://${header}`).hostname.replace(/\.$/, '');
  const isAddress = name.startsWith('[') || isIP(name) !== 0;
  return isAddress || !name.includes('.') || name.endsWith('.localhost') || known.has(name);
}
