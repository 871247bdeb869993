import formbody from '@fastify/formbody';
import multipart, { type MultipartValue } from '@fastify/multipart';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { originOf } from '../../people/authenticate.ts';
import type { People } from '../../people/people.ts';
import type { Caller, Context } from '../../platform/context.ts';
import { UserError } from '../../platform/errors.ts';
import { admit, admitted, release } from '../../platform/http/admitted.ts';
import type { Recorder } from '../../signals/recorder.ts';
import { runBatch } from './batch.ts';
import { startTime, successOf } from './envelope.ts';
import { isPreview, previewPage } from './link-previews.ts';
import { getMethod } from './methods.ts';
import type { Call } from './rest/method.ts';
import { parsePhpQuery, readParameters } from './rest/parameters.ts';
import { noAuth, RestError, wrongCredentials } from './rest/rest-error.ts';

interface Parts {
  readonly people: People;
  readonly recorder: Recorder;
}

type RestRequest = FastifyRequest<{ Params: { user: string; secret: string; method: string } }>;

/** Of JSON. */
const BODY_LIMIT_BYTES = 10 * 1_048_576;
/** Of forms, whose values are taken apart one by one. */
const FORM_LIMIT_BYTES = 1_048_576;

/** `/rest/<user id>/<secret>/<method>[.json]`, so that existing client libraries work unchanged (interfaces.md). */
export async function addBitrix24(app: FastifyInstance, context: Context, { people, recorder }: Parts): Promise<void> {
  await app.register(async (rest) => {
    // PHP's forms, not those of web hooks.
    rest.removeContentTypeParser('application/x-www-form-urlencoded');
    await rest.register(formbody, { parser: parsePhpQuery, bodyLimit: FORM_LIMIT_BYTES });
    await rest.register(multipart, { limits: { fileSize: BODY_LIMIT_BYTES, fields: 1_000 } });
    rest.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
    rest.setErrorHandler((error: FastifyError, request, reply) => {
      const known = toRestError(error);
      if (known === undefined) request.log.error({ err: error, id: request.id }, 'REST call failed');
      const { status, code, message } =
        known ?? new RestError('INTERNAL_SERVER_ERROR', `Internal server error ${request.id}`, 500);
      return reply.code(status).send({ error: code, error_description: message });
    });
    // Bitrix24 writes a slash behind the method.
    for (const url of ['/rest/:user/:secret/:method', '/rest/:user/:secret/:method/']) addMethods(rest, url);
    const refuse = async () => {
      throw noAuth();
    };
    rest.all('/rest/*', { onRequest: refuse }, refuse);
  });

  function addMethods(rest: FastifyInstance, url: string): void {
    rest.route<{ Params: { user: string; secret: string; method: string } }>({
      method: ['GET', 'POST'],
      url,
      bodyLimit: BODY_LIMIT_BYTES,
      // HEAD would do what GET does.
      exposeHeadRoute: false,
      // The secret stands in the address: nothing else is read before it is known.
      onRequest: async (request) => admit(request, await callerOf(people, request)),
      async handler(request, reply) {
        const caller = admitted(request);
        if (caller === undefined) throw noAuth();
        try {
          if (request.method === 'GET' && isPreview(request))
            return reply.type('text/html; charset=utf-8').send(previewPage(request));
          const parameters = readParameters(queryOf(request), await bodyOf(request));
          return await answer(request.params.method, { context, recorder, caller, parameters });
        } finally {
          release(request);
        }
      },
    });
    rest.head(url, async (_request, reply) => reply.code(200).type('text/html').send());
  }
}

async function answer(method: string, call: Call) {
  const time = startTime();
  const isBatch = /^batch(\.json)?$/i.test(method);
  const result = isBatch ? await runBatch(call) : await getMethod(method).run(call);
  return successOf(result, time());
}

async function callerOf({ gatekeeper }: People, request: RestRequest): Promise<Caller> {
  const { user, secret } = request.params;
  const owner = await gatekeeper.findOwner(secret);
  // An address with its secret in it stands in logs and histories: only a key that is meant for that opens it (docs/security.md).
  const opens = owner !== undefined && owner.keyScope === 'all' && String(owner.employeeId) === user;
  if (!opens) throw wrongCredentials();
  return gatekeeper.admit(owner, 'key', originOf(owner, request));
}

function queryOf({ url }: FastifyRequest): string {
  const mark = url.indexOf('?');
  return mark === -1 ? '' : url.slice(mark + 1);
}

// Fields of a multipart form are named as in PHP; files come later.
async function bodyOf(request: FastifyRequest): Promise<unknown> {
  if (!request.isMultipart()) return request.body;
  const pairs: string[] = [];
  let length = 0;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        part.file.resume();
        continue;
      }
      pairs.push(pairOf(part));
      length += pairs.at(-1)?.length ?? 0;
      if (length > FORM_LIMIT_BYTES) throw new RestError('INVALID_REQUEST', 'The form is too large', 413);
    }
  } catch (error) {
    throw toRestError(error) ?? new RestError('INVALID_REQUEST', 'The multipart form is broken or incomplete');
  }
  return parsePhpQuery(pairs.join('&'));
}

function pairOf({ fieldname, value, valueTruncated }: MultipartValue): string {
  if (valueTruncated) throw new RestError('INVALID_REQUEST', `The field ${fieldname} is too long`, 413);
  return `${encodeURIComponent(fieldname)}=${encodeURIComponent(String(value))}`;
}

function toRestError(error: unknown): RestError | undefined {
  if (error instanceof RestError) return error;
  if (error instanceof UserError && error.code === 'quota')
    return new RestError('QUERY_LIMIT_EXCEEDED', error.message, 503);
  if (error instanceof UserError) return new RestError(error.code.toUpperCase(), error.message, error.status);
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined;
  return error.statusCode < 500 ? new RestError('INVALID_REQUEST', error.message, error.statusCode) : undefined;
}
