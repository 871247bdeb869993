import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { addUser } from '../people/create-user.ts';
import { createKey } from '../people/keys.store.ts';
import type { People } from '../people/people.ts';
import { createTestClock, type TestClock } from '../platform/clock.ts';
import { loadConfig } from '../platform/config/config.ts';
import type { Context } from '../platform/context.ts';
import { type Databases, inSystem } from '../platform/db.ts';
import type { Route } from '../platform/http/http.ts';
import { silentLog } from '../platform/log.ts';
import { createRealtime } from '../platform/realtime.ts';
import { createTestDatabase } from '../platform/testing.ts';
import { makePeople } from './make-people.ts';
import { createServer } from './server.ts';
import { createWorkspace } from './setup/create-workspace.ts';

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface TestServer {
  readonly app: FastifyInstance;
  readonly context: Context;
  readonly clock: TestClock;
  readonly people: People;
  /** One request; `key` is sent as Bearer. */
  call(
    method: InjectOptions['method'],
    url: string,
    options?: { key?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** A workspace with its first administrator and a key of theirs. */
  addWorkspace(name?: string): Promise<TestWorkspace>;
  close(): Promise<void>;
}

export interface TestWorkspace {
  readonly id: number;
  readonly adminId: number;
  readonly key: string;
  addPerson(email: string, role?: number | string): Promise<{ id: number; key: string }>;
}

type MoreRoutes = readonly Route[] | ((context: Context, people: People) => readonly Route[]);

/** The whole HTTP side, on a fresh database unless one is given; every answer is compared with its schema. */
export async function startTestServer(
  env: Record<string, string> = {},
  more: MoreRoutes = [],
  given?: Databases,
): Promise<TestServer> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-api-'));
  const databases = given ?? (await createTestDatabase());
  const clock = createTestClock(new Date());
  const config = loadConfig(
    { DATA_DIR: dataDir, LOG_LEVEL: 'silent', PUBLIC_URL: 'http://localhost', ...env },
    dataDir,
  );
  const context: Context = { databases, config, clock, log: silentLog, realtime: createRealtime(databases, null) };
  const people = makePeople(context);
  const routes = typeof more === 'function' ? more(context, people) : more;
  const app = await createServer(context, { people, routes, checkAnswers: true });
  return {
    ...{ app, context, clock, people },
    call: (method, url, options) => call(app, { method, url, ...options }),
    addWorkspace: (name = 'Firm') => addWorkspace(context, name),
    async close() {
      await app.close();
      await databases.close();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

interface Request {
  readonly method: InjectOptions['method'];
  readonly url: string;
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

async function call(app: FastifyInstance, { method, url, key, body, headers }: Request): Promise<Answer> {
  const response = await app.inject({
    ...{ method, url },
    headers: { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...headers },
    ...(body !== undefined && { payload: typeof body === 'string' ? body : Object(body) }),
  });
  const isJson = /json/.test(String(response.headers['content-type']));
  return { status: response.statusCode, body: isJson ? response.json() : response.body, headers: response.headers };
}

async function addWorkspace(context: Context, name: string): Promise<TestWorkspace> {
  const id = await createWorkspace(context, { name, timeZone: 'Europe/Warsaw', currency: 'PLN', language: 'en' });
  const addPerson = (email: string, role: number | string = 'employee') =>
    inSystem(context.databases.system, async (tx) => {
      const personName = email.split('@')[0] ?? email;
      const employeeId = await addUser(tx, id, { email, name: personName, role, passwordHash: null }, null);
      const { key } = await createKey(tx, { workspaceId: id, employeeId, kind: 'api', name: 'test' });
      return { id: employeeId, key };
    });
  const admin = await addPerson(`admin-${id}@firm.test`, 'admin');
  return { id, adminId: admin.id, key: admin.key, addPerson };
}
