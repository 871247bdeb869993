import { generateKeyPairSync } from 'node:crypto';
import { sql } from 'kysely';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drainWorkspace } from '../../../automation/drain/drain.ts';
import { startTestDns, type TestDns } from '../../../platform/net/testing-dns.ts';
import { bindSignals } from '../inbound/bind-signals.ts';
import { type SmtpListener, startSmtpListener } from '../inbound/smtp-listener.ts';
import { letter } from '../reading/testing-letters.ts';
import { type MailHouse, openMailHouse } from '../testing-mail.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
const published = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;

let dns: TestDns;
let house: MailHouse;
let listener: SmtpListener;
const CLIENTS_SERVER = '127.0.0.20';
const RELAY = '127.0.0.30';
const STRANGER = '127.0.0.66';

beforeAll(async () => {
  dns = await startTestDns();
  house = await openMailHouse();
  const trust = { smtpRelays: [RELAY], smtpAuthservIds: ['mx.firm.test'] };
  const context = { ...house.context, config: { ...house.context.config, ...trust, dnsServers: [dns.server] } };
  listener = await startSmtpListener(context, { host: '127.0.0.1', port: 0 });
  dns.set('client.test', 'TXT', [`v=spf1 ip4:${CLIENTS_SERVER} -all`]);
  dns.set('strict.test', 'TXT', [`v=spf1 ip4:${CLIENTS_SERVER} -all`]);
  dns.set('_dmarc.strict.test', 'TXT', ['v=DMARC1; p=reject']);
  dns.set('evil.test', 'TXT', [`v=spf1 ip4:${STRANGER} -all`]);
  for (const domain of ['client.test', 'strict.test', 'evil.test'])
    dns.set(`s1._domainkey.${domain}`, 'TXT', [published]);
});
afterAll(async () => {
  await listener.close();
  await house.close();
  await dns.close();
});

/** Hands a letter in from one of this machine's addresses. */
async function send(raw: Buffer, { from, address }: { from: string; address: string }): Promise<string> {
  const connection = new SMTPConnection({
    ...{ host: '127.0.0.1', port: listener.port, localAddress: address, ignoreTLS: true, name: 'peer.test' },
  });
  connection.on('error', () => {});
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
  const answer = await new Promise<string>((resolve) => {
    connection.send({ from, to: ['sales@sandbox.test'] }, raw, (error, info) =>
      resolve(error ? (error.response ?? error.message) : info.response),
    );
  });
  connection.quit();
  return answer;
}

const newId = () => `<${crypto.randomUUID()}@any.test>`;
const write = (headers: readonly string[], text = 'Hello') =>
  letter(['Date: Mon, 5 Jan 2026 10:00:00 +0000', `Message-ID: ${newId()}`, ...headers], text);

async function sign(raw: Buffer, domain: string): Promise<Buffer> {
  const { signatures } = await dkimSign(raw, {
    ...{ canonicalization: 'relaxed/relaxed', algorithm: 'rsa-sha256', signTime: new Date() },
    // The types ask for what the library leaves unread.
    ...{ signingDomain: domain, selector: 's1', privateKey: key },
    signatureData: [{ signingDomain: domain, selector: 's1', privateKey: key }],
  });
  return Buffer.concat([Buffer.from(signatures), raw]);
}

interface Judged {
  verified: boolean | null;
  authentication: { why: string; spf: string; dkim: string; dmarc: string; by: string };
  id: number;
  audience: string;
  item_id: number | null;
}
const last = async () => {
  const [row] = await house.rows<Judged>(sql`select * from emails where direction = 'in' order by id desc limit 1`);
  if (row === undefined) throw new Error('nothing came');
  return row;
};
const judged = async (raw: Buffer, from: string, address: string) => {
  expect(await send(raw, { from, address })).toBe('250 2.0.0 taken');
  const { verified, authentication } = await last();
  return [verified, authentication.why];
};

describe('the sender is verified', () => {
  it('by the address that its domain names', async () => {
    const raw = write(['From: Cleo <cleo@client.test>']);
    expect(await judged(raw, 'cleo@client.test', CLIENTS_SERVER)).toEqual([true, 'spf']);
    expect(await judged(write(['From: cleo@strict.test']), 'cleo@strict.test', CLIENTS_SERVER)).toEqual([
      true,
      'dmarc',
    ]);
  });

  it('by a signature, from wherever it comes', async () => {
    const raw = await sign(write(['From: cleo@client.test', 'Subject: Signed']), 'client.test');
    expect(await judged(raw, 'list@elsewhere.test', STRANGER)).toEqual([true, 'dkim']);
    const strict = await sign(write(['From: cleo@strict.test', 'Subject: Signed']), 'strict.test');
    expect(await judged(strict, 'cleo@strict.test', STRANGER)).toEqual([true, 'dmarc']);
  });

  it('by the word of a relay that is trusted', async () => {
    const said = 'Authentication-Results: mx.firm.test; dmarc=pass (p=reject) header.from=bank.test';
    expect(await judged(write([said, 'From: ada@bank.test']), 'ada@bank.test', RELAY)).toEqual([true, 'dmarc']);
  });
});

describe('the sender is not verified', () => {
  it.each([
    ['another address than its domain names', 'cleo@client.test', 'nothing'],
    ['the same of a domain with a policy', 'cleo@strict.test', 'forged'],
    ['a domain that says nothing', 'cleo@silent.test', 'nothing'],
    ['below a domain with a policy', 'cleo@mail.strict.test', 'forged'],
  ])('%s', async (_, from, why) => {
    expect(await judged(write([`From: ${from}`]), from, STRANGER)).toEqual([false, why]);
  });

  it('by what proves another: an SPF or a signature of the stranger’s own', async () => {
    expect(await judged(write(['From: cleo@client.test']), 'eve@evil.test', STRANGER)).toEqual([false, 'nothing']);
    const signed = await sign(write(['From: cleo@client.test']), 'evil.test');
    expect(await judged(signed, 'eve@evil.test', STRANGER)).toEqual([false, 'nothing']);
  });

  it('by a signature of what was changed, or whose key is gone', async () => {
    const signed = await sign(write(['From: cleo@client.test'], 'Pay to account 1'), 'client.test');
    const changed = Buffer.from(signed.toString().replace('account 1', 'account 2'));
    expect(await judged(changed, 'cleo@client.test', STRANGER)).toEqual([false, 'nothing']);
    const gone = await sign(write(['From: cleo@nokey.test']), 'nokey.test');
    expect(await judged(gone, 'cleo@nokey.test', STRANGER)).toEqual([false, 'nothing']);
  });

  it.each([
    ['a stranger who writes the header of our relay', STRANGER, 'mx.firm.test'],
    ['a relay that hands on the header of another server', RELAY, 'mx.evil.test'],
  ])('by the word of %s', async (_, address, server) => {
    const said = `Authentication-Results: ${server}; dmarc=pass header.from=bank.test`;
    expect(await judged(write([said, 'From: ada@bank.test']), 'ada@bank.test', address)).toEqual([false, 'nothing']);
  });

  it('by the word about another From', async () => {
    const said = 'Authentication-Results: mx.firm.test; dmarc=pass header.from=evil.test';
    expect(await judged(write([said, 'From: ada@bank.test']), 'eve@evil.test', RELAY)).toEqual([false, 'nothing']);
  });

  it('with two From, or none', async () => {
    const two = write(['From: cleo@client.test', 'From: eve@evil.test']);
    expect(await judged(two, 'cleo@client.test', CLIENTS_SERVER)).toEqual([false, 'no-from']);
    const pair = write(['From: cleo@client.test, eve@evil.test']);
    expect(await judged(pair, 'cleo@client.test', CLIENTS_SERVER)).toEqual([false, 'no-from']);
  });

  it('who is only named by who is', async () => {
    const raw = write(['From: form@client.test', 'Reply-To: Ada <ada@bank.test>', 'X-Mailer: PHPMailer 6']);
    expect(await judged(raw, 'form@client.test', CLIENTS_SERVER)).toEqual([false, 'spf']);
  });

  it('when the DNS is silent: the letter is taken all the same', async () => {
    dns.fallSilent(true);
    const began = performance.now();
    const answer = await judged(write(['From: cleo@client.test']), 'cleo@client.test', CLIENTS_SERVER);
    expect(answer).toEqual([false, 'no-answer']);
    expect(performance.now() - began).toBeLessThan(40_000);
    dns.fallSilent(false);
  });
});

describe('a forged sender', () => {
  let fresh: SmtpListener;
  beforeAll(async () => {
    // The one above may still rest from the silent DNS.
    fresh = listener;
    const context = { ...house.context, config: { ...house.context.config, dnsServers: [dns.server] } };
    listener = await startSmtpListener(context, { host: '127.0.0.1', port: 0 });
  });
  afterAll(() => fresh.close());

  it('of our own mailbox, or a colleague, is shown as unverified, makes nothing and is no client', async () => {
    await house.fixture.addEmployee({ name: 'Boss', email: 'boss@firm.test' });
    for (const from of ['sales@sandbox.test', 'boss@firm.test', 'Boss+x@FIRM.test']) {
      await send(write([`From: ${from}`, 'Subject: Pay this']), { from: 'eve@evil.test', address: STRANGER });
      expect(await last()).toMatchObject({ verified: false, audience: 'employee', item_id: null });
    }
    await drainWorkspace(house.context, house.fixture.workspaceId, { bindSignals });
    expect(await house.rows(sql`select id from items where title = 'Pay this'`)).toEqual([]);
  });

  it('of a client is shown as unverified on the thread, and a trigger that asks for a verified one does not move', async () => {
    const contactId = await house.fixture.addContact({ name: 'Cleo', emails: ['cleo@client.test'] });
    const item = await house.fixture.addItem({ contactId });
    await house.fixture.saveBoard({
      triggers: [
        {
          ...{ id: 'answered', on: 'email/received', stage: 'WARM' },
          when: { all: [{ field: 'signal.verified', is: 'equals', value: true }] },
        },
      ],
    });
    const { messageId } = (await house.ask('POST', `/api/v1/items/${item}/emails`, { subject: 'Offer', text: 'x' }))
      .body;
    const stageOf = async () =>
      (
        await house.rows<{ code: string }>(
          sql`select s.code from items i join stages s on s.id = i.stage_id and s.workspace_id = i.workspace_id where i.id = ${item}`,
        )
      )[0]?.code;
    const reply = () =>
      write(['From: cleo@client.test', 'Subject: Re: Offer', `In-Reply-To: ${messageId}`], 'I accept');

    await send(reply(), { from: 'eve@evil.test', address: STRANGER });
    await drainWorkspace(house.context, house.fixture.workspaceId, { bindSignals });
    const { data } = (await house.ask('GET', `/api/v1/items/${item}/emails`)).body;
    expect(Array.isArray(data) && data[0]).toMatchObject({
      ...{ item, verified: false, authentication: { why: 'nothing', domain: 'client.test' } },
    });
    expect(await stageOf()).toBe('NEW');

    await send(reply(), { from: 'cleo@client.test', address: CLIENTS_SERVER });
    await drainWorkspace(house.context, house.fixture.workspaceId, { bindSignals });
    expect((await last()).verified).toBe(true);
    expect(await stageOf()).toBe('WARM');
  });

  it('who asks for answers elsewhere gets none, unless a person chooses that; who is verified gets them there', async () => {
    const contactId = await house.fixture.addContact({ name: 'Dora', emails: ['dora@client.test'] });
    const item = await house.fixture.addItem({ contactId });
    const ask = ['From: Dora <dora@client.test>', 'Reply-To: dora.private@evil.test', 'Subject: My bank account'];
    const answer = async (more: object = {}) => {
      const { id } = await last();
      const body = { subject: 'Re: x', text: 'y', inReplyTo: id, ...more };
      const sent = (await house.ask('POST', `/api/v1/items/${item}/emails`, body)).body;
      const shown = await house.ask('GET', `/api/v1/emails/${id}`);
      return { to: (await house.ask('GET', `/api/v1/emails/${sent.id}`)).body.to, shown: shown.body };
    };
    await send(write(ask), { from: 'eve@evil.test', address: STRANGER });
    expect(await answer()).toMatchObject({
      to: ['dora@client.test'],
      shown: { verified: false, replyTo: 'dora@client.test', answersElsewhere: 'dora.private@evil.test' },
    });
    expect((await answer({ to: 'dora.private@evil.test' })).to).toEqual(['dora.private@evil.test']);
    await send(write(ask), { from: 'dora@client.test', address: CLIENTS_SERVER });
    expect(await answer()).toMatchObject({
      to: ['dora.private@evil.test'],
      shown: { verified: true, replyTo: 'dora.private@evil.test', answersElsewhere: null },
    });
  });
});
