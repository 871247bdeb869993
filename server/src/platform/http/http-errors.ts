import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import pg from 'pg';
import { isDiskFull, isTransient } from '../db.ts';
import { conflict, toProblem, UserError, unreadable } from '../errors.ts';
import { StorageAway } from '../files/storage.ts';
import { notTaken } from './http-body.ts';
import { tellRefusal } from './refusal-log.ts';
import { isUnfinished } from './unfinished-bodies.ts';

export const problemType = 'application/problem+json';

/** Every refusal and failure becomes RFC 9457 problem+json; what is not expected is logged with an id and tells nothing. */
export function addErrorHandlers(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => sendError(error, request, reply));
}

export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = toUserError(error);
  if (known !== undefined) {
    const { status, code } = known;
    if (worthTelling.has(status)) tellRefusal(request, { status, code }, 'a request was refused');
    return sendProblem(reply, known);
  }

  const unable = unableNow(error);
  if (unable !== undefined) {
    request.log.error({ err: error, id: request.id }, 'nothing can be stored or read just now');
    return sendProblem(reply.header('retry-after', String(RETRY_AFTER_S)), unable);
  }

  const refused = refusedByDatabase(error);
  // Usually two people at once; if it is a fault of ours, the log has it.
  if (refused !== undefined) request.log.warn({ err: error, id: request.id }, 'the database refused a request');
  if (refused !== undefined) return sendProblem(reply, refused);

  request.log.error({ err: error, id: request.id }, 'request failed');
  const detail = `Something went wrong here. It has been logged as ${request.id}`;
  return sendProblem(reply, new UserError({ status: 500, code: 'internal', title: 'Internal error', detail }));
}

export function sendProblem(reply: FastifyReply, error: UserError): FastifyReply {
  // Fastify ends the connection at once when a body is refused, and the answer is lost with it; unfinished-bodies.ts ends it.
  if (isUnfinished(reply.request.raw)) reply.removeHeader('connection');
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  if (error.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(error.status)
    .type(problemType)
    .send(JSON.stringify(toProblem(error)));
}

/** That something is too much: whoever runs the house wants to know; no stack, since nothing is broken. */
const worthTelling = new Set([408, 413, 429, 503]);

function toUserError(error: unknown): UserError | undefined {
  if (error instanceof UserError) return error;
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return byFastifyCode[error.code]?.();
  return undefined;
}

const byFastifyCode: Readonly<Record<string, () => UserError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () =>
    new UserError({
      status: 413,
      code: 'too_large',
      title: 'Too large',
      detail: 'The body is larger than this route takes',
    }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: notTaken,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    unreadable('content-length', 'The body is not as long as Content-Length says'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => unreadable('broken-json', 'The body is not JSON'),
  FST_ERR_MAX_PARAM_LENGTH: () =>
    new UserError({ status: 414, code: 'too-long', title: 'Too long', detail: 'A part of the URL is too long' }),
  FST_ERR_BAD_URL: () => unreadable('broken-url', 'The URL holds a broken percent escape'),
  FST_REQ_FILE_TOO_LARGE: () =>
    new UserError({
      status: 413,
      code: 'too_large',
      title: 'Too large',
      detail: 'A file is larger than this route takes',
    }),
};

const RETRY_AFTER_S = 5;

/** Nothing is wrong with the request: what it needs is full, or away. */
function unableNow(error: unknown): UserError | undefined {
  if (isDiskFull(error))
    return new UserError({
      ...{ status: 507, code: 'disk-full', title: 'Disk full' },
      detail: 'The disk of the server is full, so nothing of this was saved. Make room on it and try again',
    });
  if (error instanceof StorageAway)
    return new UserError({
      ...{ status: 503, code: 'storage-away', title: 'Not available' },
      detail: 'What keeps the files does not answer just now, so nothing of this was saved or read. Try again later',
    });
  if (!isTransient(error)) return undefined;
  return new UserError({
    ...{ status: 503, code: 'database-away', title: 'Not available' },
    detail: 'The database does not answer just now, so nothing of this was saved. Try again in a few seconds',
  });
}

const unstorable = new Set(['22003', '22007', '22008', '22021', '22P05']);

// What the contract cannot see: numbers and moments beyond a column, characters PostgreSQL does not store, two who take one name at once.
function refusedByDatabase(error: unknown): UserError | undefined {
  if (!(error instanceof pg.DatabaseError)) return undefined;
  const { code = '' } = error;
  if (code === '23505') return conflict('taken', 'Somebody else has just stored the same; read it again');
  if (!unstorable.has(code)) return undefined;
  const detail = 'A value is outside what can be stored';
  return new UserError({ status: 422, code: 'invalid', title: 'Invalid request', detail });
}
