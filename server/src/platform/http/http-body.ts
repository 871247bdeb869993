import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UserError, unreadable } from '../errors.ts';
import { admitted } from './admitted.ts';
import { createPurse, type Purse } from './body-purse.ts';
import { createJsonCounter, type JsonLimits } from './count-json.ts';
import { readBody } from './read-body.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route reads the bytes of its body itself. */
    streams?: boolean;
    /** The route takes forms. */
    forms?: boolean;
  }
}

// Whatever reads it further calls itself for each level, and would end in a full stack.
const MAX_DEPTH = 100;
const limits: JsonLimits = { values: 100_000, depth: MAX_DEPTH + 1, outside: 4 * 1_048_576, escapes: 1_000_000 };
/** Of whoever is not known: signing in and the like need no more. */
const limitsOfStrangers: JsonLimits = { values: 200, depth: 11, outside: 16_384, escapes: 16_384 };

/** JSON (an empty body is no body), YAML as text, CSV as bytes, files as a stream, forms where a route takes them; anything else is refused with 415. */
export function addBodyParsers(app: FastifyInstance, purse: Purse = createPurse()): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^application\/(.+\+)?json/, jsonReader(app, purse));
  app.addContentTypeParser(/^(text|application)\/(x-)?yaml/, async (request: FastifyRequest, payload: Readable) =>
    (await readBody(request, payload, { purse })).toString(),
  );
  app.addContentTypeParser('application/x-www-form-urlencoded', async (request: FastifyRequest, payload: Readable) => {
    if (request.routeOptions.config.forms !== true) throw notTaken();
    return readForm((await readBody(request, payload, { purse })).toString());
  });
  app.addContentTypeParser('text/csv', (request: FastifyRequest, payload: Readable) =>
    readBody(request, payload, { purse }),
  );
  for (const type of ['application/octet-stream', /^multipart\/form-data/])
    app.addContentTypeParser(type, (request, stream, done) => {
      if (request.routeOptions.config.streams === true) done(null, stream);
      else done(notTaken());
    });
}

function jsonReader(app: FastifyInstance, purse: Purse) {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  return async (request: FastifyRequest, payload: Readable): Promise<unknown> => {
    const counter = createJsonCounter(admitted(request) === undefined ? limitsOfStrangers : limits);
    const bytes = await readBody(request, payload, { purse, watch: counter.add });
    const text = bytes.toString();
    if (text.trim() === '') return undefined;
    const body = await new Promise<unknown>((resolve, reject) => {
      parseJson(request, text, (error, read) => (error ? reject(notJson(text)) : resolve(read)));
    });
    if (!isStorable(text, body)) throw unstorable();
    return body;
  };
}

function readForm(text: string): Record<string, string> {
  const fields = [...new URLSearchParams(text)];
  if (fields.some(([name, value]) => `${name}${value}`.includes('\0'))) throw unstorable();
  return Object.fromEntries(fields);
}

/** 415: bytes where something readable is expected. */
export function notTaken(): UserError {
  const detail = 'Send JSON with Content-Type: application/json';
  return new UserError({ status: 415, code: 'media-type', title: 'Unsupported media type', detail });
}

function notJson(text: string): UserError {
  return unreadable('broken-json', `The body is not JSON: ${jsonReason(text)}`);
}

function jsonReason(text: string): string {
  try {
    JSON.parse(text);
    return 'it names a key that is not allowed';
  } catch (error) {
    return error instanceof SyntaxError ? error.message : 'it cannot be read';
  }
}

function unstorable(): UserError {
  const detail = 'A text holds a character that cannot be stored (U+0000 or half a surrogate pair)';
  return unreadable('broken-text', detail);
}

// PostgreSQL stores neither U+0000 nor half a surrogate pair; both can only come in by an escape.
function isStorable(text: string, body: unknown): boolean {
  return !text.includes('\\u') || !/\\u(0000|d[89a-f])/i.test(text) || isStorableValue(body);
}

function isStorableValue(value: unknown): boolean {
  if (typeof value === 'string') return !/\p{Surrogate}/u.test(value) && !value.includes('\u0000');
  if (Array.isArray(value)) return value.every(isStorableValue);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorableValue(key) && isStorableValue(inner));
}
