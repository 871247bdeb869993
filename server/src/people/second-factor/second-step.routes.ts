import {
  assertionOptions,
  passkeySignIn,
  secondFactor,
  secondStep,
  signInOwes,
} from '@signalbox/contract/people/second-factor.ts';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../../platform/context.ts';
import { inSystem } from '../../platform/db.ts';
import { forbidden } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import type { SignedIn } from '../accounts.ts';
import { findOwed } from '../callers.store.ts';
import { checkSameOrigin } from '../entrance/same-origin.ts';
import { countRecoveryCodes, findTotp, listPasskeys, markSecond } from '../factors/factors.store.ts';
import { isTied } from '../oidc/identities.store.ts';
import { endSessionsOf, findPasswordHash } from '../own-account/own-account.store.ts';
import { ownSessionOf } from '../own-account/own-session-of.ts';
import type { People } from '../people.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { proveSecond } from './prove-second.ts';

export const secondStepRoutes = (context: Context, people: People): Route[] => [
  show(context, people),
  give(context, people),
  challengeOwn(people),
  challengeAnybody(people),
  enter(context, people),
];

const tag = 'Session';

const show = ({ databases }: Context, people: People) =>
  route({
    method: 'GET',
    path: '/api/v1/session/second',
    summary: 'What the session owes before it opens anything, and by what that can be given',
    tag,
    access: 'employee',
    mayOwe: ['second-factor', 'set-up', 'password'],
    answers: { 200: secondStep },
    async handle({ request }) {
      const { accountId, sessionId } = await ownSessionOf(people, request);
      const owes = await findOwed(databases, { accountId, sessionId });
      const body = await inSystem(databases.system, async (tx) => ({
        owes,
        password: (await findPasswordHash(tx, accountId)) !== undefined,
        elsewhere: people.oidc !== undefined && (await isTied(tx, accountId)),
        totp: (await findTotp(tx, accountId))?.isInUse === true,
        passkeys: people.passkeys.work && (await listPasskeys(tx, accountId)).length > 0,
        recoveryCodes: (await countRecoveryCodes(tx, accountId)) > 0,
      }));
      return { status: 200, body };
    },
  });

const give = (context: Context, people: People) =>
  route({
    method: 'POST',
    path: '/api/v1/session/second',
    summary: 'Give the second factor: a new session cookie; the one before opens nothing any more',
    tag,
    access: 'employee',
    mayOwe: ['second-factor'],
    body: secondFactor,
    answers: { 204: null, 200: signInOwes },
    async handle({ body, request }) {
      const { databases } = context;
      const own = await ownSessionOf(people, request);
      const guess = { email: own.email, ip: request.ip, headers: request.headers, step: 'second' } as const;
      const doors = { ...context, passkeys: people.passkeys };
      const { deviceCookie } = await people.guard.judge(guess, () => proveSecond(doors, own, body));
      const signedIn = await people.accounts.begin(own.accountId, request);
      await inSystem(databases.system, async (tx) => {
        await markSecond(tx, signedIn.sessionId, context.clock.now());
        await endSessionsOf(tx, own.accountId, { only: own.sessionId });
      });
      return welcome(context, { signedIn, request, deviceCookie });
    },
  });

const challengeOwn = (people: People) =>
  route({
    method: 'POST',
    path: '/api/v1/session/second/passkey',
    summary: "What one of one's passkeys has to sign: for POST /session/second and POST /session/confirm",
    tag,
    access: 'employee',
    mayOwe: ['second-factor', 'set-up'],
    answers: { 200: assertionOptions },
    handle: async ({ request }) => ({
      status: 200,
      body: await people.passkeys.assertionOptions(await ownSessionOf(people, request)),
    }),
  });

const challengeAnybody = ({ passkeys }: People) =>
  route({
    method: 'POST',
    path: '/api/v1/session/passkey/options',
    summary: 'What a passkey has to sign to sign in without a password; tells nothing about anybody',
    tag,
    access: 'public',
    answers: { 200: assertionOptions },
    async handle({ request }) {
      checkSameOrigin(request);
      return { status: 200, body: await passkeys.assertionOptions('anybody') };
    },
  });

const enter = (context: Context, people: People) =>
  route({
    method: 'POST',
    path: '/api/v1/session/passkey',
    summary: 'Sign in by a passkey alone: it is both factors, for it asks for a finger or a PIN',
    tag,
    access: 'public',
    body: passkeySignIn,
    answers: { 204: null, 200: signInOwes },
    async handle({ body, request }) {
      checkSameOrigin(request);
      const { accountId } = await people.passkeys.prove('anybody', body.passkey);
      const signedIn = await people.accounts.begin(accountId, request);
      await inSystem(context.databases.system, (tx) => markSecond(tx, signedIn.sessionId, context.clock.now()));
      return welcome(context, { signedIn, request });
    },
  });

interface Arrival {
  readonly signedIn: SignedIn & { readonly sessionId: string };
  readonly request: FastifyRequest;
  readonly deviceCookie?: string;
}

// The cookie leaves only when it is written down.
async function welcome(context: Context, { signedIn, request, deviceCookie }: Arrival) {
  if (!(await recordSignIn(context, signedIn, request.ip)))
    throw forbidden('This account does not work in any workspace any more');
  const cookies = [...(deviceCookie === undefined ? [] : [deviceCookie]), ...signedIn.cookies];
  const owes = await findOwed(context.databases, signedIn);
  const headers = { 'set-cookie': cookies };
  return owes === null ? { status: 204, headers } : { status: 200, headers, body: { owes } };
}
