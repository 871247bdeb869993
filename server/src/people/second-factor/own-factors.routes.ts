import {
  attestationOptions,
  factors,
  newPasskey,
  passkeyName,
  passkeyParams,
  recoveryCodes,
  totpBegun,
  totpConfirmation,
} from '@signalbox/contract/people/second-factor.ts';
import type { Context } from '../../platform/context.ts';
import { inSystem } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import {
  beginTotp,
  countRecoveryCodes,
  findTotp,
  isRequired,
  listPasskeys,
  removePasskey,
  removeTotp,
  renamePasskey,
} from '../factors/factors.store.ts';
import { newTotp } from '../factors/totp.ts';
import { sealTotp } from '../factors/totp-secrets.ts';
import { ownSessionOf } from '../own-account/own-session-of.ts';
import type { People } from '../people.ts';
import { noteAdded, noteRemoved, noteRenewed } from './change-factors.ts';
import { proveTotp } from './prove-second.ts';

export const ownFactorRoutes = (context: Context, people: People): Route[] => [
  show(context, people),
  ...app(context, people),
  ...newPasskeys(context, people),
  ...knownPasskeys(context, people),
  renew(context, people),
];

/** Whose role asks for a second factor comes here before anything else. */
const common = { tag: 'Session', mayOwe: ['set-up'] } as const;

const show = ({ databases }: Context, people: People) =>
  route({
    ...common,
    access: 'employee',
    method: 'GET',
    path: '/api/v1/me/factors',
    summary: "One's second factors",
    answers: { 200: factors },
    async handle({ request }) {
      const { accountId } = await ownSessionOf(people, request);
      const body = await inSystem(databases.system, async (tx) => ({
        totp: (await findTotp(tx, accountId))?.isInUse === true,
        passkeys: (await listPasskeys(tx, accountId)).map(({ id, name, createdAt, lastUsedAt }) => ({
          ...{ id, name, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null },
        })),
        recoveryCodes: await countRecoveryCodes(tx, accountId),
        required: await isRequired(tx, accountId),
        passkeysWork: people.passkeys.work,
      }));
      return { status: 200, body };
    },
  });

const app = (context: Context, people: People): Route[] => [
  route({
    ...common,
    access: 'employee',
    method: 'POST',
    path: '/api/v1/me/totp',
    summary: 'Begin with an authenticator app: its secret, which counts once a code was given',
    confirmed: true,
    answers: { 200: totpBegun },
    async handle({ request }) {
      const { accountId, email } = await ownSessionOf(people, request);
      const made = newTotp(email);
      const sealed = sealTotp(context.config, accountId, made.secret);
      const isNew = await inSystem(context.databases.system, (tx) => beginTotp(tx, accountId, sealed));
      if (!isNew) throw conflict('totp-in-use', 'An authenticator app is set up already; remove it first');
      return { status: 200, body: made };
    },
  }),
  route({
    ...common,
    access: 'employee',
    method: 'POST',
    path: '/api/v1/me/totp/confirm',
    summary: 'The first code of the app: from now on it is asked for; recovery codes with the first second factor',
    confirmed: true,
    body: totpConfirmation,
    answers: { 200: recoveryCodes },
    async handle({ caller, body: { code }, request }) {
      const own = await ownSessionOf(people, request);
      await proveTotp(context, own.accountId, { code, inUse: false });
      return { status: 200, body: await noteAdded(context, caller, { own, factor: 'app', name: '' }) };
    },
  }),
  route({
    ...common,
    access: 'employee',
    method: 'DELETE',
    path: '/api/v1/me/totp',
    summary: 'Remove the authenticator app; 409 when it is the last second factor and a role asks for one',
    confirmed: true,
    answers: { 204: null },
    async handle({ caller, request }) {
      const own = await ownSessionOf(people, request);
      const isThere = await noteRemoved(context, caller, {
        ...{ own, factor: 'app' },
        remove: async (tx) => ((await removeTotp(tx, own.accountId)) ? '' : undefined),
      });
      if (!isThere) throw notFound('The authenticator app');
      return { status: 204 };
    },
  }),
];

const newPasskeys = (context: Context, people: People): Route[] => [
  route({
    ...common,
    access: 'employee',
    method: 'POST',
    path: '/api/v1/me/passkeys/options',
    summary: 'Begin with a passkey: for `navigator.credentials.create`',
    confirmed: true,
    answers: { 200: attestationOptions },
    handle: async ({ request }) => ({
      status: 200,
      body: await people.passkeys.attestationOptions(await ownSessionOf(people, request)),
    }),
  }),
  route({
    ...common,
    access: 'employee',
    method: 'POST',
    path: '/api/v1/me/passkeys',
    summary: 'Keep the passkey that the browser made; recovery codes with the first second factor',
    confirmed: true,
    body: newPasskey,
    answers: { 201: recoveryCodes },
    async handle({ caller, body, request }) {
      const own = await ownSessionOf(people, request);
      await people.passkeys.add(own, body);
      return { status: 201, body: await noteAdded(context, caller, { own, factor: 'passkey', name: body.name }) };
    },
  }),
];

const knownPasskeys = (context: Context, people: People): Route[] => [
  route({
    tag: 'Session',
    access: 'employee',
    method: 'PATCH',
    path: '/api/v1/me/passkeys/:passkey',
    summary: 'Call a passkey differently',
    params: passkeyParams,
    body: passkeyName,
    answers: { 204: null },
    async handle({ params, body: { name }, request }) {
      const { accountId } = await ownSessionOf(people, request);
      const key = { accountId, id: params.passkey };
      if (!(await inSystem(context.databases.system, (tx) => renamePasskey(tx, key, name))))
        throw notFound('The passkey');
      return { status: 204 };
    },
  }),
  route({
    ...common,
    access: 'employee',
    method: 'DELETE',
    path: '/api/v1/me/passkeys/:passkey',
    summary: 'Remove a passkey; 409 when it is the last second factor and a role asks for one',
    confirmed: true,
    params: passkeyParams,
    answers: { 204: null },
    async handle({ caller, params, request }) {
      const own = await ownSessionOf(people, request);
      const isThere = await noteRemoved(context, caller, {
        ...{ own, factor: 'passkey' },
        remove: (tx) => removePasskey(tx, { accountId: own.accountId, id: params.passkey }),
      });
      if (!isThere) throw notFound('The passkey');
      return { status: 204 };
    },
  }),
];

const renew = (context: Context, people: People) =>
  route({
    tag: 'Session',
    access: 'employee',
    method: 'POST',
    path: '/api/v1/me/recovery-codes',
    summary: 'Ten new recovery codes, shown this once; the earlier ones open nothing any more',
    confirmed: true,
    answers: { 200: recoveryCodes },
    handle: async ({ caller, request }) => ({
      status: 200,
      body: await noteRenewed(context, caller, await ownSessionOf(people, request)),
    }),
  });
