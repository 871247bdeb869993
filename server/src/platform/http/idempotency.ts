import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { authorBy, sign } from '../author.ts';
import type { Answer, Caller, Context } from '../context.ts';
import { inWorkspace, type Tx } from '../db.ts';
import { conflict, UserError } from '../errors.ts';

export type Write = (work: (tx: Tx) => Promise<Answer>) => Promise<Answer>;

const MAX_KEY_LENGTH = 255;

/**
 * A transaction that the caller signs (author.ts) and that heeds `Idempotency-Key` (interfaces.md, HTTP). The answer is kept in the same transaction as the
 * work, so that after any crash either both are there or neither.
 */
export function writeOnce({ databases }: Context, caller: Caller, request: FastifyRequest): Write {
  const key = idempotencyKeyOf(request);
  const signed = (work: (tx: Tx) => Promise<Answer>) =>
    inWorkspace(databases.app, caller.workspaceId, (tx) => {
      sign(tx, authorBy(caller));
      return work(tx);
    });
  if (key === undefined) return signed;

  return (work) =>
    signed(async (tx) => {
      const claim = { ...ownerOf(caller), key, requestHash: hashRequest(request) };
      const earlier = await claimKey(tx, claim);
      if (earlier !== undefined) return earlier;

      const answer = await work(tx);
      await keepAnswer(tx, claim, answer);
      return answer;
    });
}

interface Claim {
  readonly workspaceId: number;
  readonly employeeId: number;
  readonly key: string;
  readonly requestHash: string;
}

async function claimKey(tx: Tx, claim: Claim): Promise<Answer | undefined> {
  if (!(await isOnlyOne(tx, claim))) {
    throw conflict(
      'idempotency-in-flight',
      'A request with this Idempotency-Key is being worked on; try again shortly',
    );
  }
  const earlier = await tx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'status', 'body'])
    .where('workspace_id', '=', claim.workspaceId)
    .where('employee_id', '=', claim.employeeId)
    .where('key', '=', claim.key)
    .where(isOfToday)
    .executeTakeFirst();
  if (earlier === undefined || earlier.status === null) return undefined;
  if (earlier.request_hash !== claim.requestHash) throw otherRequest();
  return { status: earlier.status, body: earlier.body ?? undefined, headers: { 'idempotent-replayed': 'true' } };
}

// The lock goes with the transaction, also when the process dies.
async function isOnlyOne(tx: Tx, claim: Claim): Promise<boolean> {
  const name = `idempotency ${claim.workspaceId} ${claim.employeeId} ${claim.key}`;
  const { rows } = await sql<{
    free: boolean;
  }>`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as free`.execute(tx);
  return rows[0]?.free === true;
}

async function keepAnswer(tx: Tx, claim: Claim, answer: Answer): Promise<void> {
  // One that is too old and not removed yet.
  await tx
    .deleteFrom('idempotency_keys')
    .where('workspace_id', '=', claim.workspaceId)
    .where('employee_id', '=', claim.employeeId)
    .where('key', '=', claim.key)
    .execute();
  await tx
    .insertInto('idempotency_keys')
    .values({
      workspace_id: claim.workspaceId,
      employee_id: claim.employeeId,
      key: claim.key,
      request_hash: claim.requestHash,
      status: answer.status,
      body: answer.body === undefined ? null : JSON.stringify(answer.body),
    })
    .execute();
}

/** Whoever repeats a request does so within a day; by the clock of the database. */
const isOfToday = sql<boolean>`created_at > now() - interval '1 day'`;

/** Answers that nobody will be given again; in a transaction of the system role. */
export async function removeOldAnswers(tx: Tx): Promise<void> {
  await tx.deleteFrom('idempotency_keys').where(sql<boolean>`not ${isOfToday}`).execute();
}

function ownerOf({ workspaceId, employeeId }: Caller) {
  return { workspaceId, employeeId };
}

/** 400 when it is empty or too long to be kept. */
export function idempotencyKeyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length > 0 && key.length <= MAX_KEY_LENGTH) return key;
  const detail = `An Idempotency-Key has 1 to ${MAX_KEY_LENGTH} characters`;
  throw new UserError({ status: 400, code: 'idempotency-key', title: 'Invalid Idempotency-Key', detail });
}

// The body as it was parsed: white space does not make another request.
function hashRequest(request: FastifyRequest): string {
  const text = JSON.stringify([request.method, request.url, request.body ?? null]);
  return createHash('sha256').update(text).digest('hex');
}

function otherRequest(): UserError {
  const detail = 'This Idempotency-Key was used for another request; use a new key';
  return new UserError({ status: 422, code: 'idempotency-key-reused', title: 'Idempotency-Key used before', detail });
}
