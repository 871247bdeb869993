import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from './api/testing.ts';
import { findMailboxesFor } from './channels/email/inbound/receive-message.ts';
import { createMailSender } from './channels/email/outbound/mail-sender.ts';
import { queueMail } from './channels/email/outbound/queue-mail.ts';
import { insertChannel } from './connections/channels.store.ts';
import { inWorkspace } from './platform/db.ts';
import { startTestDns, type TestDns } from './platform/net/testing-dns.ts';

let dns: TestDns;
let server: TestServer;
/** The installation's first workspace, and two more. */
let first: TestWorkspace;
let corp: TestWorkspace;
let other: TestWorkspace;

beforeAll(async () => {
  dns = await startTestDns();
  server = await startTestServer({ DNS_SERVERS: dns.server });
  first = await server.addWorkspace('First');
  corp = await server.addWorkspace('Corp');
  other = await server.addWorkspace('Other');
});
afterAll(async () => {
  await server.close();
  await dns.close();
});

const ask = (of: TestWorkspace, domain: string) =>
  server.call('POST', '/api/v1/mail-domains', { key: of.key, body: { domain } });
const check = (of: TestWorkspace, domain: string) =>
  server.call('POST', `/api/v1/mail-domains/${encodeURIComponent(domain)}/check`, { key: of.key });
const release = (of: TestWorkspace, domain: string) =>
  server.call('DELETE', `/api/v1/mail-domains/${domain}`, { key: of.key });
const list = async (of: TestWorkspace) => (await server.call('GET', '/api/v1/mail-domains', { key: of.key })).body.data;
const addMailbox = (of: TestWorkspace, address: string, provider = 'sandbox', settings: object = {}) =>
  server.call('POST', '/api/v1/channels', {
    key: of.key,
    body: { kind: 'mailbox', provider, name: address, settings: { address, ...settings } },
  });

/** Puts the records of these into the DNS and has them looked for. */
async function claim(of: TestWorkspace, domain: string) {
  const { record } = (await ask(of, domain)).body;
  dns.set(record.name, 'TXT', ['v=spf1 -all', record.value]);
  return check(of, domain);
}
/** The workspace and address of the mailbox that would get it. */
const routed = async (address: string) => {
  const [mailbox] = await findMailboxesFor(server.context, [address]);
  return mailbox && [mailbox.workspaceId, mailbox.address];
};

describe('a domain is claimed by a record in its DNS', () => {
  it('and its mail comes in from then on, in every way of writing it', async () => {
    await addMailbox(corp, 'ceo@corp.test');
    expect(await routed('ceo@corp.test')).toBeUndefined();

    const asked = await ask(corp, 'Corp.TEST.');
    expect([asked.status, asked.body]).toMatchObject([
      201,
      {
        domain: 'corp.test',
        state: 'unclaimed',
        record: { name: '_signalbox.corp.test' },
        mailboxes: ['ceo@corp.test'],
      },
    ]);
    expect((await check(corp, 'corp.test')).body).toMatchObject({ state: 'unclaimed', problem: 'no-record' });

    dns.set('_signalbox.corp.test', 'TXT', ['signalbox-claim=somebody-elses']);
    expect((await check(corp, 'corp.test')).body).toMatchObject({ state: 'unclaimed', problem: 'other-record' });

    dns.set('_signalbox.corp.test', 'TXT', [asked.body.record.value]);
    expect((await check(corp, 'CORP.test.')).body).toMatchObject({
      ...{ state: 'claimed', claimedBy: 'dns', record: null, problem: null },
    });
    const { data } = (await server.call('GET', '/api/v1/audit?group=settings', { key: corp.key })).body;
    expect(data.map(({ kind }: { kind: string }) => kind)).toContain('mail-domain-claimed');
    for (const address of ['ceo@corp.test', 'CEO@CORP.TEST', 'ceo@corp.test.', 'anybody@corp.test'])
      expect(await routed(address)).toEqual([corp.id, 'ceo@corp.test']);
  });

  it('which says so when the DNS does not answer', async () => {
    await ask(corp, 'silent.test');
    dns.fallSilent(true);
    expect((await check(corp, 'silent.test')).body).toMatchObject({ state: 'unclaimed', problem: 'no-answer' });
    dns.fallSilent(false);
    await release(corp, 'silent.test');
  });

  it('once over all workspaces: in capitals, with a last dot, in punycode', async () => {
    await claim(corp, 'łódź.test');
    for (const text of ['łódź.test', 'ŁÓDŹ.test.', 'xn--d-uga0v4h.test']) {
      const { status, body } = await claim(other, text);
      expect([status, body.code]).toEqual([409, 'domain-taken']);
    }
    expect((await list(other)).find(({ domain }: { domain: string }) => domain === 'xn--d-uga0v4h.test')).toMatchObject(
      {
        state: 'foreign',
      },
    );
  });

  it('by exactly one of two that claim it at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const domain = `race${round}.test`;
      const values = [];
      for (const workspace of [corp, other]) values.push((await ask(workspace, domain)).body.record.value);
      dns.set(`_signalbox.${domain}`, 'TXT', values);
      const answers = await Promise.all([check(corp, domain), check(other, domain)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    }
  });

  it('and given back, so that the old record opens it no more', async () => {
    await claim(corp, 'given.test');
    expect((await release(corp, 'given.test')).status).toBe(204);
    expect((await release(corp, 'given.test')).status).toBe(404);
    await ask(corp, 'given.test');
    expect((await check(corp, 'given.test')).body).toMatchObject({ state: 'unclaimed', problem: 'other-record' });
    expect((await claim(other, 'given.test')).body.state).toBe('claimed');
  });

  it('but nobody asks for sandbox.test, a last label, or what is no domain', async () => {
    for (const domain of ['sandbox.test', 'SANDBOX.test.', 'test', 'corp.test/x', '127.0.0.1'])
      expect((await ask(other, domain)).status).toBe(422);
    expect((await check(other, 'never-asked.test')).status).toBe(404);
    expect((await release(other, 'corp.test')).status).toBe(404);
    expect(await routed('ceo@corp.test')).toEqual([corp.id, 'ceo@corp.test']);
  });
});

describe("another's address", () => {
  it.each(['ceo@corp.test', 'CEO@Corp.Test', 'other@corp.test', 'ceo@mail.corp.test'])(
    'cannot be registered: %s',
    async (address) => {
      for (const workspace of [other, first])
        for (const provider of ['sandbox', 'smtp'])
          expect([(await addMailbox(workspace, address, provider, {})).status, address]).toEqual([409, address]);
    },
  );

  it('registered before it was claimed gets nothing, and is shown as foreign', async () => {
    await addMailbox(other, 'boss@later.test');
    await addMailbox(corp, 'sales@later.test');
    await claim(corp, 'later.test');

    expect(await routed('boss@later.test')).toEqual([corp.id, 'sales@later.test']);
    expect((await list(other)).find(({ domain }: { domain: string }) => domain === 'later.test').state).toBe('foreign');
  });

  it('below a claimed domain belongs to whoever claimed the nearest', async () => {
    await addMailbox(other, 'x@branch.later.test', 'smtp', { smtpHost: 'smtp.provider.test' });
    expect(await routed('x@branch.later.test')).toEqual(undefined);
    await claim(other, 'branch.later.test');
    await addMailbox(other, 'x@branch.later.test');
    expect(await routed('x@branch.later.test')).toEqual([other.id, 'x@branch.later.test']);
    expect(await routed('x@later.test')).toEqual([corp.id, 'sales@later.test']);
  });
});

describe('what nobody claimed', () => {
  it('is the first workspace’s, as it was when it was alone', async () => {
    await addMailbox(first, 'office@shop.test', 'smtp');
    expect(await routed('office@shop.test')).toEqual([first.id, 'office@shop.test']);
    expect(await routed('anything@shop.test')).toEqual([first.id, 'office@shop.test']);
    expect((await list(first)).find(({ domain }: { domain: string }) => domain === 'shop.test').state).toBe('first');
  });

  it('never comes to another workspace, whoever registered the address', async () => {
    await addMailbox(other, 'office@shop.test');
    await addMailbox(other, 'nobodys@free.test');
    expect(await routed('office@shop.test')).toEqual([first.id, 'office@shop.test']);
    expect(await routed('nobodys@free.test')).toBeUndefined();
  });

  it('is no name to write in through the system’s server, but through one of its own', async () => {
    const refused = await addMailbox(other, 'me@unclaimed.test', 'smtp');
    expect([refused.status, refused.body.errors]).toMatchObject([
      422,
      [{ path: 'settings.address', code: 'unclaimed-domain' }],
    ]);
    const own = await addMailbox(other, 'me@unclaimed.test', 'smtp', { smtpHost: 'smtp.provider.test' });
    expect(own.status).toBe(201);
    const patched = await server.call('PATCH', `/api/v1/channels/${own.body.id}`, {
      ...{ key: other.key, body: { settings: { smtpHost: null } } },
    });
    expect(patched.status).toBe(422);
  });

  it('and sandbox.test stays everybody’s', async () => {
    for (const workspace of [first, corp, other])
      expect((await list(workspace)).find(({ domain }: { domain: string }) => domain === 'sandbox.test').state).toBe(
        'sandbox',
      );
    expect(await routed('sales@sandbox.test')).toEqual([first.id, 'sales@sandbox.test']);
  });
});

describe('the system’s mail server', () => {
  const taken: string[] = [];
  let peer: SMTPServer;
  let port = 0;
  beforeAll(async () => {
    peer = new SMTPServer({
      ...{ authOptional: true, logger: false, disabledCommands: ['STARTTLS'], closeTimeout: 100 },
      onData: (stream, session, done) => {
        stream.resume();
        const { mailFrom } = session.envelope;
        taken.push(mailFrom === false ? '' : mailFrom.address);
        stream.on('end', () => done());
      },
    });
    await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', () => resolve()));
    const address = peer.server.address();
    port = address !== null && typeof address === 'object' ? address.port : 0;
  });
  afterAll(() => new Promise<void>((resolve) => peer.close(() => resolve())));

  /** Writes from a mailbox, saved by whatever way, and hands the mail to SMTP_URL. */
  async function send(of: TestWorkspace, address: string) {
    const { context } = server;
    const outboxId = await inWorkspace(context.databases.app, of.id, async (tx) => {
      const settings = { address, smtpHost: null };
      const { id } = await insertChannel(tx, {
        ...{ kind: 'mailbox', provider: 'smtp', name: address, settings, secrets: {} },
      });
      const mail = {
        ...{ mailbox: id, audience: 'client' as const, to: ['victim@client.test'], subject: 'Pay', text: 'Pay' },
        ...{
          track: false,
          itemId: null,
          contactId: null,
          companyId: null,
          authorId: null,
          runId: null,
          ruleName: null,
        },
      };
      const queued = await queueMail(tx, { ...mail, onTimeline: false, sent: null, at: new Date() });
      return { id: queued.outboxId, channelId: id };
    });
    const config = { ...context.config, smtpUrl: `smtp://127.0.0.1:${port}` };
    const sender = createMailSender({ ...context, config }, { key: Buffer.alloc(32), publicUrl: 'http://crm.test' });
    return sender.send({ ...outboxId, workspaceId: of.id });
  }

  it.each([
    ['ceo@corp.test', 'foreign-domain'],
    ['ceo@mail.corp.test', 'foreign-domain'],
    ['CEO@Corp.test', 'foreign-domain'],
    ['me@nobodys.test', 'unclaimed-domain'],
  ])('does not send as %s for another: %s', async (address, code) => {
    expect(await send(other, address)).toMatchObject({ outcome: 'permanent', reason: { code } });
    expect(taken).toEqual([]);
  });

  it('sends for whoever has the domain, and for the first workspace in the name of what nobody claimed', async () => {
    expect(await send(corp, 'office@corp.test')).toMatchObject({ outcome: 'sent' });
    expect(await send(first, 'office@elsewhere.test')).toMatchObject({ outcome: 'sent' });
    expect(taken).toEqual(['office@corp.test', 'office@elsewhere.test']);
  });
});

it('a mailbox whose domain was lost can still be switched off', async () => {
  const channels = (await server.call('GET', '/api/v1/channels?kind=mailbox', { key: other.key })).body.data;
  const lost = channels.find(({ name }: { name: string }) => name === 'boss@later.test');
  const patch = (body: object) => server.call('PATCH', `/api/v1/channels/${lost.id}`, { key: other.key, body });
  expect((await patch({ enabled: false })).status).toBe(200);
  expect((await patch({ enabled: true })).status).toBe(409);
});
