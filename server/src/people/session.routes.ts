import { signInBody } from '@signalbox/contract/people/session.ts';
import type { Context } from '../platform/context.ts';
import { forbidden } from '../platform/errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import { findEmployment } from './callers.store.ts';
import type { People } from './people.ts';
import { checkSameOrigin } from './same-origin.ts';

export const sessionRoutes = (context: Context, { accounts, signInLimit }: People): Route[] => [
  route({
    method: 'POST',
    path: '/api/v1/session',
    summary: 'Sign in: sets the session cookie',
    tag: 'Session',
    access: 'public',
    body: signInBody,
    answers: { 204: null },
    async handle({ body, request }) {
      checkSameOrigin(request);
      const guess = { email: body.email, ip: request.ip };
      signInLimit.begin(guess);
      const signedIn = await accounts.signIn(body, request.headers);
      if ((await findEmployment(context.databases, signedIn.accountId)) === undefined) {
        throw forbidden('This account does not work in any workspace any more');
      }
      signInLimit.succeed(guess);
      return { status: 204, headers: { 'set-cookie': signedIn.cookies } };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/session',
    summary: 'Sign out',
    tag: 'Session',
    access: 'public',
    answers: { 204: null },
    async handle({ request }) {
      checkSameOrigin(request);
      return { status: 204, headers: { 'set-cookie': await accounts.signOut(request.headers) } };
    },
  }),
];
