import {
  invitation,
  invitationAcceptance,
  invitationBody,
  invitationMade,
  invitationParams,
} from '@signalbox/contract/people/session.ts';
import type { Context } from '../../platform/context.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { hashNewPassword } from '../accounts.ts';
import { checkSameOrigin } from '../entrance/same-origin.ts';
import type { People } from '../people.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { acceptInvitation, getInvitation, hasOwnAccount, invite } from './invitations.ts';

const url = '/api/v1/invitations/:token';

export const invitationRoutes = (context: Context, { accounts, guard }: People): Route[] => [
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
    async handle({ params: { token }, body: { password, name }, request }) {
      checkSameOrigin(request);
      const { email } = await getInvitation(context, token);
      const credentials = { email, password };
      if (await hasOwnAccount(context.databases, email)) {
        const guess = { email, ip: request.ip, headers: request.headers };
        const { result } = await guard.judge(guess, () => accounts.signIn(credentials, request));
        const { accountId } = result;
        await acceptInvitation(context, { token, name, account: { accountId }, address: request.ip });
      } else {
        const account = { passwordHash: await hashNewPassword(password) };
        await acceptInvitation(context, { token, name, account, address: request.ip });
      }
      const signedIn = await accounts.signIn(credentials, request);
      await recordSignIn(context, signedIn, request.ip);
      return { status: 204, headers: { 'set-cookie': signedIn.cookies } };
    },
  }),
];
