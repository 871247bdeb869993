import { randomUUID } from 'node:crypto';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { recordRefusal } from '../audit/record-refusal.ts';
import type { People } from '../people/people.ts';
import type { Context } from '../platform/context.ts';
import { type Doors, type Route, registerRoutes } from '../platform/http/http.ts';
import { addBodyParsers } from '../platform/http/http-body.ts';
import { addErrorHandlers, sendError } from '../platform/http/http-errors.ts';
import { refuseOtherHosts } from '../platform/http/known-hosts.ts';
import { limitPipelines } from '../platform/http/limit-pipelines.ts';
import { cutUnfinishedBodies } from '../platform/http/unfinished-bodies.ts';
import { createRecorder, type Recorder } from '../signals/recorder.ts';
import { addBitrix24 } from './bitrix24/dispatcher.ts';
import { addDocs } from './docs/docs.ts';
import { makePeople } from './make-people.ts';
import { addMetrics } from './metrics.ts';
import { everyRoute } from './routes.ts';
import { addSecurityHeaders, setSecurityHeaders } from './security-headers.ts';
import { addStream } from './stream.ts';
import { addWebApp } from './web-app.ts';

const BODY_LIMIT_BYTES = 1_048_576;
// The largest file over a slow line; without an end anybody could hold connections for ever by sending a byte now and then.
const REQUEST_TIMEOUT_MS = 15 * 60_000;
const HEADERS_TIMEOUT_MS = 15_000;

export interface ServerParts {
  readonly people?: People;
  /** Shared with POST /signals, so that callers of both are gathered in one commit. */
  readonly recorder?: Recorder;
  /** Routes beside those of `everyRoute`, made by compose with what it injects. */
  readonly routes?: readonly Route[];
  /** Compare every answer with its schema (tests). */
  readonly checkAnswers?: boolean;
}

/** The whole HTTP side of a process, not yet listening (interfaces.md, HTTP). */
export async function createServer(context: Context, parts: ServerParts = {}): Promise<FastifyInstance> {
  const { people = makePeople(context), recorder = createRecorder(context), routes = [], checkAnswers } = parts;
  const loggerInstance: FastifyBaseLogger = context.log;
  const place = { isHttps: context.config.publicUrl.startsWith('https:') };
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 5_000 },
    trustProxy: context.config.trustedProxies,
    routerOptions: { maxParamLength: 1_000 },
    forceCloseConnections: 'idle',
    // What cannot be routed never reaches the handler of errors.
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(reply, place);
      sendError(error, request, reply);
    },
  });
  const described = [...everyRoute(context, people), ...routes];
  limitPipelines(app);
  cutUnfinishedBodies(app);
  addBodyParsers(app);
  addErrorHandlers(app);
  refuseOtherHosts(app, context.config);
  addSecurityHeaders(app, place);
  addMetrics(app, context);
  const { authenticate } = people.gatekeeper;
  const refused: Doors['refused'] = (caller, { method, path }, error) =>
    recordRefusal(context, caller, { method, path, error });
  registerRoutes(app, { context, authenticate, refused, checkAnswers }, described);
  addStream(app, context, people);
  addDocs(app, described);
  await addBitrix24(app, context, { people, recorder });
  await addWebApp(app);
  return app;
}
