import { signInOwes } from '@signalbox/contract/people/second-factor.ts';
import { seeAsBody, signInBody } from '@signalbox/contract/people/session.ts';
import type { Context } from '../platform/context.ts';
import { inSystem } from '../platform/db.ts';
import { forbidden, unauthorized } from '../platform/errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import { setWeak } from './accounts.store.ts';
import { isWeak } from './accounts.ts';
import { findOwed } from './callers.store.ts';
import { checkSameOrigin } from './entrance/same-origin.ts';
import type { People } from './people.ts';
import { endOwnSession, recordSignIn } from './record-sign-in.ts';
import { beginSeeing, endSeeing } from './see-as.ts';

export const sessionRoutes = (context: Context, people: People): Route[] => [
  ...comeAndGo(context, people),
  seeAs(context, people),
  beOneself(context, people),
];

const comeAndGo = (context: Context, { accounts, guard }: People): Route[] => [
  route({
    method: 'POST',
    path: '/api/v1/session',
    summary: 'Sign in: sets the session cookie; 200 when the session owes something before it opens anything',
    tag: 'Session',
    access: 'public',
    body: signInBody,
    answers: { 204: null, 200: signInOwes },
    async handle({ body, request }) {
      checkSameOrigin(request);
      const guess = { email: body.email, ip: request.ip, headers: request.headers };
      const { result: signedIn, deviceCookie } = await guard.judge(guess, () => accounts.signIn(body, request));
      if (isWeak(body.password))
        await inSystem(context.databases.system, (tx) => setWeak(tx, signedIn.accountId, true));
      const owes = await findOwed(context.databases, { accountId: signedIn.accountId, sessionId: '' });
      // Half of it is no sign-in yet, and whoever knows the password alone is not known by their browser from now on.
      if (owes === 'second-factor') return { status: 200, body: { owes }, headers: { 'set-cookie': signedIn.cookies } };
      // The cookie leaves only when it is written down.
      if (!(await recordSignIn(context, signedIn, request.ip))) {
        throw forbidden('This account does not work in any workspace any more');
      }
      const headers = { 'set-cookie': [deviceCookie, ...signedIn.cookies] };
      return owes === null ? { status: 204, headers } : { status: 200, headers, body: { owes } };
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
      const session = await accounts.findSession(request);
      if (session !== undefined) await endOwnSession(context, session, request.ip);
      return { status: 204, headers: { 'set-cookie': await accounts.signOut(request) } };
    },
  }),
];

const seeAs = (context: Context, { accounts }: People) =>
  route({
    method: 'POST',
    path: '/api/v1/session/see-as',
    summary: "Look at the product through somebody else's eyes for an hour: what they may read, and nothing is changed",
    tag: 'Session',
    access: 'people',
    body: seeAsBody,
    answers: { 204: null },
    async handle({ caller, body, request }) {
      if (caller.via !== 'session') throw forbidden('Only who has signed in with a browser sees as somebody else');
      const session = await accounts.findSession(request);
      if (session === undefined) throw unauthorized();
      await beginSeeing(context, caller, { sessionId: session.sessionId, employeeId: body.employee });
      return { status: 204 };
    },
  });

const beOneself = (context: Context, { accounts }: People) =>
  route({
    method: 'DELETE',
    path: '/api/v1/session/see-as',
    summary: "Look through no eyes but one's own again",
    tag: 'Session',
    access: 'public',
    answers: { 204: null },
    async handle({ request }) {
      checkSameOrigin(request);
      const session = await accounts.findSession(request);
      if (session === undefined) throw unauthorized();
      await endSeeing(context, session, request.ip);
      return { status: 204 };
    },
  });
