import { confirmation, passwordChange, passwordChanged } from '@signalbox/contract/people/own-account.ts';
import { verifyPassword } from 'better-auth/crypto';
import type { FastifyRequest } from 'fastify';
import { record } from '../../audit/record.ts';
import { authorBy } from '../../platform/author.ts';
import type { Caller, Context } from '../../platform/context.ts';
import { inSystem } from '../../platform/db.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { setAccountPassword } from '../accounts.store.ts';
import { hashNewPassword, type Session } from '../accounts.ts';
import { listKeys, presentKey, revokeKeysOf } from '../keys.store.ts';
import type { People } from '../people.ts';
import { endSessionsOf, findPasswordHash, markConfirmed } from './own-account.store.ts';
import { ownSessionOf } from './own-session-of.ts';

export const ownPasswordRoutes = (context: Context, people: People): Route[] => [
  confirm(context, people),
  isConfirmed(),
  change(context, people),
];

const tag = 'Session';

const confirm = (context: Context, people: People) =>
  route({
    method: 'POST',
    path: '/api/v1/session/confirm',
    summary: 'Give the password, or a passkey, once more: what matters is open for a quarter of an hour',
    tag,
    access: 'employee',
    mayOwe: ['set-up'],
    body: confirmation,
    answers: { 204: null },
    async handle({ body, request }) {
      const own = await ownSessionOf(people, request);
      if ('passkey' in body) await people.passkeys.prove(own, body.passkey);
      else await checkPassword(context, people, { own, request, password: body.password, path: 'password' });
      await inSystem(context.databases.system, (tx) => markConfirmed(tx, own.sessionId, context.clock.now()));
      return { status: 204 };
    },
  });

const isConfirmed = () =>
  route({
    method: 'GET',
    path: '/api/v1/session/confirm',
    summary: 'Whether the password was given in the last quarter of an hour: 403 confirm-password when not',
    tag,
    access: 'employee',
    mayOwe: ['set-up'],
    confirmed: true,
    answers: { 204: null },
    handle: async () => ({ status: 204 }),
  });

const change = (context: Context, people: People) =>
  route({
    method: 'POST',
    path: '/api/v1/me/password',
    summary: "Change one's password: ends one's other sessions, and one's keys if so wished",
    tag,
    access: 'employee',
    mayOwe: ['password'],
    body: passwordChange,
    answers: { 200: passwordChanged },
    async handle({ caller, body, request }) {
      const own = await ownSessionOf(people, request);
      await checkPassword(context, people, { own, request, password: body.current, path: 'current' });
      const passwordHash = await hashNewPassword(context.databases, { password: body.password, email: own.email });
      const keys = await replace(context, caller, { own, passwordHash, revokeKeys: body.revokeKeys });
      people.gatekeeper.forget();
      return { status: 200, body: { keys } };
    },
  });

interface Given {
  readonly own: Session;
  readonly request: FastifyRequest;
  readonly password: string;
  readonly path: string;
}

async function checkPassword(
  { databases }: Context,
  { guard }: People,
  { own, request, password, path }: Given,
): Promise<void> {
  const hash = await inSystem(databases.system, (tx) => findPasswordHash(tx, own.accountId));
  await guard.judge({ email: own.email, ip: request.ip, headers: request.headers }, async () => {
    const isRight = hash !== undefined && (await verifyPassword({ hash, password }));
    if (!isRight) throw invalidAt(path, 'wrong-password', 'This is not the password of this account');
  });
}

interface Replacement {
  readonly own: Session;
  readonly passwordHash: string;
  readonly revokeKeys: boolean;
}

function replace({ databases, clock }: Context, caller: Caller, { own, passwordHash, revokeKeys }: Replacement) {
  const { workspaceId, employeeId } = caller;
  const now = clock.now();
  return inSystem(databases.system, async (tx) => {
    await setAccountPassword(tx, own.accountId, passwordHash);
    await markConfirmed(tx, own.sessionId, now);
    const count = await endSessionsOf(tx, own.accountId, { allBut: own.sessionId });
    if (revokeKeys) await revokeKeysOf(tx, { workspaceId, employeeId, now });
    await record(tx, { kind: 'password-changed', workspaceId }, authorBy(caller));
    if (count > 0) await record(tx, { kind: 'sessions-ended', workspaceId, params: { count } }, authorBy(caller));
    return (await listKeys(tx, workspaceId, employeeId)).map(presentKey);
  });
}
