import { createHash } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { hashPassword } from 'better-auth/crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { loadSecrets } from '../platform/config/secrets.ts';
import type { Context } from '../platform/context.ts';
import { type Databases, inSystem } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { invalidAt } from '../platform/http/field-errors.ts';
import { listOwnTexts, markSeen, removeSession } from './accounts.store.ts';
import { isCommonPassword } from './entrance/common-passwords.ts';
import { cookiePrefix, isBehindTls } from './entrance/cookies.ts';
import { isOfOwnWords } from './entrance/own-words.ts';

/** Who is signed in, and the cookies that the browser has to be given. */
export interface SignedIn {
  readonly accountId: string;
  /** The address that the account is known by. */
  readonly email: string;
  /** Which session, for the audit log: the beginning of a hash of its token. */
  readonly session: string;
  readonly cookies: readonly string[];
}

/** The session of a cookie. */
export interface Session extends SignedIn {
  readonly sessionId: string;
  /** When the password was last given in it. */
  readonly confirmedAt: Date;
}

type Asking = Pick<FastifyRequest, 'headers' | 'ip' | 'url'>;

export interface Accounts {
  /** 401 when the address or the password is wrong. */
  signIn(credentials: { email: string; password: string }, request: Asking): Promise<SignedIn>;
  /** A session of somebody who has proved by something else who they are. */
  begin(accountId: string, request: Asking): Promise<SignedIn & { readonly sessionId: string }>;
  /** Ends the session that the cookie names; the cookies that forget it. */
  signOut(request: Asking): Promise<readonly string[]>;
  /** The account of the cookie; undefined for none, a forged or an ended one, and one that was not used for long. */
  findSession(request: Asking): Promise<Session | undefined>;
}

const DAY_SECONDS = 86_400;
const MIN_LENGTH = 12;

/** Accounts, passwords and sessions by better-auth, in the tables auth_*; cookies are httpOnly and SameSite=Lax. */
export function createAccounts(context: Context): Accounts {
  const { databases, config, clock, log } = context;
  const now = () => clock.now();
  const auth = betterAuth({
    database: { db: databases.system, type: 'postgres' },
    secret: loadSecrets(config.dataDir).keyFor('sessions').toString('base64url'),
    baseURL: config.publicUrl,
    basePath: '/auth-is-not-served',
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: MIN_LENGTH, maxPasswordLength: 128 },
    user: { modelName: 'auth_users' },
    session: {
      ...{ modelName: 'auth_sessions', expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS },
      additionalFields: {
        confirmedAt: { type: 'date', input: false, defaultValue: now },
        seenAt: { type: 'date', input: false, defaultValue: now },
      },
    },
    account: { modelName: 'auth_accounts' },
    verification: { modelName: 'auth_verifications' },
    // Its own `__Secure-` would stand before the prefix.
    advanced: {
      ...{ cookiePrefix: cookiePrefix(config), useSecureCookies: false },
      defaultCookieAttributes: { secure: isBehindTls(config) },
    },
    telemetry: { enabled: false },
    plugins: [{ id: 'signalbox', endpoints: { beginSession } }],
    logger: { level: 'error', log: (level, message) => (level === 'error' ? log.error(message) : undefined) },
  });
  return {
    async signIn(body, request) {
      const signedIn = await refuseKindly(
        auth.api.signInEmail({ body, headers: toHeaders(request), returnHeaders: true }),
      );
      return {
        accountId: signedIn.response.user.id,
        email: signedIn.response.user.email,
        session: hintOf(signedIn.response.token),
        cookies: signedIn.headers.getSetCookie(),
      };
    },
    async begin(userId, request) {
      const { response, headers } = await auth.api.beginSession({
        ...{ body: { userId }, headers: toHeaders(request), returnHeaders: true },
      });
      const { token, sessionId, email } = response;
      return { accountId: userId, email, session: hintOf(token), sessionId, cookies: headers.getSetCookie() };
    },
    async signOut(request) {
      const { headers: answer } = await auth.api.signOut({ headers: toHeaders(request), returnHeaders: true });
      return answer.getSetCookie();
    },
    async findSession(request) {
      if (request.headers.cookie === undefined) return undefined;
      const found = await auth.api.getSession({ headers: toHeaders(request), returnHeaders: true });
      if (found.response === null) return undefined;
      const { user, session } = found.response;
      if (!(await stillUsed(context, { ...session, isUse: isUse(request) }))) return undefined;
      const { id: sessionId, confirmedAt } = session;
      const cookies = found.headers.getSetCookie();
      const own = { accountId: user.id, email: user.email, session: hintOf(session.token) };
      return { ...own, sessionId, confirmedAt, cookies };
    },
  };
}

// Of our own, for there is no password to give; it is called from here alone, for nothing of better-auth is served.
const beginSession = createAuthEndpoint(
  '/begin-session',
  { method: 'POST', body: z.object({ userId: z.string() }) },
  async (ctx) => {
    const { internalAdapter } = ctx.context;
    const user = await internalAdapter.findUserById(ctx.body.userId);
    if (user === null) throw new APIError('NOT_FOUND');
    const session = await internalAdapter.createSession(user.id);
    await setSessionCookie(ctx, { session, user });
    return ctx.json({ token: session.token, sessionId: session.id, email: user.email });
  },
);

function hintOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 12);
}

interface NewPassword {
  readonly password: string;
  /** Whose it is. */
  readonly email: string;
  /** What else is known of them before they are kept: their name, their company's. */
  readonly texts?: readonly string[];
  readonly workspaceId?: number;
}

/**
 * Of a password that somebody chooses; 422 for one that is tried first, and for one of words that everybody knows of them. Slow on purpose
 * (scrypt): call it outside a transaction.
 */
export async function hashNewPassword(
  { system }: Pick<Databases, 'system'>,
  { password, email, texts = [], workspaceId }: NewPassword,
): Promise<string> {
  if (isCommonPassword(password))
    throw invalidAt('password', 'common-password', 'This password is one of those tried first');
  const known = await inSystem(system, (tx) => listOwnTexts(tx, { email, workspaceId }));
  if (isOfOwnWords(password, [email, ...texts, ...known]))
    throw invalidAt('password', 'own-words', 'This password is made of names that others know');
  return hashPassword(password);
}

/** Nobody could choose it in a browser. */
export const isWeak = (password: string) => password.length < MIN_LENGTH || isCommonPassword(password);

// The address as we believe it (TRUSTED_PROXIES), in the header where better-auth looks for it.
function toHeaders({ headers: given, ip }: Asking): Headers {
  const headers = new Headers({ 'x-forwarded-for': ip });
  for (const name of ['cookie', 'user-agent']) {
    const value = given[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
}

/** An open screen that nobody touches goes on following what happens; that keeps no session alive. */
const isUse = ({ headers, url }: Asking) => headers['x-unattended'] === undefined && !url.startsWith('/api/v1/stream');

/** Written down this often. */
const SEEN_EVERY_MS = 60_000;

async function stillUsed(
  { databases, config, clock }: Context,
  { id, seenAt, isUse }: { readonly id: string; readonly seenAt: Date; readonly isUse: boolean },
): Promise<boolean> {
  const now = clock.now();
  const idleMs = now.getTime() - seenAt.getTime();
  if (idleMs <= SEEN_EVERY_MS) return true;
  const isAlive = idleMs <= config.sessionIdleMinutes * 60_000;
  if (!isAlive) await inSystem(databases.system, (tx) => removeSession(tx, id));
  else if (isUse) await inSystem(databases.system, (tx) => markSeen(tx, id, now));
  return isAlive;
}

async function refuseKindly<T>(signIn: Promise<T>): Promise<T> {
  try {
    return await signIn;
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) throw wrongPassword();
    throw error;
  }
}

export function wrongPassword(): UserError {
  const detail = 'The e-mail address or the password is wrong';
  return new UserError({ status: 401, code: 'wrong-password', title: 'Not signed in', detail });
}
