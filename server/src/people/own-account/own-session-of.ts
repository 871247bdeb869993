import type { FastifyRequest } from 'fastify';
import { forbidden } from '../../platform/errors.ts';
import type { Session } from '../accounts.ts';
import type { People } from '../people.ts';

/** The session that asks, whoever's eyes it looks through; 403 for a key, which belongs to an employee and not to their account. */
export async function ownSessionOf({ accounts }: People, request: FastifyRequest): Promise<Session> {
  const session = request.headers.authorization === undefined ? await accounts.findSession(request) : undefined;
  if (session === undefined) throw forbidden('Only who has signed in with a browser may do this');
  return session;
}
