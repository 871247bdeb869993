import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drainWorkspace } from '../../../automation/drain/drain.ts';
import { bindSignals } from '../inbound/bind-signals.ts';
import { type SmtpListener, startSmtpListener } from '../inbound/smtp-listener.ts';
import { deliveryReport, letter } from '../reading/testing-letters.ts';
import { type MailHouse, openMailHouse, smtpClient } from '../testing-mail.ts';

let house: MailHouse;
let listener: SmtpListener;
let client: Awaited<ReturnType<typeof smtpClient>>;

beforeAll(async () => {
  house = await openMailHouse();
  await house.fixture.addPipeline({ type: 'lead', name: 'Leads', stages: [{ code: 'NEW' }] });
  listener = await startSmtpListener(house.context, { host: '127.0.0.1', port: 0 });
  client = await smtpClient(listener.port);
});
afterAll(async () => {
  client.close();
  await listener.close();
  await house.close();
});

const drain = () => drainWorkspace(house.context, house.fixture.workspaceId, { bindSignals });
const deliver = async (raw: Buffer, to = ['sales@sandbox.test'], from = 'eve@evil.test') => {
  expect(await client.send(raw, { from, to })).toBe('250 2.0.0 taken');
  await drain();
};
const write = (from: string, more: readonly string[] = []) =>
  letter([`From: ${from}`, `Subject: From ${from}`, `Message-ID: <${crypto.randomUUID()}@any.test>`, ...more], 'Hello');
const leads = async () =>
  (await house.rows<{ title: string }>(sql`select title from items where type = 'lead' order by id`)).map(
    ({ title }) => title,
  );
const bell = async () =>
  (
    await house.rows<{ text: string }>(sql`select text from notifications where text like 'More than%' order by id`)
  ).map(({ text }) => text);

describe('a flood of new senders', () => {
  const held = async () => {
    const { data } = (await house.ask('GET', '/api/v1/held-mail')).body as {
      data: { id: number; classification: string; from: { address: string } }[];
    };
    return data;
  };

  it('is held back above the rate of the mailbox, told once, and let through by a person', async () => {
    await house.ask('PATCH', `/api/v1/channels/${house.mailboxId}`, { settings: { newSenders: 3 } });
    for (const number of [1, 2, 3, 4, 5, 6]) await deliver(write(`s${number}@strange.test`));
    expect(await leads()).toEqual([1, 2, 3].map((number) => `From s${number}@strange.test`));
    expect((await held()).map(({ classification, from }) => [classification, from.address])).toEqual([
      ...[6, 5, 4].map((number) => ['flood', `s${number}@strange.test`]),
    ]);
    expect(await bell()).toEqual([
      'More than 3 letters of new senders came to sales@sandbox.test in an hour. The others wait in Settings > Held mail',
    ]);

    const [one, ...others] = await held();
    expect((await house.ask('POST', `/api/v1/emails/${one?.id}/held`, { decision: 'let' })).status).toBe(200);
    expect((await house.ask('POST', `/api/v1/emails/${others[0]?.id}/held`, { decision: 'keep' })).status).toBe(200);
    await drain();
    expect(await leads()).toHaveLength(4);
    expect(await held()).toHaveLength(1);
  });

  it('does not hold clients, answers, colleagues or who is trusted', async () => {
    const contactId = await house.fixture.addContact({ name: 'Cleo', emails: ['cleo@client.test'] });
    const item = await house.fixture.addItem({ contactId });
    const { messageId } = (await house.ask('POST', `/api/v1/items/${item}/emails`, { subject: 'Offer', text: 'x' }))
      .body;
    const before = (await held()).length;
    await deliver(write('cleo@client.test'));
    await deliver(write('someone@else.test', [`In-Reply-To: ${messageId}`]));
    await house.fixture.addEmployee({ name: 'Ben', email: 'ben@firm.test' });
    await deliver(write('ben@firm.test'));
    expect(await held()).toHaveLength(before);
  });

  it('is over with the hour', async () => {
    house.clock.advance(3_600_000);
    await deliver(write('later@strange.test'));
    expect(await leads()).toContain('From later@strange.test');
  });

  it('does not concern a mailbox that makes nothing of strangers', async () => {
    await house.ask('PATCH', `/api/v1/channels/${house.mailboxId}`, {
      settings: { newSenders: 0, unknownClient: 'ignore' },
    });
    const before = (await held()).length;
    await deliver(write('ignored@strange.test'));
    expect(await held()).toHaveLength(before);
  });
});

describe('a forged report', () => {
  const bounced = async (id: unknown) =>
    (
      await house.rows<{ back: boolean }>(
        sql`select bounced_at is not null as back from emails where id = ${Number(id)}`,
      )
    )[0]?.back;
  const send = async (to = 'cleo@client.test') => {
    const item = await house.fixture.addItem();
    return (await house.ask('POST', `/api/v1/items/${item}/emails`, { subject: 'Offer', text: 'x', to })).body;
  };

  it.each([
    ['of a mail that we never wrote', 'nobodys', ['sales@sandbox.test']],
    ['about somebody to whom it did not go', 'other@client.test', ['sales@sandbox.test']],
    ['to another mailbox than wrote it', 'cleo@client.test', ['help@sandbox.test']],
  ])('%s marks nothing', async (_, recipient, to) => {
    const body = { kind: 'mailbox', provider: 'sandbox', name: 'Help', settings: { address: 'help@sandbox.test' } };
    await house.ask('POST', '/api/v1/channels', body);
    const { id, messageId } = await send();
    const originalId = recipient === 'nobodys' ? '<never@sandbox.test>' : messageId;
    const raw = deliveryReport({ originalId: String(originalId) });
    await deliver(Buffer.from(raw.toString().replaceAll('cleo@client.test', recipient)), to, '');
    expect(await bounced(id)).toBe(false);
  });

  it('while a real one does, also where the receiver passes mail on', async () => {
    const one = await send();
    await deliver(deliveryReport({ originalId: String(one.messageId) }), ['sales@sandbox.test'], '');
    expect(await bounced(one.id)).toBe(true);
    const other = await send();
    const raw = deliveryReport({ originalId: String(other.messageId) })
      .toString()
      .replace(
        /^Final-Recipient:.*$/m,
        'Original-Recipient: rfc822;<cleo@client.test>\r\nFinal-Recipient: rfc822; x@home.test',
      );
    await deliver(Buffer.from(raw), ['sales@sandbox.test'], '');
    expect(await bounced(other.id)).toBe(true);
  });
});
