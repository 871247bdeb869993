import { streamEvent } from '@signalbox/contract/stream.ts';
import type { Schemas } from './openapi-schemas.ts';

/** What is served beside the described routes: events, metrics and the compatible REST. */
export function otherPaths(schemas: Schemas): Record<string, Record<string, unknown>> {
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const restParameters = ['user', 'secret', 'method'].map((name) => ({
    ...{ name, in: 'path', required: true },
    schema: { type: 'string' },
  }));
  const rest = {
    tags: ['Bitrix24-compatible REST'],
    security: [],
    description:
      'The id of an employee and the secret of an inbound webhook (or an API key) of theirs. Parameters as PHP-style query, form, multipart or JSON, method and top-level names in any case; a slash may stand behind the method. HEAD does nothing, and neither does a GET by a link preview or a browser that fetches in advance: they get a page.',
    parameters: restParameters,
    responses: {
      200: { description: 'The envelope', content: { 'application/json': { schema: restSuccess } } },
      '4XX': { description: 'A refusal', content: { 'application/json': { schema: restRefusal } } },
      '5XX': { description: 'An error of ours', content: { 'application/json': { schema: restRefusal } } },
    },
  };
  const summary = 'Call a method, e.g. `crm.automation.trigger?target=DEAL_25&code=…`';
  return {
    '/api/v1/stream': {
      get: {
        ...{
          operationId: 'getApiV1Stream',
          tags: ['Events'],
          summary: 'Server-sent events: ids only; fetch anew after a reconnect',
        },
        security: [{ key: [] }, { session: [] }],
        responses: {
          200: {
            description: 'Events for ever',
            content: { 'text/event-stream': { schema: schemas.of(streamEvent, 'output') } },
          },
          401: { description: 'Not signed in, or a wrong key', content: problem },
        },
      },
    },
    '/metrics': {
      get: {
        ...{
          operationId: 'getMetrics',
          tags: ['Operation'],
          summary: 'Metrics in the text of Prometheus',
          security: [],
        },
        responses: { 200: { description: 'The metrics', content: { 'text/plain': { schema: { type: 'string' } } } } },
      },
    },
    '/rest/{user}/{secret}/{method}': {
      get: { ...rest, operationId: 'getRest', summary },
      post: {
        ...{ ...rest, operationId: 'postRest', summary },
        requestBody: {
          content: Object.fromEntries(restBodies.map((type) => [type, { schema: { type: 'object' } }])),
        },
      },
    },
  };
}

const restBodies = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'];

const restSuccess = {
  type: 'object',
  required: ['result', 'time'],
  properties: { result: {}, total: { type: 'integer' }, next: { type: 'integer' }, time: { type: 'object' } },
};
const restRefusal = {
  type: 'object',
  required: ['error', 'error_description'],
  properties: { error: { type: 'string' }, error_description: { type: 'string' } },
};
