import { signInBody } from '@signalbox/contract/people/session.ts';
import type { Context } from '../platform/context.ts';
import { forbidden } from '../platform/errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import type { People } from './people.ts';
import { endOwnSession, recordSignIn, tellOfFailure } from './record-sign-in.ts';
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
      const signedIn = await accounts.signIn(body, request.headers).catch(tellOfFailure(context, guess));
      // The cookie leaves only when it is written down.
      if (!(await recordSignIn(context, signedIn, request.ip))) {
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
      const session = await accounts.findSession(request.headers);
      if (session !== undefined) await endOwnSession(context, session, request.ip);
      return { status: 204, headers: { 'set-cookie': await accounts.signOut(request.headers) } };
    },
  }),
];
