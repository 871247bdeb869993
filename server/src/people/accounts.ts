import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { hashPassword } from 'better-auth/crypto';
import { loadSecrets } from '../platform/config/secrets.ts';
import type { Context } from '../platform/context.ts';
import { UserError } from '../platform/errors.ts';
import { invalidAt } from '../platform/http/field-errors.ts';
import { isCommonPassword } from './entrance/common-passwords.ts';

/** Who is signed in, and the cookies that the browser has to be given. */
export interface SignedIn {
  readonly accountId: string;
  /** Which session, for the audit log: the beginning of a hash of its token. */
  readonly session: string;
  readonly cookies: readonly string[];
}

/** The session of a cookie. */
export interface Session extends SignedIn {
  readonly sessionId: string;
}

export interface Accounts {
  /** 401 when the address or the password is wrong. */
  signIn(credentials: { email: string; password: string }, headers: IncomingHttpHeaders): Promise<SignedIn>;
  /** Ends the session that the cookie names; the cookies that forget it. */
  signOut(headers: IncomingHttpHeaders): Promise<readonly string[]>;
  /** The account of the cookie; undefined for none, a forged or an ended one. */
  findSession(headers: IncomingHttpHeaders): Promise<Session | undefined>;
}

const DAY_SECONDS = 86_400;
const MIN_LENGTH = 12;

/** Accounts, passwords and sessions by better-auth, in the tables auth_*; cookies are httpOnly and SameSite=Lax. */
export function createAccounts({ databases, config, log }: Context): Accounts {
  const auth = betterAuth({
    database: { db: databases.system, type: 'postgres' },
    secret: loadSecrets(config.dataDir).keyFor('sessions').toString('base64url'),
    baseURL: config.publicUrl,
    basePath: '/auth-is-not-served',
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: MIN_LENGTH, maxPasswordLength: 128 },
    user: { modelName: 'auth_users' },
    session: { modelName: 'auth_sessions', expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS },
    account: { modelName: 'auth_accounts' },
    verification: { modelName: 'auth_verifications' },
    advanced: { cookiePrefix: 'signalbox', useSecureCookies: config.publicUrl.startsWith('https:') },
    telemetry: { enabled: false },
    logger: { level: 'error', log: (level, message) => (level === 'error' ? log.error(message) : undefined) },
  });
  return {
    async signIn(body, headers) {
      const signedIn = await refuseKindly(
        auth.api.signInEmail({ body, headers: toHeaders(headers), returnHeaders: true }),
      );
      return {
        accountId: signedIn.response.user.id,
        session: hintOf(signedIn.response.token),
        cookies: signedIn.headers.getSetCookie(),
      };
    },
    async signOut(headers) {
      const { headers: answer } = await auth.api.signOut({ headers: toHeaders(headers), returnHeaders: true });
      return answer.getSetCookie();
    },
    async findSession(headers) {
      if (headers.cookie === undefined) return undefined;
      const found = await auth.api.getSession({ headers: toHeaders(headers), returnHeaders: true });
      if (found.response === null) return undefined;
      const { user, session } = found.response;
      const cookies = found.headers.getSetCookie();
      return { accountId: user.id, session: hintOf(session.token), sessionId: session.id, cookies };
    },
  };
}

function hintOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 12);
}

/** Of a password that somebody chooses; 422 for one that is tried first. Slow on purpose (scrypt): call it outside a transaction. */
export async function hashNewPassword(password: string): Promise<string> {
  if (isCommonPassword(password))
    throw invalidAt('password', 'common-password', 'This password is one of those tried first');
  return hashPassword(password);
}

/** Nobody could choose it in a browser. */
export const isWeak = (password: string) => password.length < MIN_LENGTH || isCommonPassword(password);

/** The same for one that whoever runs the machine has set. */
export const hashGivenPassword = hashPassword;

function toHeaders(given: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const name of ['cookie', 'user-agent', 'x-forwarded-for']) {
    const value = given[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
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
