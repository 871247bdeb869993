import type { TypedSecondFactor } from '@signalbox/contract/people/second-factor.ts';
import {
  invitation,
  invitationAcceptance,
  invitationBody,
  invitationMade,
  invitationParams,
} from '@signalbox/contract/people/session.ts';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../../platform/context.ts';
import { inSystem } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { endSession } from '../accounts.store.ts';
import { hashNewPassword } from '../accounts.ts';
import { checkSameOrigin } from '../entrance/same-origin.ts';
import { hasFactors, markSecond } from '../factors/factors.store.ts';
import { owing } from '../factors/owing.ts';
import type { People } from '../people.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { proveTyped } from '../second-factor/prove-second.ts';
import { acceptInvitation, getInvitation, invite, mustSignIn } from './invitations.ts';

const url = '/api/v1/invitations/:token';

export const invitationRoutes = (context: Context, people: People): Route[] => [
  route({
    method: 'POST',
    path: '/api/v1/invitations',
    summary: 'Invite a colleague: answers the address at which they choose a password',
    tag: 'People',
    access: 'people',
    confirmed: true,
    body: invitationBody,
    answers: { 201: invitationMade },
    handle: async ({ caller, body }) => ({
      status: 201,
      body: await invite(context, caller, body),
    }),
  }),
  route({
    method: 'GET',
    path: url,
    summary: 'Whom an invitation is for',
    tag: 'Session',
    access: 'public',
    params: invitationParams,
    answers: { 200: invitation },
    async handle({ params }) {
      const { email, name, workspaceName } = await getInvitation(context, params.token);
      return { status: 200, body: { email, name, workspaceName } };
    },
  }),
  route({
    method: 'POST',
    path: url,
    summary: 'Accept an invitation: sets the password and the session cookie',
    tag: 'Session',
    access: 'public',
    params: invitationParams,
    body: invitationAcceptance,
    answers: { 204: null },
    async handle({ params: { token }, body: { password, name, second }, request }) {
      checkSameOrigin(request);
      const { email, workspace_id: workspaceId } = await getInvitation(context, token);
      const accepted = { token, name, address: request.ip };
      const signedIn = (await mustSignIn(context.databases, { email, workspaceId }))
        ? await signInAndAccept(context, people, { ...accepted, email, password, second, request })
        : await acceptAnew(context, people, { ...accepted, email, password, request });
      await recordSignIn(context, signedIn, request.ip);
      return { status: 204, headers: { 'set-cookie': signedIn.cookies } };
    },
  }),
];

interface Accepting {
  readonly token: string;
  readonly name: string | undefined;
  readonly address: string;
  readonly email: string;
  readonly password: string;
  readonly request: FastifyRequest;
}

async function acceptAnew(
  context: Context,
  { accounts }: People,
  { email, password, request, ...accepted }: Accepting,
) {
  const account = {
    passwordHash: await hashNewPassword(context.databases, { password, email, texts: [accepted.name ?? ''] }),
  };
  await acceptInvitation(context, { ...accepted, account });
  return accounts.signIn({ email, password }, request);
}

// All of a sign-in, and the invitation with it: half of one would let the account's other half into the workspace.
async function signInAndAccept(
  context: Context,
  { accounts, guard }: People,
  { second, email, password, request, ...accepted }: Accepting & { readonly second: TypedSecondFactor | undefined },
) {
  const guess = { email, ip: request.ip, headers: request.headers };
  const { result: half } = await guard.judge(guess, () => accounts.signIn({ email, password }, request));
  const { accountId } = half;
  try {
    const hasSecond = await inSystem(context.databases.system, (tx) => hasFactors(tx, accountId));
    if (hasSecond && second === undefined) throw owing('second-factor');
    if (hasSecond && second !== undefined)
      await guard.judge({ ...guess, step: 'second' }, () => proveTyped(context, accountId, second));
    await acceptInvitation(context, { ...accepted, account: { accountId } });
    const signedIn = await accounts.begin(accountId, request);
    if (hasSecond)
      await inSystem(context.databases.system, (tx) => markSecond(tx, signedIn.sessionId, context.clock.now()));
    return signedIn;
  } finally {
    await inSystem(context.databases.system, (tx) => endSession(tx, half));
  }
}
