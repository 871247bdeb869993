import { setupBody, setupState } from '@signalbox/contract/people/setup.ts';
import { hasAccounts } from '../../people/accounts.store.ts';
import { checkSameOrigin } from '../../people/entrance/same-origin.ts';
import type { People } from '../../people/people.ts';
import { recordSignIn } from '../../people/record-sign-in.ts';
import type { Context } from '../../platform/context.ts';
import { inSystem } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { createFirstAccount } from './first-account.ts';
import { checkCode, needsCode } from './setup-code.ts';

export const setupRoutes = (context: Context, people: People): Route[] => [
  show(context, people),
  setUp(context, people),
];

const show = ({ databases, config }: Context, { mail, oidc }: People) =>
  route({
    method: 'GET',
    path: '/api/v1/setup',
    summary: 'Whether the first account has to be made',
    tag: 'Session',
    access: 'public',
    answers: { 200: setupState },
    async handle({ request }) {
      const needsFirstAccount = !(await inSystem(databases.system, hasAccounts));
      const asksForCode = needsFirstAccount && needsCode(config, request.ip);
      return {
        status: 200,
        body: {
          needsFirstAccount,
          ...(asksForCode && { needsCode: true }),
          ...(!needsFirstAccount && mail.works && { resets: true }),
          ...(oidc && { oidc: { name: oidc.name, isUp: await oidc.isUp() } }),
          sandbox: config.sandbox,
        },
      };
    },
  });

const setUp = (context: Context, { accounts }: People) =>
  route({
    method: 'POST',
    path: '/api/v1/setup',
    summary: 'Make the first account and its workspace: sets the session cookie; 409 if there is an account',
    tag: 'Session',
    access: 'public',
    body: setupBody,
    answers: { 201: setupState },
    async handle({ body, request }) {
      checkSameOrigin(request);
      const { workspaceName: name, timeZone, currency, language, code, ...first } = body;
      checkCode(context.config, request.ip, code);
      await createFirstAccount(context, {
        ...first,
        address: request.ip,
        workspace: { name, timeZone, currency, language },
      });
      const signedIn = await accounts.signIn(body, request);
      await recordSignIn(context, signedIn, request.ip);
      const state = { needsFirstAccount: false, sandbox: context.config.sandbox, workspaceName: name };
      return { status: 201, body: state, headers: { 'set-cookie': signedIn.cookies } };
    },
  });
