import fs from 'node:fs';
import { makeDataDir } from '../tools/outside/data-dir.ts';
import { choosePlace, type Place, startServer } from '../tools/outside/server.ts';

export interface World {
  readonly place: Place;
  /** A call of the API as the first account; answers the status, the headers and the parsed body. */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer>;
  /** The same below `/api/v1`, where nothing but success is expected; answers the body. Throws what was refused. */
  ask(method: string, path: string, body?: object): Promise<ApiAnswer['body']>;
  close(): Promise<void>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a journey looks at answers as any outside program does, without our types.
  readonly body: any;
}

/** A Signalbox of its own, started as `npm start` starts it. */
export async function startWorld(extra: NodeJS.ProcessEnv = {}): Promise<World> {
  const dataDir = makeDataDir('e2e');
  const place = await choosePlace(dataDir, extra);
  const server = await startServer(place);
  return {
    place,
    ...apiOf(place),
    close: async () => {
      await server.stop();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Calls of the API of a server that is started, killed and started again by the journey itself, too. */
export function apiOf(place: Place): Pick<World, 'api' | 'ask'> {
  const api: World['api'] = (method, route, body, headers = {}) => callApi(place, { method, route, body, headers });
  return {
    api,
    async ask(method, path, body) {
      const answer = await api(method, `/api/v1${path}`, body);
      if (answer.status >= 300)
        throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
  };
}

interface Request {
  readonly method: string;
  readonly route: string;
  readonly body: unknown;
  readonly headers: Record<string, string>;
}

async function callApi(place: Place, { method, route, body, headers }: Request): Promise<ApiAnswer> {
  const isText = typeof body === 'string';
  const response = await fetch(`${place.url}${route}`, {
    method,
    headers: {
      authorization: `Bearer ${place.apiKey}`,
      ...(body === undefined ? {} : { 'content-type': isText ? 'text/yaml' : 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
}
