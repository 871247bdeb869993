import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { signalKinds } from '@signalbox/automation/signals/index.ts';
import { problem } from '@signalbox/contract/problem.ts';
import type { Route } from '../../platform/http/http.ts';
import { createSchemas, type JsonSchema, type Schemas } from './openapi-schemas.ts';
import { otherPaths } from './other-paths.ts';

/** OpenAPI 3.1 of every route, made from the same zod that parses requests and describes answers (interfaces.md, HTTP). */
export function describeRoutes(routes: readonly Route[]) {
  const schemas = createSchemas();
  const signals = describeSignals(schemas);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Signalbox', version: '1', description: 'A self-hosted CRM whose pipelines move themselves.' },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths: { ...paths, ...otherPaths(schemas) },
    'x-signal-kinds': signals.kinds,
    components: {
      schemas: { ...schemas.components, ...signals.payloads, Problem: schemas.of(problem, 'output') },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key of an employee' },
        session: {
          ...{ type: 'apiKey', in: 'cookie', name: 'signalbox.session_token' },
          description: 'The session of a browser; behind https `__Host-signalbox.session_token`',
        },
      },
    },
  };
}

function describeRoute(route: Route, schemas: Schemas) {
  const operationId = `${route.method.toLowerCase()}${route.path.replace(/[^A-Za-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
  return {
    operationId,
    summary: route.summary,
    tags: [route.tag],
    ...(route.access === 'public' ? { security: [] } : { security: [{ key: [] }, { session: [] }] }),
    ...(route.access === 'admin' && { description: 'Administrators only.' }),
    parameters: [
      ...parametersOf(route.params, 'path', schemas),
      ...parametersOf(route.query, 'query', schemas),
      ...headersOf(route),
    ],
    ...(route.body !== undefined && { requestBody: bodyOf(route, schemas) }),
    responses: { ...answersOf(route, schemas), ...problemsOf(route) },
  };
}

function parametersOf(schema: Route['query'], where: 'path' | 'query', schemas: Schemas) {
  if (schema === undefined) return [];
  const { properties, required } = schemas.of(schema, 'input');
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(isRecord(properties) ? properties : {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || needed.includes(name),
    schema: property,
  }));
}

function headersOf({ method, access }: Route) {
  if (method === 'GET' || access === 'public') return [];
  const description =
    'The same key and body get the same answer again; another body 422; while it is being worked on 409.';
  return [
    { name: 'Idempotency-Key', in: 'header', required: false, description, schema: { type: 'string', maxLength: 255 } },
  ];
}

function bodyOf({ body, path, method, consumes = ['application/json'] }: Route, schemas: Schemas) {
  const isSignals = method === 'POST' && path === '/api/v1/signals';
  const plain = body === undefined ? {} : schemas.of(body, 'input');
  const schema = isSignals ? { anyOf: [signal, { type: 'array', maxItems: 1_000, items: signal }] } : plain;
  return { required: true, content: Object.fromEntries(consumes.map((type) => [type, { schema }])) };
}

function answersOf({ answers, produces = 'application/json' }: Route, schemas: Schemas) {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => [
      status,
      {
        description: descriptions[status] ?? 'The answer',
        ...(schema !== null && { content: { [produces]: { schema: schemas.of(schema, 'output') } } }),
      },
    ]),
  );
}

const descriptions: Readonly<Record<string, string>> = {
  200: 'The answer',
  201: 'Made',
  202: 'Recorded; it is decided soon',
  204: 'Done; no body',
  503: 'This process cannot do its work',
};

// Which refusals a route can answer, from what it takes.
function problemsOf(route: Route): Record<string, unknown> {
  const writes = route.method !== 'GET';
  const statuses = {
    400: route.query !== undefined || route.body !== undefined,
    401: route.access !== 'public',
    403: route.access === 'admin' || writes,
    404: route.params !== undefined,
    409: writes,
    413: route.body !== undefined,
    415: route.body !== undefined,
    422: writes || route.query !== undefined,
    500: true,
  };
  const answer = (status: string) => ({
    description: problemNames[status],
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  return Object.fromEntries(
    Object.entries(statuses).flatMap(([status, can]) => (can ? [[status, answer(status)]] : [])),
  );
}

const problemNames: Readonly<Record<string, string>> = {
  400: 'The request could not be read',
  401: 'Not signed in, or a wrong key',
  403: 'Not allowed',
  404: 'Not found, or of another workspace',
  409: 'It does not fit what is there',
  413: 'The body is too large',
  415: 'The body is of a type that is not taken',
  422: 'The data is not valid; `errors` says where',
  500: 'An error of ours; it has been logged',
};

const common: JsonSchema = {
  item: { type: 'integer' },
  client: {
    type: 'object',
    description: 'Exactly one of id, email and phone',
    properties: {
      kind: { enum: ['contact', 'company'] },
      id: { type: 'integer' },
      email: { type: 'string' },
      phone: { type: 'string' },
    },
    additionalProperties: false,
  },
  sourceKey: { type: 'string', description: 'The same fact sent twice is one signal' },
  occurredAt: { type: 'string', format: 'date-time' },
};

const external = signalKinds.filter((definition) => definition.external);

const signal: JsonSchema = {
  oneOf: external.map(({ kind }) => ({
    type: 'object',
    required: ['kind'],
    properties: { kind: { const: kind }, ...common, payload: { $ref: payloadRef(kind) } },
    additionalProperties: false,
  })),
};

function payloadRef(kind: string): string {
  return `#/components/schemas/SignalPayload.${kind}`;
}

/** Every kind of signal with its payload; the `external` ones may be posted. */
function describeSignals(schemas: Schemas) {
  const payloads = signalKinds.map(({ kind, schema, external: isExternal }) => [
    `SignalPayload.${kind}`,
    { ...schemas.of(schema, 'input'), 'x-external': isExternal },
  ]);
  return {
    payloads: Object.fromEntries(payloads),
    kinds: signalKinds.map(({ kind, external: isExternal, tie }) => ({
      kind,
      external: isExternal,
      tie,
      payload: { $ref: payloadRef(kind) },
    })),
  };
}
