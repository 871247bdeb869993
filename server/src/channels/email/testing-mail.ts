import { createHash } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import type { sql } from 'kysely';
import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js';
import { channelRoutes } from '../../connections/channels.routes.ts';
import { findMailbox, makeDefaultChannels } from '../../connections/channels.store.ts';
import { administratorRights } from '../../people/rights/unite-rights.ts';
import { createTestClock, type TestClock } from '../../platform/clock.ts';
import { loadConfig } from '../../platform/config/config.ts';
import type { Caller, Context } from '../../platform/context.ts';
import { type Fixture, makeFixture } from '../../platform/fixtures.ts';
import { registerRoutes } from '../../platform/http/http.ts';
import { addBodyParsers } from '../../platform/http/http-body.ts';
import { addErrorHandlers } from '../../platform/http/http-errors.ts';
import { silentLog } from '../../platform/log.ts';
import { createRealtime } from '../../platform/realtime.ts';
import { createTestDatabase } from '../../platform/testing.ts';
import { allMailRoutes } from './all-mail.routes.ts';
import { emailRoutes } from './emails.routes.ts';
import { heldMailRoutes } from './held-mail.routes.ts';
import { createMailSender, type MailSender } from './outbound/mail-sender.ts';
import { sandboxRoutes } from './sandbox/sandbox.routes.ts';
import { trackingRoutes } from './tracking/tracking.routes.ts';

export const tracking = { key: createHash('sha256').update('test').digest(), publicUrl: 'http://crm.test' };

interface Body {
  readonly [key: string]: unknown;
}

/** For tests: a workspace with its sandbox mailbox, its routes on a server, and a deliverer that works when told to. */
export interface MailHouse {
  readonly context: Context;
  readonly clock: TestClock;
  readonly fixture: Fixture;
  readonly app: FastifyInstance;
  readonly sender: MailSender;
  readonly mailboxId: number;
  /** Of the database, as its owner. */
  readonly ownerUrl: string;
  /** Who calls the routes, and whose browser opens what is public. */
  caller: Caller;
  signedIn: boolean;
  /** A request as the caller. */
  ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object): Promise<{ status: number; body: Body }>;
  /** Sends every queued mail of the sandbox. */
  deliverAll(): Promise<void>;
  rows<T = Record<string, unknown>>(query: ReturnType<typeof sql<T>>): Promise<T[]>;
  close(): Promise<void>;
}

export async function openMailHouse(): Promise<MailHouse> {
  const database = await createTestDatabase();
  const clock = createTestClock();
  const context = {
    databases: database,
    config: loadConfig({}),
    clock,
    log: silentLog,
    realtime: createRealtime(database, null),
  };
  const fixture = await makeFixture(database);
  const { workspaceId, employeeId, inside } = fixture;
  const mailbox = await inside(async (tx) => {
    await makeDefaultChannels(tx, 'en');
    return findMailbox(tx);
  });
  const app = fastify();
  const sender = createMailSender(context, tracking);
  const house: MailHouse = {
    ...{ context, clock, fixture, app, sender, mailboxId: mailbox?.id ?? 0, signedIn: false },
    ownerUrl: database.url,
    caller: {
      ...{
        workspaceId,
        employeeId,
        role: 'admin',
        via: 'key',
        language: 'en',
        seenBy: null,
        seenUntil: null,
        origin: { address: null, session: null, key: null },
      },
      rights: administratorRights(employeeId),
    },
    ask: async (method, url, body) => {
      const response = await app.inject({ method, url, payload: body });
      return { status: response.statusCode, body: response.body === '' ? {} : JSON.parse(response.body) };
    },
    deliverAll: () => inside((tx) => deliverAll(tx, workspaceId, sender)),
    rows: async (query) => (await inside((tx) => query.execute(tx))).rows,
    close: async () => {
      await app.close();
      await database.close();
    },
  };
  serve(house);
  return house;
}

type Inside = Parameters<Parameters<Fixture['inside']>[0]>[0];

async function deliverAll(tx: Inside, workspaceId: number, sender: MailSender): Promise<void> {
  const queued = await tx.selectFrom('outbox').selectAll().where('state', '=', 'queued').orderBy('id').execute();
  for (const { id, channel_id: channelId } of queued) {
    await sender.sendInside(tx, { id, workspaceId, channelId });
    await tx.updateTable('outbox').set({ state: 'sent' }).where('id', '=', id).execute();
  }
}

function serve(house: MailHouse): void {
  const { app, context } = house;
  const { workspaceId, employeeId } = house.fixture;
  addBodyParsers(app);
  addErrorHandlers(app);
  const findEmployee = async () => (house.signedIn ? { workspaceId, employeeId } : undefined);
  registerRoutes(app, { context, authenticate: async () => house.caller, checkAnswers: true }, [
    ...channelRoutes(context),
    ...allMailRoutes(context),
    ...emailRoutes(context),
    ...heldMailRoutes(context),
    ...trackingRoutes(context, { key: tracking.key, findEmployee }),
    ...sandboxRoutes(context, tracking),
  ]);
}

/** A client of the SMTP listener that says what it was answered. */
export async function smtpClient(
  port: number,
): Promise<{ send(raw: Buffer, envelope: { from: string; to: string[] }): Promise<string>; close(): void }> {
  const connection = new SMTPConnection({ host: '127.0.0.1', port, ignoreTLS: true });
  connection.on('error', () => {});
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
  return {
    send: (raw, envelope) =>
      new Promise((resolve) => {
        connection.send({ ...envelope, to: [...envelope.to] }, raw, (error, info) => {
          if (!error) return resolve(info.response);
          connection.reset(() => resolve(error.response ?? error.message));
        });
      }),
    close: () => connection.quit(),
  };
}
