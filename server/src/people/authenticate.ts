import type { Owed } from '@signalbox/contract/people/second-factor.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, Context, Origin } from '../platform/context.ts';
import { unauthorized } from '../platform/errors.ts';
import { usualOf } from '../platform/quotas/check-quota.ts';
import type { Accounts } from './accounts.ts';
import { findKeyOwner, findSessionOwner, type KeyOwner, type Known, markKeyUsed } from './callers.store.ts';
import { checkSameOrigin } from './entrance/same-origin.ts';
import { owing } from './factors/owing.ts';
import { hashKey } from './keys.store.ts';
import { type CallMeter, createCallMeter } from './quotas/call-meter.ts';
import type { RightsBook } from './rights/rights-book.ts';
import { lookThrough } from './see-as.ts';

export interface Gatekeeper {
  /**
   * By `Authorization: Bearer <API key>` (401 if it is wrong) or the browser session; undefined = nobody known. 403 for a session that
   * owes something - a second factor, a better password - unless `mayOwe` names it.
   */
  authenticate(request: FastifyRequest, reply: FastifyReply, mayOwe?: readonly Owed[]): Promise<Caller | undefined>;
  /** The owner of an API key or an inbound webhook's secret; throws UserError `quota` when it calls too often. */
  findOwner(key: string): Promise<KeyOwner | undefined>;
  /** Somebody who proved who they are, with what they may do now. */
  admit(known: Known, via: Caller['via'], origin: Origin): Promise<Caller>;
  /** Whose key calls the most in this minute. */
  readonly mostCalls: CallMeter['most'];
  /** Forget what is remembered of keys: one was revoked, or somebody's rights have changed. */
  forget(): void;
}

/** A key's owner is remembered this long; a change in this process forgets it at once. */
const REMEMBER_MS = 2_000;
const MAX_REMEMBERED = 10_000;
const MARK_USED_EVERY_MS = 60_000;

export function createGatekeeper(context: Context, accounts: Accounts, book: RightsBook): Gatekeeper {
  const remembered = new Map<string, { owner: KeyOwner; until: number }>();

  const meter = createCallMeter();

  async function findOwner(key: string): Promise<KeyOwner | undefined> {
    const owner = await lookUp(key);
    if (owner !== undefined) meter.count(owner, owner.ownCallsLimit ?? usualOf(context.databases.app)['calls-of-key']);
    return owner;
  }

  async function lookUp(key: string): Promise<KeyOwner | undefined> {
    const hash = hashKey(key);
    const known = remembered.get(hash.toString('base64'));
    const now = context.clock.now();
    if (known !== undefined && performance.now() < known.until) return known.owner;

    const owner = await findKeyOwner(context.databases, hash, now);
    if (owner === undefined) return undefined;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(hash.toString('base64'), { owner, until: performance.now() + REMEMBER_MS });
    if (wasNotMarkedLately(owner, now)) await markKeyUsed(context.databases, owner, now);
    return owner;
  }

  async function admit(
    { workspaceId, employeeId, language }: Known,
    via: Caller['via'],
    origin: Origin,
  ): Promise<Caller> {
    const rights = await book.of({ workspaceId, employeeId });
    const role = rights.administrator ? 'admin' : 'employee';
    return { workspaceId, employeeId, role, language, via, rights, seenBy: null, seenUntil: null, origin };
  }

  return {
    findOwner,
    admit,
    mostCalls: meter.most,
    forget: () => remembered.clear(),
    async authenticate(request, reply, mayOwe = []) {
      const key = bearerOf(request);
      if (key === undefined) {
        const found = await bySession(context, accounts, request, reply);
        if (found === undefined) return undefined;
        if (found.owes !== null && !mayOwe.includes(found.owes)) throw owing(found.owes);
        const origin = { address: request.ip, session: found.session, key: null };
        const caller = { ...(await admit(found.known, 'session', origin)), confirmedAt: found.confirmedAt };
        return found.eyes === null ? caller : lookThrough({ ...context, book }, caller, found.eyes);
      }
      const owner = await findOwner(key);
      if (owner?.keyKind !== 'api') throw unauthorized('The API key is not valid');
      const caller = await admit(owner, 'key', originOf(owner, request));
      return { ...caller, onlyReads: owner.keyScope === 'read' };
    },
  };
}

async function bySession(context: Context, accounts: Accounts, request: FastifyRequest, reply: FastifyReply) {
  const session = await accounts.findSession(request);
  if (session === undefined) return undefined;
  checkSameOrigin(request);
  // better-auth prolongs a session by a new cookie.
  if (session.cookies.length > 0) reply.header('set-cookie', [...session.cookies]);
  const owner = await findSessionOwner(context.databases, { ...session, now: context.clock.now() });
  return owner && { ...owner, session: session.session, confirmedAt: session.confirmedAt };
}

/** By a key. */
export function originOf({ keyId, keyName }: KeyOwner, { ip }: FastifyRequest): Origin {
  return { address: ip, session: null, key: { id: keyId, name: keyName } };
}

function bearerOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization;
  if (header === undefined) return undefined;
  const [, key] = /^Bearer +(\S+)$/i.exec(header) ?? [];
  if (key === undefined) throw unauthorized('Send Authorization: Bearer <API key>');
  return key;
}

function wasNotMarkedLately({ lastUsedAt }: KeyOwner, now: Date): boolean {
  return lastUsedAt === null || now.getTime() - lastUsedAt.getTime() > MARK_USED_EVERY_MS;
}
