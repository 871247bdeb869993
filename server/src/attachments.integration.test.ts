import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makePeople } from './api/make-people.ts';
import { createServer } from './api/server.ts';
import { reportTrouble } from './automation/running/report-trouble.ts';
import { makeRunFixture, type RunFixture } from './automation/running/testing-runs.ts';
import { createMailSender } from './channels/email/outbound/mail-sender.ts';
import { parseEmail } from './channels/email/reading/parse-email.ts';
import type { ParsedEmail } from './channels/email/reading/parsed-email.ts';
import { tracking } from './channels/email/testing-mail.ts';
import { makeRoutes } from './compose/routes.ts';
import { deliver } from './outbox/deliver.ts';
import { createKey } from './people/keys.store.ts';
import type { Context } from './platform/context.ts';
import { createRecorder } from './signals/recorder.ts';

let fixture: RunFixture;
let context: Context;
let app: FastifyInstance;
let peer: SMTPServer;
let key: string;
let contact: number;
const taken: ParsedEmail[] = [];

beforeAll(async () => {
  fixture = await makeRunFixture();
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-attached-'));
  context = { ...fixture.context, config: { ...fixture.context.config, dataDir } };
  const people = makePeople(context);
  const routes = makeRoutes(context, { people, recorder: createRecorder(context) });
  app = await createServer(context, { people, routes, checkAnswers: true });
  peer = await startPeer();
  const settings = { address: 'sales@firm.test', smtpHost: '127.0.0.1', smtpPort: portOf(peer), smtpSecurity: 'none' };
  const mailbox = await fixture.addChannel({ kind: 'mailbox', name: 'sales@firm.test', settings });
  await fixture.inside((tx) =>
    tx.updateTable('channels').set({ provider: 'smtp' }).where('id', '=', mailbox).execute(),
  );
  contact = await fixture.addContact({ name: 'Cleo', emails: ['cleo@client.test'] });
  const { workspaceId, employeeId } = fixture;
  key = (await fixture.inside((tx) => createKey(tx, { workspaceId, employeeId, kind: 'api', name: '' }))).key;
  await call('POST', '/api/v1/fields', {
    type: 'deal',
    code: 'contract',
    name: 'Contract',
    kind: 'file',
    multiple: true,
  });
});
afterAll(async () => {
  await app.close();
  await new Promise<void>((resolve) => peer.close(() => resolve()));
  await fixture.close();
  fs.rmSync(context.config.dataDir, { recursive: true });
});

async function startPeer(): Promise<SMTPServer> {
  const server = new SMTPServer({
    ...{ authOptional: true, logger: false, closeTimeout: 100, disabledCommands: ['STARTTLS'] },
    onData: async (stream, _session, done) => {
      taken.push(parseEmail(await buffer(stream)));
      done();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return server;
}

const portOf = ({ server }: SMTPServer) => z.object({ port: z.number() }).parse(server.address()).port;

async function call(method: 'GET' | 'POST' | 'DELETE', url: string, body?: object) {
  const headers = { authorization: `Bearer ${key}` };
  const answer = await app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
}

async function upload(name: string, bytes: Buffer): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' };
  const url = `/api/v1/files?name=${encodeURIComponent(name)}&type=application/pdf`;
  const answer = await app.inject({ method: 'POST', url, payload: bytes, headers });
  return z.object({ id: z.number() }).parse(answer.json()).id;
}

/** Sends what the item's outbox holds, as a worker would. */
async function send(itemId: number): Promise<{ state: string; error: string | null }[]> {
  const mail = createMailSender(context, tracking);
  const rows = () =>
    fixture.inside((tx) => tx.selectFrom('outbox').selectAll().where('item_id', '=', itemId).orderBy('id').execute());
  for (const { id, workspace_id: workspaceId } of await rows())
    await deliver(
      { context, senders: { mail }, onTrouble: reportTrouble, onPause: async () => {} },
      { workspaceId, outboxId: id },
    );
  return (await rows()).map(({ state, error }) => ({ state, error }));
}

const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 13) % 256));
bytes.write('%PDF-1.7\n');
const rule = (attachments: object) => ({
  ...{ id: 'offer', do: 'clients/email', stage: 'NEW' },
  settings: { subject: 'Offer', text: 'Dear Cleo', track: false, attachments },
});

describe('attachments of rules (rules.md)', () => {
  test('files of the item’s field and uploaded ones arrive as the same bytes, each once', async () => {
    const [inField, uploaded] = [
      await upload('umowa ł.pdf', bytes),
      await upload('prices.pdf', Buffer.from('%PDF-prices')),
    ];
    await fixture.saveBoard({ rules: [rule({ fields: ['contract'], files: [uploaded, inField] })] });
    const item = await fixture.create({ contactId: contact, fields: { contract: [inField] } });
    await fixture.work();
    expect(await send(item)).toEqual([{ state: 'sent', error: null }]);

    const files = taken.at(-1)?.attachments ?? [];
    expect(files.map(({ name }) => name)).toEqual(['umowa ł.pdf', 'prices.pdf']);
    expect(files[0]?.content.equals(bytes)).toBe(true);
    const { body } = await call('GET', `/api/v1/items/${item}/emails`);
    expect(body.data[0].attachments).toMatchObject([{ number: 1, name: 'umowa ł.pdf', size: 70_000 }, { number: 2 }]);
    const shown = await app.inject({
      url: `/api/v1/emails/${body.data[0].id}/attachments/1`,
      headers: { authorization: `Bearer ${key}` },
    });
    expect(shown.rawPayload.equals(bytes)).toBe(true);
  });

  test('an empty field attaches nothing, and the mail goes', async () => {
    await fixture.saveBoard({ rules: [rule({ fields: ['contract'], files: [] })] });
    const item = await fixture.create({ contactId: contact });
    await fixture.work();
    expect(await send(item)).toEqual([{ state: 'sent', error: null }]);
    expect(taken.at(-1)?.attachments).toEqual([]);
  });

  test('5.10 a file that was deleted fails the run with a reason, and no mail goes', async () => {
    const file = await upload('gone.pdf', bytes);
    await fixture.saveBoard({ rules: [rule({ fields: [], files: [file] })] });
    await call('DELETE', `/api/v1/files/${file}`);
    const item = await fixture.create({ contactId: contact });
    await fixture.work();
    expect(await fixture.run(item, 'offer')).toMatchObject({
      state: 'failed',
      error: `the file ${file} is not there: it has been deleted; choose another`,
    });
    expect(await send(item)).toEqual([]);
  });

  test('5.8 a file that is deleted before the mail leaves: the delivery fails and says so, nothing goes without it', async () => {
    const file = await upload('late.pdf', bytes);
    await fixture.saveBoard({ rules: [rule({ fields: [], files: [file] })] });
    const item = await fixture.create({ contactId: contact });
    await fixture.work();
    await call('DELETE', `/api/v1/files/${file}`);
    const before = taken.length;
    expect(await send(item)).toEqual([
      { state: 'failed', error: 'the attached file "late.pdf" has been deleted; attach it anew and send again' },
    ]);
    expect(taken.length).toBe(before);
  });

  test('files that are too large together fail the run with both figures', async () => {
    const [one, two] = [
      await upload('a.bin', Buffer.alloc(11_000_000)),
      await upload('b.bin', Buffer.alloc(11_000_000)),
    ];
    await fixture.saveBoard({ rules: [rule({ fields: [], files: [one, two] })] });
    const item = await fixture.create({ contactId: contact });
    await fixture.work();
    const { state, error } = await fixture.run(item, 'offer');
    expect([state, error]).toEqual(['failed', 'the attached files have 21 MB together; an e-mail may have 20 MB']);
  });
});

describe('attachments of a person’s mail', () => {
  test('are uploaded files by their ids; what is not there is refused', async () => {
    const item = await fixture.create({ contactId: contact });
    const file = await upload('offer.pdf', bytes);
    const letter = { subject: 'Offer', text: 'x', track: false };
    const refused = await call('POST', `/api/v1/items/${item}/emails`, { ...letter, files: [file, 999_999] });
    expect(refused.body.errors).toMatchObject([{ path: 'files', code: 'unknown-file' }]);
    expect((await call('POST', `/api/v1/items/${item}/emails`, { ...letter, files: [file] })).status).toBe(201);
    await send(item);
    expect(taken.at(-1)?.attachments[0]?.content.equals(bytes)).toBe(true);
  });
});
