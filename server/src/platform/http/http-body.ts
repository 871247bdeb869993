import type { FastifyInstance } from 'fastify';
import { UserError } from '../errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route reads the bytes of its body itself. */
    streams?: boolean;
  }
}

/** JSON (an empty body is no body), YAML as text, CSV as bytes and files as a stream; anything else is refused with 415. */
export function addBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>(/^application\/(.+\+)?json/, { parseAs: 'string' }, (request, text, done) => {
    if (text.trim() === '') return done(null, undefined);
    parseJson(request, text, (error, body) => {
      if (error) return done(unreadable('broken-json', `The body is not JSON: ${jsonReason(text)}`));
      if (isTooDeep(body))
        return done(unreadable('too-deep', `The body is nested more than ${MAX_DEPTH} deep; flatten it`));
      if (!isStorable(text, body))
        return done(
          unreadable('broken-text', 'A text holds a character that cannot be stored (U+0000 or half a surrogate pair)'),
        );
      done(null, body);
    });
  });
  app.addContentTypeParser<string>(/^(text|application)\/(x-)?yaml/, { parseAs: 'string' }, (_request, text, done) => {
    done(null, text);
  });
  app.addContentTypeParser<Buffer>('text/csv', { parseAs: 'buffer' }, (_request, bytes, done) => {
    done(null, bytes);
  });
  app.addContentTypeParser('application/octet-stream', (request, stream, done) => {
    if (request.routeOptions.config.streams === true) done(null, stream);
    else done(notTaken());
  });
}

/** 415: bytes where something readable is expected. */
export function notTaken(): UserError {
  const detail = 'Send JSON with Content-Type: application/json';
  return new UserError({ status: 415, code: 'media-type', title: 'Unsupported media type', detail });
}

/** 400: what was sent could not even be read. */
export function unreadable(code: string, detail: string): UserError {
  return new UserError({ status: 400, code, title: 'The request could not be read', detail });
}

function jsonReason(text: string): string {
  try {
    JSON.parse(text);
    return 'it names a key that is not allowed';
  } catch (error) {
    return error instanceof SyntaxError ? error.message : 'it cannot be read';
  }
}

// Whatever reads it further calls itself for each level, and would end in a full stack.
const MAX_DEPTH = 100;

function isTooDeep(body: unknown): boolean {
  let level = inside([body]);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((value) => inside(Object.values(value)));
  }
  return false;
}

function inside(values: readonly unknown[]): object[] {
  return values.filter((value) => typeof value === 'object' && value !== null);
}

// PostgreSQL stores neither U+0000 nor half a surrogate pair; both can only come in by an escape.
function isStorable(text: string, body: unknown): boolean {
  return !/\\u(0000|d[89a-f])/i.test(text) || isStorableValue(body);
}

function isStorableValue(value: unknown): boolean {
  if (typeof value === 'string') return !/\p{Surrogate}/u.test(value) && !value.includes('\u0000');
  if (Array.isArray(value)) return value.every(isStorableValue);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorableValue(key) && isStorableValue(inner));
}
