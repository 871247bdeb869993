import { Readable } from 'node:stream';
import { type RightArea, rightAreas } from '@signalbox/contract/people/rights.ts';
import type { Owed } from '@signalbox/contract/people/second-factor.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Answer, Caller, Context } from '../context.ts';
import { type FieldError, invalid, notFound, UserError, unauthorized } from '../errors.ts';
import { isLong, jsonInTurns } from '../long-bytes/json-in-turns.ts';
import { missingRight } from '../missing-right.ts';
import { admit, admitted, release } from './admitted.ts';
import { fieldErrors, summary } from './field-errors.ts';
import { type Write, writeOnce } from './idempotency.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** `employee`: anybody who is known, and what they name is asked for by `access…`; an area or `admin`: only who has that right. */
export type Access = 'public' | CallerAccess;
type CallerAccess = 'employee' | 'admin' | RightArea;

/** What stands in OpenAPI about a route, and what the server does before and after `handle`. */
interface Outline<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly method: Method;
  /** `/api/v1/items/:id` */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** By status; null = no body. Problems (401, 403, 404, 422 …) are added to OpenAPI by themselves. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>;
  /** Media types of the body when it is not JSON alone; also of an answer that is not JSON. */
  readonly consumes?: readonly string[];
  readonly produces?: string;
  /** Default 1 MiB; 16 KiB for who need not be known. */
  readonly bodyLimitBytes?: number;
  /** It writes nothing, though it is no GET: also for who looks through somebody else's eyes. */
  readonly onlyReads?: boolean;
  /** It matters: who has signed in with a browser gave the password in the last quarter of an hour, else 403 confirm-password. */
  readonly confirmed?: boolean;
  /** What a session that is half signed in may owe here, for this is how it is given; elsewhere it opens nothing. */
  readonly mayOwe?: readonly Owed[];
  /** The body comes as a stream of bytes, whose size the handler limits. */
  readonly streams?: boolean;
  /** The body may be a form (application/x-www-form-urlencoded), whose fields are texts. */
  readonly forms?: boolean;
}

interface Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface CallerInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends Input<P, Q, B> {
  readonly caller: Caller;
  /** A transaction in the caller's workspace that heeds `Idempotency-Key`; what a write handler should use. */
  readonly write: Write;
}

interface PublicRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends Outline<P, Q, B> {
  readonly access: 'public';
  handle(input: Input<P, Q, B>): Promise<Answer>;
}

interface CallerRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends Outline<P, Q, B> {
  readonly access: CallerAccess;
  handle(input: CallerInput<P, Q, B>): Promise<Answer>;
}

/** A route whose types are forgotten, ready to be registered and described. */
export interface Route extends Outline<z.ZodType, z.ZodType, z.ZodType> {
  readonly access: Access;
  /** Before anything of the body is read: who asks, and whether they may. Throws UserError. */
  admit(doors: Doors, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  run(doors: Doors, request: FastifyRequest, reply: FastifyReply): Promise<Answer>;
}

export interface Doors {
  readonly context: Context;
  /** Who asks, by session or key; undefined = nobody known. Throws UserError for a forged or cross-site request, or one that owes more. */
  authenticate(request: FastifyRequest, reply: FastifyReply, mayOwe?: readonly Owed[]): Promise<Caller | undefined>;
  /** Somebody known was refused (403), before they are told. */
  refused?(caller: Caller, route: Pick<Route, 'method' | 'path'>, error: UserError): Promise<void>;
  /** Compare every answer with its schema (tests). */
  readonly checkAnswers?: boolean;
}

/** One route of interfaces.md, said once: parsing, access, OpenAPI and types all come from here. */
export function route<
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
>(spec: PublicRoute<P, Q, B> | CallerRoute<P, Q, B>): Route {
  const {
    method,
    path,
    summary: words,
    tag,
    access,
    answers,
    consumes,
    produces,
    bodyLimitBytes,
    streams,
    forms,
  } = spec;
  return {
    ...{ method, path, summary: words, tag, access, answers, consumes, produces, bodyLimitBytes, streams, forms },
    ...{ params: spec.params, query: spec.query, body: spec.body },
    async admit(doors, request, reply) {
      if (spec.access === 'public') return;
      const caller = await doors.authenticate(request, reply, spec.mayOwe);
      if (caller === undefined) throw unauthorized();
      await tellingRefusal({ doors, caller, spec }, async () => {
        authorise(caller, spec);
        if (spec.confirmed) checkConfirmed(caller, doors.context.clock.now());
      });
      admit(request, caller);
    },
    async run(doors, request, reply) {
      if (spec.access === 'public') return spec.handle(parseInput(spec, request, reply));
      const caller = admitted(request);
      if (caller === undefined) throw unauthorized();
      const write = writeOnce(doors.context, caller, request);
      return tellingRefusal({ doors, caller, spec }, async () =>
        spec.handle({ ...parseInput(spec, request, reply), caller, write }),
      );
    },
  };
}

interface Asked {
  readonly doors: Doors;
  readonly caller: Caller;
  readonly spec: Pick<Route, 'method' | 'path'>;
}

async function tellingRefusal<T>({ doors, caller, spec }: Asked, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError && error.status === 403) await doors.refused?.(caller, spec, error);
    throw error;
  }
}

const PUBLIC_BODY_BYTES = 16_384;

/** Puts the routes on the server: authorises, parses, answers; errors rise to the one handler (http-errors.ts). */
export function registerRoutes(app: FastifyInstance, doors: Doors, routes: readonly Route[]): void {
  for (const one of routes) {
    app.route({
      method: one.method,
      url: one.path,
      bodyLimit: one.bodyLimitBytes ?? (one.access === 'public' ? PUBLIC_BODY_BYTES : undefined),
      config: { streams: one.streams === true, forms: one.forms === true },
      onRequest: (request, reply) => one.admit(doors, request, reply),
      handler: async (request, reply) => {
        try {
          return send(reply, check(one, doors, await one.run(doors, request, reply)));
        } finally {
          release(request);
        }
      },
    });
  }
}

function send(reply: FastifyReply, { status, body, headers }: Answer) {
  reply.code(status);
  for (const [name, value] of Object.entries(headers ?? {})) reply.header(name, value);
  if (typeof body === 'object' && isLong(body))
    return reply.type('application/json; charset=utf-8').send(Readable.from(jsonInTurns(body)));
  return body === undefined ? reply.send() : reply.send(body);
}

function check(one: Route, doors: Doors, answer: Answer): Answer {
  if (!doors.checkAnswers) return answer;
  const schema = one.answers[answer.status];
  const where = `${one.method} ${one.path} -> ${answer.status}`;
  if (schema === undefined) throw new Error(`${where} is not described`);
  // As it will cross the wire: dates are texts there.
  const wire: unknown = answer.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body));
  const parsed = (schema ?? z.undefined()).safeParse(one.produces === undefined ? wire : answer.body);
  if (!parsed.success) throw new Error(`${where} is not as described: ${summary(fieldErrors(parsed.error))}`);
  return answer;
}

function authorise(
  caller: Caller,
  { access, method, onlyReads }: { access: CallerAccess; method: Method; onlyReads?: boolean },
): void {
  if (caller.seenBy !== null && method !== 'GET' && !onlyReads) throw missingRight('see-as-only-looks');
  if (caller.onlyReads && method !== 'GET' && !onlyReads) throw missingRight('key-only-reads');
  if (access === 'admin' && !caller.rights.administrator) throw missingRight('admin-only');
  const area = rightAreas.find((one) => one === access);
  if (area !== undefined && !caller.rights.areas[area]) throw missingRight(`no-${area}`);
}

const CONFIRMED_MS = 15 * 60_000;

function checkConfirmed({ via, confirmedAt }: Caller, now: Date): void {
  const isFresh = confirmedAt !== undefined && now.getTime() - confirmedAt.getTime() <= CONFIRMED_MS;
  if (via === 'key' || isFresh) return;
  const detail = 'Give your password once more (POST /api/v1/session/confirm) and repeat the request';
  throw new UserError({ status: 403, code: 'confirm-password', title: 'Not allowed', detail });
}

function parseInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  spec: Outline<P, Q, B>,
  request: FastifyRequest,
  reply: FastifyReply,
): Input<P, Q, B> {
  return {
    params: parseText(spec.params, request.params, () => notFound(`What ${request.url.split('?')[0]} names`)),
    query: parseText(spec.query, request.query, badQuery),
    body: parse(spec.body, request.body, (errors) => invalid(errors, summary(errors))),
    request,
    reply,
  };
}

// PostgreSQL does not store U+0000; the parser of bodies has refused it already.
function parseText<T extends z.ZodType>(schema: T | undefined, value: unknown, refuse: Refuse): z.output<T> {
  const broken = Object.entries(Object(value)).filter(([, text]) => typeof text === 'string' && text.includes('\0'));
  if (schema === undefined || broken.length === 0) return parse(schema, value, refuse);
  const message = 'A text holds a character that cannot be stored (U+0000)';
  throw refuse(broken.map(([path]) => ({ path, code: 'broken-text', message })));
}

function parse<T extends z.ZodType>(schema: T | undefined, value: unknown, refuse: Refuse): z.output<T>;
function parse(schema: z.ZodType | undefined, value: unknown, refuse: Refuse): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw refuse(fieldErrors(parsed.error));
  return parsed.data;
}

type Refuse = (errors: readonly FieldError[]) => UserError;

const badQuery: Refuse = (errors) =>
  new UserError({ status: 400, code: 'invalid', title: 'Invalid query', detail: summary(errors), errors });
