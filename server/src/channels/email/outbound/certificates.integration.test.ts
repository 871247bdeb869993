import tls from 'node:tls';
import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deliver } from '../../../outbox/deliver.ts';
import { type Certified, makeAuthority, makeSelfSigned } from '../../../platform/net/testing-certificates.ts';
import { type MailHouse, openMailHouse } from '../testing-mail.ts';
import { sendBySmtp } from './send-by-smtp.ts';

const authority = makeAuthority('Ours');
// One that goes by the same name has another key.
const [stranger, impostor] = [makeAuthority('Stranger'), makeAuthority('Ours')];
const host = 'localhost';
const usual = tls.getCACertificates();
beforeAll(() => tls.setDefaultCACertificates([...usual, authority.cert]));
afterAll(() => tls.setDefaultCACertificates(usual));

const bad: readonly (readonly [string, Certified, string])[] = [
  ['has expired', authority.issue({ host, from: -30, until: -1 }), 'certificate-time'],
  ['is not valid yet, as where a clock is wrong', authority.issue({ host, from: 1, until: 30 }), 'certificate-time'],
  ['names another host', authority.issue({ host: 'mail.other.test' }), 'certificate-of-another'],
  ['is signed by itself', makeSelfSigned({ host }), 'certificate-untrusted'],
  ['is signed by nobody known', stranger.issue({ host }), 'certificate-untrusted'],
  ['is signed by who goes by a known name', impostor.issue({ host }), 'certificate-untrusted'],
];

const said: string[] = [];
const taken: string[] = [];
let peer: SMTPServer | undefined;

/** A server that asks for TLS with this certificate; what is said to it beyond that is written down. */
async function listen(certified: Certified, { secure, port = 0 }: { secure: boolean; port?: number }): Promise<number> {
  const server = new SMTPServer({
    ...{ ...certified, secure, logger: false, closeTimeout: 100, authOptional: true },
    onAuth: ({ username }, _session, done) => {
      said.push(`AUTH ${username}`);
      done(null, { user: username });
    },
    onMailFrom: ({ address }, _session, done) => {
      said.push(`MAIL ${address}`);
      done();
    },
    onData: async (stream, _session, done) => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      taken.push(Buffer.concat(chunks).toString());
      done();
    },
  });
  server.on('error', () => {});
  peer = server;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function close(): Promise<void> {
  const server = peer;
  peer = undefined;
  if (server !== undefined) await new Promise<void>((resolve) => server.close(() => resolve()));
}
afterEach(async () => {
  await close();
  [said.length, taken.length] = [0, 0];
});

const letter = {
  from: 'sales@firm.test',
  to: ['cleo@client.test'],
  raw: Buffer.from('Subject: Offer\r\n\r\nHello\r\n'),
};
const account = { user: 'sales', password: 'secret' };

describe.each(['starttls', 'tls'] as const)('a mail server by %s whose certificate', (security) => {
  const reach = (port: number) =>
    sendBySmtp({ host: '127.0.0.1', certifiedAs: host, port, security, isOperators: false, ...account }, letter);

  it.each(bad)('%s is told neither the password nor the mail, and the mail is kept', async (_what, certified, code) => {
    const port = await listen(certified, { secure: security === 'tls' });
    expect(await reach(port)).toEqual({
      ...{ outcome: 'temporary', ofProvider: true },
      reason: expect.objectContaining({ code, params: { host } }),
    });
    expect([said, taken]).toEqual([[], []]);
  });

  it('is good takes it', async () => {
    const port = await listen(authority.issue({ host }), { secure: security === 'tls' });
    expect(await reach(port)).toEqual({ outcome: 'sent' });
    expect([said, taken.length]).toEqual([['AUTH sales', 'MAIL sales@firm.test'], 1]);
  });
});

describe('a mail that waits for a certificate to be mended', () => {
  let house: MailHouse;
  beforeAll(async () => {
    house = await openMailHouse();
  });
  afterAll(() => house.close());

  it('says why on the message and on the mailbox, and leaves once when it is', async () => {
    const port = await listen(authority.issue({ host, from: -30, until: -1 }), { secure: false });
    const settings = { address: 'sales@firm.test', smtpHost: host, smtpPort: port, smtpSecurity: 'starttls' };
    const made = await house.ask('POST', '/api/v1/channels', {
      kind: 'mailbox',
      provider: 'smtp',
      name: 'S',
      settings,
    });
    const contactId = await house.fixture.addContact({ name: 'Cleo', emails: ['cleo@client.test'] });
    const item = await house.fixture.addItem({ contactId });
    const body = { subject: 'Offer', text: 'Hello', mailbox: made.body.id };
    const { body: email } = await house.ask('POST', `/api/v1/items/${item}/emails`, body);
    const [row] = await house.rows<{ id: number }>(sql`select id from outbox`);
    const listeners = { onTrouble: async () => {}, onPause: async () => {} };
    const deliverer = { context: house.context, senders: { mail: house.sender }, ...listeners };
    const attempt = () => deliver(deliverer, { workspaceId: house.fixture.workspaceId, outboxId: row?.id ?? 0 });
    const shown = async () => (await house.ask('GET', `/api/v1/emails/${email.id}`)).body.delivery;

    await attempt();
    expect(await shown()).toMatchObject({
      state: 'queued',
      reason: { code: 'certificate-time', params: { host } },
      error: 'the certificate of the mail server localhost is not valid at this time',
    });
    const [failing] = await house.rows(sql`select failures, reason from failing_channels`);
    expect(failing).toMatchObject({ failures: 1, reason: { code: 'certificate-time' } });
    expect(taken).toEqual([]);

    await close();
    await listen(authority.issue({ host }), { secure: false, port });
    house.clock.advance(3_600_000);
    await attempt();
    await attempt();
    expect(await shown()).toMatchObject({ state: 'sent', reason: null });
    expect(taken).toHaveLength(1);
  });
});
